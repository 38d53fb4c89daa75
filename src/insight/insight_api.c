/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/insight_api.h"

#include "account/reply_json.h"
#include "account/workspace.h"
#include "base/zone.h"
#include "insight/insight_json.h"

static bool set(struct request *rq, struct insight_question *q, Str name, Str value,
                const struct zone *zone, struct err *err)
{
	bool known;
	if (!filter_set(&q->filter, rq->arena, name, value, zone, &known, err))
		return false;
	if (known)
		return true;
	if (str_eq(name, STR("series")))
		return period_unit_parse(value, &q->series, err);
	if (str_eq(name, STR("compare")))
		return compare_parse(value, &q->compare.with, err);
	if (str_eq(name, STR("by")))
		return insight_split_parse(value, q, err);
	return err_set(err, ERR_INVALID,
	               "there is no parameter \"%.*s\"; there are kind, survey, brand, "
	               "touchpoint, channel, language, source, tag, from, to, q, has_comment, "
	               "starred, property.NAME, series, by and compare",
	               STR_FMT(name));
}

static bool question_read(struct request *rq, const struct workspace *workspace,
                          const struct team_scope *scope, struct insight_question *out,
                          struct err *err)
{
	struct insight_question q = { .scope = scope,
		                      .hides_names = !rq->caller.sees_names,
		                      .figures_only = rq->caller.role == ROLE_VIEWER };
	const struct zone *zone;
	size_t position = 0;
	Str name, value;
	if (!zone_load(rq->arena, workspace->time_zone, &zone, err))
		return false;
	while (request_query_next(rq, &position, &name, &value))
		if (!set(rq, &q, name, value, zone, err))
			return false;
	if (!filter_check(&q.filter, err) || !filter_is_of_figures(&q.filter, err) ||
	    !compare_period(rq->arena, &q.filter, zone, rq->now, &q.compare, err))
		return false;
	*out = q;
	return filter_may_ask(&q.filter, rq->arena, &rq->caller, err) &&
	       insight_may_split(&q, rq->arena, err);
}

static bool nps_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct workspace workspace;
	struct team_scope scope;
	struct insight_question question;
	struct insight_answer answer;
	if (!workspace_find(rq->db, rq->caller.workspace, rq->arena, &workspace, err) ||
	    !team_scope_load(rq->db, rq->arena, &rq->caller, &scope, err) ||
	    !question_read(rq, &workspace, &scope, &question, err) ||
	    !insight_ask(rq->db, rq->arena, &workspace, &question, &answer, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	json_put_key_text(w, "time_zone", workspace.time_zone);
	json_put_key_i64(w, "week_start", workspace.week_start);
	insight_put(w, rq->arena, &question, &answer);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route insight_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/nps",
	  .operation = "getNps",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = nps_read },
};
const size_t insight_route_count = sizeof insight_routes / sizeof insight_routes[0];
