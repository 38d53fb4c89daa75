/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/goal_api.h"

#include "account/reply_json.h"
#include "base/zone.h"
#include "db/id.h"
#include "insight/goal.h"
#include "survey/team_scope.h"
#include "survey/touchpoint.h"

#define BODY_MAX 4096

static void put_goal(struct json_writer *w, const struct goal *g)
{
	json_put_dict(w);
	json_put_key_text(w, "kind", str_of(survey_kind_name(g->kind)));
	json_put_key_id(w, "brand_id", g->brand_id);
	json_put_key_text(w, "touchpoint", g->touchpoint);
	json_put_key_i64(w, "score", g->score);
	json_put_key_text(w, "by_day", g->by_day);
	json_put_key_text(w, "actor", g->actor);
	json_put_key_time(w, "created_at", g->created_at);
	json_put_dict_end(w);
}

static bool list_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct json_writer *w = reply_json(rq);
	struct goal *all;
	size_t count;
	if (!goal_list(rq->db, rq->arena, rq->caller.workspace, &all, &count, err))
		return false;
	json_put_dict(w);
	json_put_key(w, STR("goals"));
	json_put_list(w);
	for (size_t i = 0; i < count; i++)
		put_goal(w, &all[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

static bool kind_read(JsonRef ref, enum survey_kind *out, struct err *err)
{
	Str name;
	return json_read_text(ref, 32, &name, err) &&
	       (survey_kind_find(name, out) ||
	        err_at(err, ERR_INVALID, ref.path, "must be relationship or transactional"));
}

static bool target_read(JsonRef body, struct goal_input *in, struct err *err)
{
	JsonRef score = json_read_member(body, "score"), day = json_read_member(body, "by_day");
	int64_t points, instant;
	struct err ignored;
	in->removes = !json_read_is_given(score) && !json_read_is_given(day);
	if (in->removes)
		return true;
	if (!json_read_i64(score, -100, 100, &points, err) ||
	    !json_read_text(day, 10, &in->goal.by_day, err))
		return false;
	in->goal.score = (int)points;
	return (in->goal.by_day.len == 10 &&
	        time_parse(in->goal.by_day, zone_utc(), &instant, &ignored)) ||
	       err_at(err, ERR_INVALID, day.path, "must be a day such as 2026-12-31");
}

/* A goal stands in everybody's chart. */
static bool put_prepare(struct request *rq, struct err *err)
{
	static const char *const names[] = { "kind",  "brand_id", "touchpoint",
		                             "score", "by_day",   NULL };
	struct goal_input *in = ARENA_NEW(rq->arena, struct goal_input);
	JsonRef body;
	in->goal.actor = rq->caller.name;
	rq->input = in;
	return team_scope_need_all(rq, "goals", err) &&
	       json_read(rq->arena, rq->body, &body, err) && json_read_only(body, names, err) &&
	       kind_read(json_read_member(body, "kind"), &in->goal.kind, err) &&
	       id_read(json_read_member(body, "brand_id"), "must be an id, as a text",
	               &in->goal.brand_id, err) &&
	       json_read_text_if_given(json_read_member(body, "touchpoint"), TOUCHPOINT_CODE_MAX,
	                               &in->goal.touchpoint, err) &&
	       target_read(body, in, err);
}

static bool put_reply(struct request *rq, struct reply *rp, struct err *err)
{
	const struct goal_input *in = rq->input;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key(w, STR("goal"));
	if (in->removes)
		json_put_null(w);
	else
		put_goal(w, &in->goal);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route goal_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/goals",
	  .operation = "listGoals",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = list_read },
	{ .method = "PUT",
	  .path = "/api/v1/goals",
	  .operation = "setGoal",
	  .roles = ROLES_BUILD,
	  .scopes = SCOPES_WRITE,
	  .body_max = BODY_MAX,
	  .prepare = put_prepare,
	  .apply = goal_set,
	  .reply = put_reply },
};
const size_t goal_route_count = sizeof goal_routes / sizeof goal_routes[0];
