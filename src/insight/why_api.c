/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/why_api.h"

#include "account/reply_json.h"
#include "feedback/cube_view.h"
#include "insight/asked.h"
#include "insight/why_json.h"

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	struct why_question *q = context;
	(void)rq;
	*known = true;
	if (str_eq(name, STR("compare")))
		return compare_parse(value, &q->compare.with, err);
	if (str_eq(name, STR("part"))) {
		q->part = value;
		return true;
	}
	*known = str_eq(name, STR("by"));
	if (!*known)
		return true;
	if (q->by_count == SPLIT_ATTRIBUTES)
		return err_at(err, ERR_INVALID, "by", "can be given %d times at most",
		              SPLIT_ATTRIBUTES);
	return known_parse(value, "by", &q->by[q->by_count++], err);
}

static bool question_read(struct request *rq, struct asked *asked, struct why_question *q,
                          struct err *err)
{
	*q = (struct why_question){ .compare = { .with = COMPARE_PREVIOUS } };
	if (!asked_read(rq, own, q, "compare, part and by", asked, err))
		return false;
	q->scope = &asked->scope;
	q->filter = &asked->filter;
	q->zone = asked->zone;
	q->week_start = asked->workspace.week_start;
	q->hides_names = asked->hides_names;
	for (size_t i = 0; i < q->by_count; i++) {
		for (size_t k = 0; k < i; k++)
			if (str_eq(q->by[i].name, q->by[k].name))
				return err_at(err, ERR_INVALID, "by", "names %.*s twice",
				              STR_FMT(q->by[i].name));
		if (!attribute_may_ask(&q->by[i].dim, asked->hides_names, rq->arena, err))
			return false;
	}
	return compare_usual_days(rq->arena, &asked->filter, asked->zone, rq->now, err) &&
	       compare_period(rq->arena, &asked->filter, asked->zone, rq->now, &q->compare, err);
}

static bool why_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked *asked = ARENA_NEW(rq->arena, struct asked);
	struct why_question *question = ARENA_NEW(rq->arena, struct why_question);
	struct why_answer answer;
	struct facts facts;
	if (!question_read(rq, asked, question, err) ||
	    !asked_facts(rq, CUBE_PEOPLE, &facts, err) ||
	    !why_ask(&facts, rq->arena, question, &answer, err))
		return false;
	struct json_writer *w = reply_json(rq);
	json_put_dict(w);
	asked_put(w, asked, rq, facts.as_of);
	why_put(w, rq->arena, asked, question, &answer);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route why_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/why",
	  .operation = "getWhy",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = why_read },
};
const size_t why_route_count = sizeof why_routes / sizeof why_routes[0];
