/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/team_api.h"

#include "account/reply_json.h"
#include "account/team.h"
#include "base/clock.h"
#include "feedback/scope.h"
#include "feedback/team_api.sql.h"

#define BODY_MAX     (64u * 1024)
#define PREVIEW_DAYS 90
#define PAGE_ROWS    5000

static void put_team(struct json_writer *w, const struct team *team)
{
	json_put_dict(w);
	json_put_key_id(w, "id", team->id);
	json_put_key_text(w, "name", team->name);
	json_put_key(w, STR("scope"));
	json_put_raw(w, team->scope);
	json_put_key_i64(w, "members", team->members);
	json_put_key_time(w, "created_at", team->created_at);
	json_put_key_time(w, "updated_at", team->updated_at);
	json_put_dict_end(w);
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct team *teams;
	size_t count;
	if (!team_list(rq->db, rq->caller.workspace, rq->arena, &teams, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("teams"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_team(w, &teams[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool body_read(struct request *rq, bool is_new, struct team_input *in, struct err *err)
{
	static const char *const names[] = { "name", "scope", NULL };
	JsonRef body;
	Str typed;
	if (!json_read(rq->arena, rq->body, &body, err) || !json_read_dict(body, err) ||
	    !json_read_only(body, names, err))
		return false;
	JsonRef name = json_read_member(body, "name"), scope = json_read_member(body, "scope");
	if ((is_new || json_read_is_given(name)) &&
	    (!json_read_text(name, 4 * TEAM_NAME_MAX, &typed, err) ||
	     !team_name_check(rq->arena, typed, &in->name, &in->folded, err)))
		return false;
	if (is_new || json_read_is_given(scope))
		return team_scope_read(rq->db, rq->arena, rq->caller.workspace, scope, &in->scope,
		                       err);
	return true;
}

static struct team_input *input_of(struct request *rq)
{
	struct team_input *in = ARENA_NEW(rq->arena, struct team_input);
	in->actor = rq->caller.name;
	in->arena = rq->arena;
	rq->input = in;
	return in;
}

static bool post_prepare(struct request *rq, struct err *err)
{
	return body_read(rq, true, input_of(rq), err);
}

static bool patch_prepare(struct request *rq, struct err *err)
{
	struct team_input *in = input_of(rq);
	return request_param_id(rq, "team", &in->id, err) && body_read(rq, false, in, err);
}

static bool reply_team(struct request *rq, struct reply *rp, int status, struct err *err)
{
	const struct team_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	put_team(w, &in->team);
	return reply_json_end(w, rp, status, err);
}

static bool post_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply_team(rq, rp, 201, err);
}

static bool patch_reply(struct request *rq, struct reply *rp, struct err *err)
{
	return reply_team(rq, rp, 200, err);
}

static bool delete_prepare(struct request *rq, struct err *err)
{
	return request_param_id(rq, "team", &input_of(rq)->id, err);
}

struct preview {
	struct team_scope scope;
	int64_t since;
	int64_t at, id;    /* the place it has come to: newest first */
	int64_t of, takes; /* answers in all, and those in scope */
};

static bool preview_page(struct db *db, int64_t workspace, struct preview *p, int64_t *rows,
                         struct err *err)
{
	struct arena a = { 0 };
	struct db_rows open;
	enum db_next next;
	bool taken = false;
	*rows = 0;
	if (!db_query(db, &open, &sql_team_preview_page,
	              DB_ARGS(db_arg_i64(workspace), db_arg_i64(p->at), db_arg_i64(p->id),
	                      db_arg_i64(p->since), db_arg_i64(PAGE_ROWS),
	                      db_arg_i64(RESPONSE_DELETED)),
	              err))
		return false;
	while ((next = db_step(&open, err)) == DB_ROW) {
		p->at = db_i64(&open, 0);
		p->id = db_i64(&open, 1);
		++*rows;
		if (!team_scope_takes(&p->scope, &a, db_i64(&open, 2), db_text(&open, 3, &a),
		                      &taken, err)) {
			next = DB_FAILED;
			break;
		}
		p->takes += taken;
		p->of++;
	}
	db_rows_close(&open);
	arena_free(&a);
	return next == DB_DONE;
}

static bool preview_count(struct request *rq, struct preview *p, struct err *err)
{
	int64_t rows = PAGE_ROWS;
	p->at = p->id = INT64_MAX;
	p->since = rq->now - PREVIEW_DAYS * CLOCK_DAY;
	while (rows == PAGE_ROWS)
		if (!preview_page(rq->db, rq->caller.workspace, p, &rows, err))
			return false;
	return true;
}

static bool preview_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct preview p = { 0 };
	struct json_writer *w = reply_json(rq);
	JsonRef body;
	Str canonical;
	Str scope = request_query(rq, "scope");
	if (!json_read(rq->arena, scope.at ? scope : TEAM_SCOPE_WHOLE, &body, err))
		return err_at(err, ERR_INVALID, "scope", "must be a scope as JSON");
	if (!team_scope_read(rq->db, rq->arena, rq->caller.workspace, body, &canonical, err) ||
	    !team_scope_parse(rq->db, rq->arena, rq->caller.workspace, canonical, &p.scope, err) ||
	    !preview_count(rq, &p, err))
		return false;
	json_put_dict(w);
	json_put_key_i64(w, "days", PREVIEW_DAYS);
	json_put_key_i64(w, "answers", p.takes);
	json_put_key_i64(w, "of", p.of);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route team_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/teams",
	  .operation = "listTeams",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .read = list_read },
	{ .method = "POST",
	  .path = "/api/v1/teams",
	  .operation = "createTeam",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .body_max = BODY_MAX,
	  .prepare = post_prepare,
	  .apply = team_save,
	  .reply = post_reply },
	{ .method = "GET",
	  .path = "/api/v1/teams/preview",
	  .operation = "previewTeam",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .read = preview_read },
	{ .method = "PATCH",
	  .path = "/api/v1/teams/{team}",
	  .operation = "changeTeam",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .body_max = BODY_MAX,
	  .prepare = patch_prepare,
	  .apply = team_save,
	  .reply = patch_reply },
	{ .method = "DELETE",
	  .path = "/api/v1/teams/{team}",
	  .operation = "deleteTeam",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPE_ADMIN,
	  .prepare = delete_prepare,
	  .apply = team_delete,
	  .reply = reply_nothing },
};
const size_t team_route_count = sizeof team_routes / sizeof team_routes[0];
