/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/insight_api.h"

#include "account/reply_json.h"
#include "insight/asked.h"
#include "insight/insight_json.h"

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	struct insight_question *q = context;
	(void)rq;
	*known = true;
	if (str_eq(name, STR("series")))
		return period_unit_parse(value, &q->series, err);
	if (str_eq(name, STR("compare")))
		return compare_parse(value, &q->compare.with, err);
	if (str_eq(name, STR("by")))
		return insight_split_parse(value, q, err);
	*known = false;
	return true;
}

static bool question_read(struct request *rq, struct asked *asked, struct insight_question *q,
                          struct err *err)
{
	*q = (struct insight_question){ 0 };
	if (!asked_read(rq, own, q, "series, by and compare", asked, err))
		return false;
	q->scope = &asked->scope;
	q->filter = asked->filter;
	q->hides_names = asked->hides_names;
	q->figures_only = asked->figures_only;
	return compare_period(rq->arena, &q->filter, asked->zone, rq->now, &q->compare, err) &&
	       insight_may_split(q, rq->arena, err);
}

static bool nps_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked asked;
	struct insight_question question;
	struct insight_answer answer;
	struct facts facts;
	if (!question_read(rq, &asked, &question, err) || !asked_facts(rq, 0, &facts, err) ||
	    !insight_ask(&facts, rq->arena, &asked.workspace, &question, &answer, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	asked_put(w, &asked, rq, facts.as_of);
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
