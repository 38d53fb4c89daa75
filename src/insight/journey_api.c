/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/journey_api.h"

#include "account/reply_json.h"
#include "insight/beside_json.h"
#include "insight/days_kept.h"
#include "insight/insight_json.h"
#include "insight/journey.h"
#include "insight/one_part.h"

struct putting {
	struct json_writer *w;
	struct arena *arena;
	const struct asked *asked;
	const struct journey_question *q;
	const struct journey_answer *answer;
};

static void put_rate(const struct putting *p, const char *name, bool known, int64_t asked,
                     int64_t scored)
{
	json_put_key(p->w, str_of(name));
	if (!known || asked == 0) {
		json_put_null(p->w);
		return;
	}
	json_put_dict(p->w);
	json_put_key_i64(p->w, "asked", asked);
	json_put_key_i64(p->w, "scored", scored);
	json_put_dict_end(p->w);
}

static void put_left_out(const struct putting *p, const struct journey_step *step)
{
	static const struct cell_left_out none = { 0 };
	insight_put_left_out(p->w, step->part ? &step->part->left_out : &none);
}

/* Members of the open dict. */
static void put_step(const struct putting *p, const struct journey_step *step)
{
	static const struct cell nothing = { 0 };
	const struct cell *cell = step->cell ? step->cell : &nothing;
	const struct journey_rates *r = &step->rates;
	struct answer_filter f = *p->q->filter;
	if (step->part)
		part_narrow(&f, step->part, p->arena);
	json_put_key_text(p->w, "key",
	                  step->part ? one_part_key(p->arena, step->part) : (Str){ 0 });
	beside_put(p->w, p->arena, p->asked, &p->q->compare, step->part ? &f : NULL, &cell->sums,
	           &cell->before, &cell->pair);
	put_rate(p, "sent", r->sent_known, r->sent, r->sent_scored);
	put_rate(p, "shown", r->shown_known, r->shown, r->shown_scored);
	put_left_out(p, step);
}

static void put_journey(const struct putting *p, const struct journey *journey)
{
	json_put_dict(p->w);
	json_put_key(p->w, STR("brand"));
	json_put_dict(p->w);
	json_put_key_id(p->w, "id", journey->brand_id);
	json_put_key_text(p->w, "name", journey->brand);
	json_put_dict_end(p->w);
	json_put_key(p->w, STR("relationship"));
	json_put_dict(p->w);
	put_step(p, &journey->relationship);
	json_put_dict_end(p->w);
	json_put_key(p->w, STR("steps"));
	json_put_list(p->w);
	for (size_t i = 0; i < p->answer->touchpoint_count; i++) {
		json_put_dict(p->w);
		json_put_key_text(p->w, "code", p->answer->touchpoints[i].code);
		json_put_key_text(p->w, "name", p->answer->touchpoints[i].name);
		put_step(p, &journey->steps[i]);
		json_put_dict_end(p->w);
	}
	json_put_list_end(p->w);
	json_put_dict_end(p->w);
}

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	struct journey_question *q = context;
	(void)rq;
	*known = str_eq(name, STR("compare"));
	return !*known || compare_parse(value, &q->compare.with, err);
}

static bool question_read(struct request *rq, struct asked *asked, struct journey_question *q,
                          struct err *err)
{
	*q = (struct journey_question){ 0 };
	if (!asked_read(rq, own, q, "compare", asked, err))
		return false;
	q->days = ((const struct days_room *)rq->room)->kept;
	q->scope = &asked->scope;
	q->filter = &asked->filter;
	q->zone = asked->zone;
	q->week_start = asked->workspace.week_start;
	q->hides_names = asked->hides_names;
	return compare_period(rq->arena, &asked->filter, asked->zone, rq->now, &q->compare, err);
}

static bool journey_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct asked *asked = ARENA_NEW(rq->arena, struct asked);
	struct journey_question question;
	struct journey_answer answer;
	struct facts facts;
	const struct days_room *room = rq->room;
	if (!question_read(rq, asked, &question, err) ||
	    !facts_open(room->cubes, rq->db, rq->caller.workspace, 0, rq->arena, &facts, err) ||
	    !journey_ask(&facts, rq->arena, &question, &answer, err))
		return false;
	struct json_writer *w = reply_json(rq);
	const struct putting p = { w, rq->arena, asked, &question, &answer };
	json_put_dict(w);
	asked_put(w, asked, rq, facts.as_of);
	beside_put_periods(w, &asked->filter, &question.compare);
	json_put_key(w, STR("journeys"));
	json_put_list(w);
	for (size_t i = 0; i < answer.count; i++)
		put_journey(&p, &answer.journeys[i]);
	json_put_list_end(w);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route journey_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/journey",
	  .operation = "getJourney",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = journey_read },
};
const size_t journey_route_count = sizeof journey_routes / sizeof journey_routes[0];
