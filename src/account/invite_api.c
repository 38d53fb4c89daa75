/* account/invite_api.c - invitations: made, listed, withdrawn. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/audit.h"
#include "account/invite.h"
#include "account/member_rules.h"
#include "account/secret.h"
#include "account/reply_json.h"
#include "account/team.h"
#include "db/id.h"

struct invite_unit {
	struct invite invite;
	int64_t actor;
	unsigned actor_role;
	Str token, hash;
};

static void put_fields(struct json_writer *w, const struct invite *invite)
{
	json_put_key_id(w, "id", invite->id);
	json_put_key_text(w, "email", invite->email);
	json_put_key_text(w, "role", str_of(role_name(invite->role)));
	json_put_key_id(w, "team_id", invite->team);
	json_put_key_text(w, "names", str_of(member_names_name(invite->names)));
	json_put_key_text(w, "created_by", invite->created_by);
	json_put_key_time(w, "created_at", invite->created_at);
	json_put_key_time(w, "expires_at", invite->expires_at);
}

bool invites_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct invite *invites;
	size_t count;
	if (!invite_list(rq->db, rq->caller.workspace, rq->arena, &invites, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("invites"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		bool good;
		if (!invite_is_good(rq->db, rq->caller.workspace, &invites[i], rq->now, &good, err))
			return false;
		json_put_dict(w);
		put_fields(w, &invites[i]);
		json_put_key_bool(w, "over", !good);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool wishes_read(JsonRef body, struct invite *out, struct err *err)
{
	Str role, names = { NULL, 0 }, team = { NULL, 0 };
	out->names = NAMES_BY_ROLE;
	if (!json_read_text(json_read_member(body, "role"), 16, &role, err) ||
	    !role_parse(role, &out->role, err) ||
	    !json_read_text_if_given(json_read_member(body, "names"), 16, &names, err) ||
	    (names.at && !member_names_parse(names, &out->names, err)) ||
	    !json_read_text_if_given(json_read_member(body, "team_id"), 20, &team, err))
		return false;
	return !team.at || id_parse(team, &out->team, err) ||
	       err_at(err, ERR_INVALID, "/team_id", "must be the id of a team, or null");
}

bool invite_post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "email", "role", "team_id", "names", NULL };
	struct invite_unit *in = ARENA_NEW(rq->arena, struct invite_unit);
	JsonRef body;
	Str email;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, names, err) ||
	    !json_read_text(json_read_member(body, "email"), 254, &email, err) ||
	    !user_email(rq->arena, email, &in->invite.email, &in->invite.email_folded, err) ||
	    !wishes_read(body, &in->invite, err))
		return false;
	in->actor = rq->caller.user;
	in->actor_role = rq->caller.user ? rq->caller.role : ROLE_ADMIN;
	in->invite.created_by = rq->caller.name;
	in->invite.maker_user = rq->caller.user;
	in->invite.maker_key = rq->caller.key;
	secret_make(rq->arena, rq->caller.workspace, &in->token, &in->hash);
	rq->input = in;
	return true;
}

static bool may(struct db_tx *tx, const struct invite_unit *in, struct err *err)
{
	struct member_wish wish = { .actor = in->actor,
		                    .actor_role = in->actor_role,
		                    .new_role = in->invite.role };
	return (!in->actor ||
	        member_role(tx->db, tx->workspace, in->actor, &wish.actor_role, err)) &&
	       member_wish_check(&wish, err);
}

bool invite_post_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct invite_unit *in = input;
	struct team team;
	if (!may(tx, in, err))
		return false;
	if (in->invite.team &&
	    !team_find(tx->db, tx->workspace, in->invite.team, tx->arena, &team, err))
		return err->kind == ERR_NOT_FOUND
		           ? err_at(err, ERR_INVALID, "/team_id", "there is no such team")
		           : false;
	return invite_create(tx, in->hash, &in->invite, err) &&
	       audit_write(tx, in->invite.created_by, STR("member.invite"), in->invite.email,
	                   str_of(role_name(in->invite.role)), err);
}

bool invite_post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct invite_unit *in = rq->input;
	const struct account *account = rq->room;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	put_fields(w, &in->invite);
	json_put_key_text(w, "url",
	                  str_printf(rq->arena, "%s/join/%.*s", account->public_url,
	                             STR_FMT(in->token)));
	json_put_dict_end(w);
	return reply_json_end(w, rp, 201, err);
}

struct invite_end {
	int64_t invite;
	Str actor;
};

bool invite_delete_prepare(struct request *rq, struct err *err)
{
	struct invite_end *in = ARENA_NEW(rq->arena, struct invite_end);
	in->actor = rq->caller.name;
	rq->input = in;
	return request_param_id(rq, "invite", &in->invite, err);
}

bool invite_delete_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct invite_end *in = input;
	struct invite invite;
	return invite_revoke(tx, in->invite, &invite, err) &&
	       audit_write(tx, in->actor, STR("member.uninvite"), invite.email, STR(""), err);
}
