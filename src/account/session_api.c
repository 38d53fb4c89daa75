/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/account_api.h"

#include "account/api_key.h"
#include "account/audit.h"
#include "account/password.h"
#include "account/reply_json.h"
#include "account/session.h"
#include "account/team.h"
#include "account/sign_in.h"
#include "db/id.h"

static void put_workspace(struct json_writer *w, const struct workspace *workspace)
{
	json_put_key(w, STR("workspace"));
	json_put_dict(w);
	json_put_key_id(w, "id", workspace->id);
	json_put_key_text(w, "name", workspace->name);
	json_put_key_text(w, "time_zone", workspace->time_zone);
	json_put_key_i64(w, "week_start", workspace->week_start);
	json_put_key_bool(w, "demo", workspace->demo);
	json_put_dict_end(w);
}

static void put_me(struct json_writer *w, const struct user *user, unsigned role,
                   const struct workspace *workspace)
{
	json_put_key(w, STR("user"));
	json_put_dict(w);
	json_put_key_id(w, "id", user->id);
	json_put_key_text(w, "email", user->email);
	json_put_key_text(w, "name", user->name);
	json_put_dict_end(w);
	json_put_key_text(w, "role", str_of(role_name(role)));
	put_workspace(w, workspace);
}

/* Signing in */

static bool wish_read(JsonRef text, int64_t *out, struct err *err)
{
	Str id = { NULL, 0 };
	if (!json_read_text_if_given(text, 20, &id, err))
		return false;
	if (id.at && !id_parse(id, out, err))
		return err_at(err, ERR_INVALID, text.path, "must be the id of a workspace");
	return true;
}

bool session_post_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "email", "password", "code", "workspace", NULL };
	struct account *account = rq->room;
	struct sign_in *in = ARENA_NEW(rq->arena, struct sign_in);
	JsonRef body;
	struct credentials given = { 0 };
	if (!sign_in_from_here(account, rq, err) || !json_read(rq->arena, rq->body, &body, err) ||
	    !json_read_dict(body, err) || !json_read_only(body, names, err) ||
	    !json_read_text(json_read_member(body, "email"), 500, &given.email, err) ||
	    !json_read_text(json_read_member(body, "password"), PASSWORD_MAX, &given.password,
	                    err) ||
	    !json_read_text_if_given(json_read_member(body, "code"), 64, &given.code, err) ||
	    !wish_read(json_read_member(body, "workspace"), &given.wish, err) ||
	    !sign_in_by_password(account, rq, &given, in, err))
		return false;
	if (in->waits)
		return err_at(
		    err, ERR_UNAUTHENTICATED, "/code",
		    "This account has two-step sign-in: send the code that the app shows, "
		    "too.");
	rq->input = in;
	return true;
}

bool session_post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct sign_in *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	put_me(w, &in->user, in->role, &in->workspace);
	json_put_dict_end(w);
	sign_in_reply(rq->room, rq, rp, in);
	return reply_json_end(w, rp, 201, err);
}

/* Signing out */

struct sign_out {
	Str session, actor;
};

bool session_delete_prepare(struct request *rq, struct err *err)
{
	struct sign_out *in = ARENA_NEW(rq->arena, struct sign_out);
	(void)err;
	*in = (struct sign_out){ rq->caller.session, rq->caller.name };
	rq->input = in;
	return true;
}

bool session_delete_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct sign_out *in = input;
	return session_end(tx, in->session, err) &&
	       audit_write(tx, in->actor, STR("session.delete"), in->actor, STR(""), err);
}

bool session_delete_reply(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	reply_header(rq, rp, "Set-Cookie", account_cookie(rq->room, rq, STR("")));
	rp->status = 204;
	return true;
}

/* Going to another workspace of the same user */

struct move {
	Str session;
	int64_t user;
};

bool session_patch_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "workspace", NULL };
	struct move *in = ARENA_NEW(rq->arena, struct move);
	JsonRef body;
	int64_t workspace = 0;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, names, err) ||
	    !wish_read(json_read_member(body, "workspace"), &workspace, err))
		return false;
	if (workspace == 0)
		return err_at(err, ERR_INVALID, "/workspace", "must be the id of a workspace");
	*in = (struct move){ rq->caller.session, rq->caller.user };
	rq->input = in;
	rq->input_workspace = workspace;
	return true;
}

/* Runs in the workspace that the user goes to. */
bool session_patch_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct move *in = input;
	unsigned role;
	if (!member_role(tx->db, tx->workspace, in->user, &role, err))
		return false;
	if (!role)
		return err_at(err, ERR_NOT_FOUND, "/workspace", "there is no such workspace");
	return session_move(tx, in->session, tx->workspace, err);
}

/* Who am I */

static bool put_workspaces(struct request *rq, struct json_writer *w, struct err *err)
{
	struct workspace_row *rows;
	size_t count;
	if (!user_workspace_names(rq->db, rq->caller.user, rq->arena, &rows, &count, err))
		return false;
	json_put_key(w, STR("workspaces"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++) {
		json_put_dict(w);
		json_put_key_id(w, "id", rows[i].id);
		json_put_key_text(w, "name", rows[i].name);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	return true;
}

static bool put_team(struct request *rq, struct json_writer *w, struct err *err)
{
	struct team team;
	json_put_key(w, STR("team"));
	if (rq->caller.team == 0) {
		json_put_null(w);
		return true;
	}
	if (!team_find(rq->db, rq->caller.workspace, rq->caller.team, rq->arena, &team, err))
		return false;
	json_put_dict(w);
	json_put_key_id(w, "id", team.id);
	json_put_key_text(w, "name", team.name);
	json_put_key_bool(w, "limits", rq->caller.team_scope.at != NULL);
	json_put_dict_end(w);
	return true;
}

static bool put_own(struct request *rq, struct json_writer *w, const struct user *user,
                    struct err *err)
{
	bool on;
	if (!second_step_is_on(rq->db, user->id, &on, err))
		return false;
	json_put_key(w, STR("profile"));
	json_put_dict(w);
	json_put_key_text(w, "language", user->language);
	json_put_key_text(w, "time_zone", user->time_zone);
	json_put_key_bool(w, "has_password", user->password_hash.at != NULL);
	json_put_key_bool(w, "two_step", on);
	json_put_key_bool(w, "must_set_up_two_step", rq->caller.must_enrol);
	json_put_dict_end(w);
	return put_workspaces(rq, w, err);
}

bool me_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct workspace workspace;
	struct user user;
	if (!workspace_find(rq->db, rq->caller.workspace, rq->arena, &workspace, err))
		return false;
	json_put_dict(w);
	if (rq->caller.key) {
		json_put_key(w, STR("key"));
		json_put_dict(w);
		json_put_key_id(w, "id", rq->caller.key);
		json_put_key_text(w, "scope", str_of(scope_name(rq->caller.scope)));
		json_put_dict_end(w);
		put_workspace(w, &workspace);
	} else {
		if (!user_find(rq->db, rq->caller.user, rq->arena, &user, err))
			return false;
		put_me(w, &user, rq->caller.role, &workspace);
		json_put_key_bool(w, "sees_names", rq->caller.sees_names);
		if (!put_team(rq, w, err) || !put_own(rq, w, &user, err))
			return false;
	}
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}
