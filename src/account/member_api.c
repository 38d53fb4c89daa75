/* account/member_api.c - who works in a workspace: listed, changed, removed, taken back. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/audit.h"
#include "account/member_rules.h"
#include "account/reply_json.h"
#include "account/second_step.h"
#include "account/session.h"
#include "account/user.h"
#include "db/id.h"

/* When somebody was here last, and how they sign in, is for those who manage. */
static bool put_member(struct request *rq, struct json_writer *w, const struct member *member,
                       struct err *err)
{
	bool manages = rq->caller.role & ROLES_MANAGE || rq->caller.scope & SCOPE_ADMIN;
	int64_t seen = 0;
	bool on = false;
	if (manages && (!session_last_seen(rq->db, member->user.id, &seen, err) ||
	                !second_step_is_on(rq->db, member->user.id, &on, err)))
		return false;
	json_put_dict(w);
	json_put_key_id(w, "id", member->user.id);
	json_put_key_text(w, "email", member->user.email);
	json_put_key_text(w, "name", member->user.name);
	json_put_key_text(w, "role", str_of(role_name(member->role)));
	json_put_key_id(w, "team_id", member->team);
	json_put_key_text(w, "names", str_of(member_names_name(member->names)));
	json_put_key_bool(w, "sees_names", member_sees_names(member->role, member->names));
	json_put_key_bool(w, "disabled", member->user.disabled_at != 0);
	json_put_key_time(w, "since", member->since);
	json_put_key_time(w, "seen_at", seen);
	json_put_key(w, STR("two_step"));
	if (manages)
		json_put_bool(w, on);
	else
		json_put_null(w);
	json_put_dict_end(w);
	return true;
}

bool members_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct member *members;
	size_t count;
	if (!member_list(rq->db, rq->caller.workspace, rq->arena, &members, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("members"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		if (!put_member(rq, w, &members[i], err))
			return false;
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

/* Changing */

struct member_unit {
	int64_t actor;
	unsigned actor_role; /* as the request had it; a user's is looked up again */
	Str actor_name;
	int64_t target;
	unsigned new_role;
	bool has_team, has_names;
	int64_t team;
	enum member_names names;
};

static struct member_unit *unit_new(struct request *rq)
{
	struct member_unit *in = ARENA_NEW(rq->arena, struct member_unit);
	in->actor = rq->caller.user;
	in->actor_role = rq->caller.user ? rq->caller.role : ROLE_ADMIN;
	in->actor_name = rq->caller.name;
	rq->input = in;
	return in;
}

static bool team_read(JsonRef ref, struct member_unit *in, struct err *err)
{
	Str id = { NULL, 0 };
	in->has_team = json_read_kind(ref) != JSON_ABSENT;
	if (!json_read_text_if_given(ref, 20, &id, err))
		return false;
	return !id.at || id_parse(id, &in->team, err) ||
	       err_at(err, ERR_INVALID, "/team_id", "must be the id of a team, or null");
}

static bool change_read(JsonRef body, struct member_unit *in, struct err *err)
{
	Str role = { NULL, 0 }, names = { NULL, 0 };
	enum role parsed;
	if (!json_read_text_if_given(json_read_member(body, "role"), 16, &role, err) ||
	    !json_read_text_if_given(json_read_member(body, "names"), 16, &names, err) ||
	    !team_read(json_read_member(body, "team_id"), in, err) ||
	    (role.at && !role_parse(role, &parsed, err)) ||
	    (names.at && !member_names_parse(names, &in->names, err)))
		return false;
	in->new_role = role.at ? parsed : 0;
	in->has_names = names.at != NULL;
	return true;
}

bool member_patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "role", "team_id", "names", NULL };
	struct member_unit *in = unit_new(rq);
	JsonRef body;
	return request_param_id(rq, "member", &in->target, err) &&
	       json_read(rq->arena, rq->body, &body, err) && json_read_dict(body, err) &&
	       json_read_only(body, names, err) && change_read(body, in, err);
}

/* What both are at this moment, and whether the one may do that to the other. */
static bool wish_check(struct db_tx *tx, const struct member_unit *in, struct user *target,
                       struct err *err)
{
	struct member_wish wish = { .actor = in->actor,
		                    .actor_role = in->actor_role,
		                    .target = in->target,
		                    .new_role = in->new_role,
		                    .rest = in->has_team || in->has_names };
	if (in->actor && !member_role(tx->db, tx->workspace, in->actor, &wish.actor_role, err))
		return false;
	if (!member_role(tx->db, tx->workspace, in->target, &wish.target_role, err))
		return false;
	if (!wish.target_role)
		return err_set(err, ERR_NOT_FOUND, "there is no such member");
	return member_wish_check(&wish, err) &&
	       user_find(tx->db, in->target, tx->arena, target, err);
}

/* A team that is not there is the body's fault, not the path's. */
static bool team_set(struct db_tx *tx, const struct member_unit *in, struct err *err)
{
	if (!in->has_team || member_set_team(tx, in->target, in->team, in->actor_name, err))
		return true;
	if (err->kind == ERR_NOT_FOUND)
		return err_at(err, ERR_INVALID, "/team_id", "there is no such team");
	return false;
}

bool member_patch_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct member_unit *in = input;
	struct user target;
	if (!wish_check(tx, in, &target, err) || !team_set(tx, in, err))
		return false;
	if (in->has_names && !member_set_names(tx, in->target, in->names, in->actor_name, err))
		return false;
	if (!in->new_role)
		return true;
	return member_set(tx, in->target, (enum role)in->new_role, err) &&
	       audit_write(tx, in->actor_name, STR("member.role"), target.email,
	                   str_of(role_name(in->new_role)), err);
}

/* Removing, and taking that back */

bool member_delete_prepare(struct request *rq, struct err *err)
{
	return request_param_id(rq, "member", &unit_new(rq)->target, err);
}

bool member_delete_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct member_unit *in = input;
	struct user target;
	return wish_check(tx, in, &target, err) && member_remove(tx, in->target, err) &&
	       audit_write(tx, in->actor_name, STR("member.remove"), target.email, STR(""), err);
}

bool member_restore_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct member_unit *in = input;
	struct member_wish wish = { .actor = in->actor,
		                    .actor_role = in->actor_role,
		                    .target = in->target };
	struct user target;
	if (in->actor && !member_role(tx->db, tx->workspace, in->actor, &wish.actor_role, err))
		return false;
	return member_former_role(tx->db, tx->workspace, in->target, tx->now, &wish.new_role,
	                          err) &&
	       member_wish_check(&wish, err) && member_restore(tx, in->target, err) &&
	       user_find(tx->db, in->target, tx->arena, &target, err) &&
	       audit_write(tx, in->actor_name, STR("member.restore"), target.email,
	                   str_of(role_name(wish.new_role)), err);
}
