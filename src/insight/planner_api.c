/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/planner_api.h"

#include <inttypes.h>
#include <math.h>

#include "account/reply_json.h"
#include "insight/asked.h"
#include "insight/figure_json.h"
#include "insight/part_json.h"
#include "insight/planner.h"

#define HALF          5
#define HALF_MAX      50
#define CHANGE        10
#define CHANGE_MAX    100
#define CUSTOMERS_MAX INT64_C(1000000000)

struct planner_wished {
	struct planner_wish wish;
	Str part;
};

static bool number(Str name, Str value, int64_t max, int64_t *out, struct err *err)
{
	int64_t parsed;
	if (str_to_i64(value, &parsed) && parsed >= 1 && parsed <= max) {
		*out = parsed;
		return true;
	}
	return err_at(err, ERR_INVALID,
	              str_eq(name, STR("half"))     ? "half"
	              : str_eq(name, STR("change")) ? "change"
	                                            : "customers",
	              "must be a whole number from 1 to %" PRId64, max);
}

static bool own(void *context, struct request *rq, Str name, Str value, bool *known,
                struct err *err)
{
	struct planner_wished *w = context;
	(void)rq;
	*known = true;
	if (str_eq(name, STR("half")))
		return number(name, value, HALF_MAX, &w->wish.half, err);
	if (str_eq(name, STR("change")))
		return number(name, value, CHANGE_MAX, &w->wish.change, err);
	if (str_eq(name, STR("customers")))
		return number(name, value, CUSTOMERS_MAX, &w->wish.customers, err);
	if (str_eq(name, STR("part")))
		w->part = value;
	else
		*known = false;
	return true;
}

static void put_finite(struct json_writer *w, const char *key, double value)
{
	json_put_key_real_if(w, key, isfinite(value), value);
}

static void put_flow(struct json_writer *w, struct arena *a, const struct planner *p)
{
	json_put_key(w, STR("flow"));
	if (!p->part.part) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_text(w, "from", part_day(a, p->flow.from_day));
	json_put_key_text(w, "to", part_day(a, p->flow.to_day));
	json_put_key_real(w, "weeks", p->flow.weeks);
	json_put_key_i64(w, "responses", p->flow.responses);
	json_put_key_real(w, "per_week", p->flow.per_week);
	json_put_dict_end(w);
}

static void put_range(struct json_writer *w, const struct planner *p,
                      const struct planner_wish *wish)
{
	json_put_key(w, STR("range"));
	json_put_dict(w);
	json_put_key_i64(w, "half", wish->half);
	put_finite(w, "answers", p->answers);
	put_finite(w, "weeks", p->weeks);
	json_put_key_real(w, "now", (p->figure.hi - p->figure.lo) / 2);
	json_put_key(w, STR("curve"));
	json_put_list(w);
	for (size_t i = 0; i < p->curve_count; i++) {
		json_put_dict(w);
		json_put_key_real(w, "half", p->curve[i].half);
		json_put_key_real(w, "answers", p->curve[i].answers);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
}

static void put_change(struct json_writer *w, const struct planner *p,
                       const struct planner_wish *wish)
{
	json_put_key(w, STR("change"));
	json_put_dict(w);
	json_put_key_i64(w, "points", wish->change);
	put_finite(w, "side", p->side);
	put_finite(w, "weeks", p->change_weeks);
	json_put_key(w, STR("smallest"));
	json_put_list(w);
	for (size_t i = 0; i < p->period_count; i++) {
		json_put_dict(w);
		json_put_key_i64(w, "weeks", p->periods[i].weeks);
		json_put_key_real(w, "answers", p->periods[i].answers);
		json_put_key_real(w, "points", p->periods[i].change);
		json_put_dict_end(w);
	}
	json_put_list_end(w);
	json_put_dict_end(w);
}

static void put_plan(struct json_writer *w, const struct planner *p,
                     const struct planner_wish *wish)
{
	json_put_key(w, STR("plan"));
	if (!p->has_plan) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_real(w, "deff", p->flow.deff);
	put_range(w, p, wish);
	put_change(w, p, wish);
	json_put_dict_end(w);
}

static void put_customers(struct json_writer *w, const struct planner *p,
                          const struct planner_wish *wish)
{
	bool shown = p->today.label != NPS_HIDDEN;
	json_put_key(w, STR("customers"));
	if (!wish->customers) {
		json_put_null(w);
		return;
	}
	json_put_dict(w);
	json_put_key_i64(w, "count", wish->customers);
	json_put_key_i64(w, "people", p->figure.people);
	figure_put_interval(w, "interval", shown, p->today.lo, p->today.hi);
	json_put_dict_end(w);
}

static bool planner_read(struct request *rq, struct reply *rp, struct err *err)
{
	struct planner_wished wished = { .wish = { .half = HALF, .change = CHANGE } };
	struct asked asked;
	struct facts facts;
	struct planner planner;
	if (!asked_read(rq, own, &wished, "half, change, customers and part", &asked, err) ||
	    !asked_facts(rq, 0, &facts, err))
		return false;
	const struct cell_question q = asked_cells(&asked);
	if (!planner_ask(&facts, rq->arena, &q, wished.part, &wished.wish, rq->now, &planner, err))
		return false;
	struct json_writer *w = reply_json(rq);
	struct answer_filter filter = asked.filter;
	if (planner.part.part)
		part_narrow(&filter, planner.part.part, rq->arena);
	json_put_dict(w);
	asked_put(w, &asked, rq, facts.as_of);
	one_part_put(w, rq->arena, &planner.part);
	one_part_put_figure(w, &planner.part, asked_answers_path(&asked, &filter, rq->arena));
	put_flow(w, rq->arena, &planner);
	put_plan(w, &planner, &wished.wish);
	put_customers(w, &planner, &wished.wish);
	json_put_dict_end(w);
	return reply_json_end(w, rp, 200, err);
}

const struct route planner_routes[] = {
	{ .method = "GET",
	  .path = "/api/v1/insights/planner",
	  .operation = "getPlanner",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = planner_read },
};
const size_t planner_route_count = sizeof planner_routes / sizeof planner_routes[0];
