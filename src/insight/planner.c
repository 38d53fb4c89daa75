/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/planner.h"

#include <math.h>

#include "base/zone.h"
#include "insight/part_json.h"
#include "stats/nps_finite.h"

#define DAYS_OF_WEEK 7
#define DAY_SECONDS  INT64_C(86400)
#define MICROSECONDS INT64_C(1000000)

static const double halves[] = { 40, 30, 25, 20, 17, 15, 13, 11, 10, 9,  8,   7,  6,
	                         5,  4,  3,  2,  1,  .7, .5, .3, .2, .1, .07, .05 };
/* The curve ends here, unless more answers are there already. */
#define HALF_LEAST 1
static const int periods[] = { 4, 8, 12, 26, 52 };

static bool ask_part(const struct facts *facts, struct arena *a, const struct cell_question *q,
                     const struct answer_filter *filter, Str part, struct one_part *out,
                     struct err *err)
{
	struct cell_question other = *q;
	other.filter = filter;
	return one_part_choose(facts, a, &other, part, out, err);
}

/* A part whose first answer is younger than the weeks looked at has had less time. */
static void set_flow(struct planner *p, const struct nps_sums *sums, int64_t first_at,
                     int64_t begins, int64_t ends)
{
	struct nps_figure f = nps_figure_of(sums);
	double days = (double)PLANNER_WEEKS * DAYS_OF_WEEK;
	if (first_at > begins)
		days = (double)(ends > first_at ? ends - first_at : 0) /
		       (double)(DAY_SECONDS * MICROSECONDS);
	p->flow.weeks = fmax(days / DAYS_OF_WEEK, 1);
	p->flow.responses = f.responses;
	p->flow.per_week = (double)f.responses / p->flow.weeks;
	p->flow.deff = f.responses < NPS_ANSWERS_FIRM ? p->figure.deff : f.deff;
}

static bool ask_flow(const struct facts *facts, struct arena *a, const struct cell_question *q,
                     int64_t now, struct planner *p, struct err *err)
{
	Str part = one_part_key(a, p->part.part);
	int64_t today = zone_day(q->zone, now);
	struct answer_filter of_ever = *q->filter, of_late = *q->filter;
	struct one_part ever, late;
	p->flow.from_day = today - (int64_t)PLANNER_WEEKS * DAYS_OF_WEEK;
	p->flow.to_day = today - 1;
	of_ever.from_day = of_ever.to_day = (Str){ 0 };
	of_late.from_day = part_day(a, p->flow.from_day);
	of_late.to_day = part_day(a, p->flow.to_day);
	of_late.from = zone_day_start(q->zone, p->flow.from_day);
	of_late.before = zone_day_start(q->zone, today);
	if (!ask_part(facts, a, q, &of_ever, part, &ever, err) ||
	    !ask_part(facts, a, q, &of_late, part, &late, err))
		return false;
	set_flow(p, &late.all.sums, ever.part->first_at, of_late.from, of_late.before);
	return true;
}

/* As the interval sees them, so that all of one mind are no certainty. */
static struct nps_expected expected_of(const struct planner *p)
{
	double n = (double)p->figure.responses + 3;
	return (struct nps_expected){ .promoters = ((double)p->figure.promoters + 0.75) / n,
		                      .detractors = ((double)p->figure.detractors + 0.75) / n,
		                      .deff = p->flow.deff };
}

static void draw_curve(struct arena *a, struct planner *p)
{
	size_t count = sizeof halves / sizeof halves[0];
	struct planner_point *curve = ARENA_ARRAY(a, struct planner_point, count);
	for (size_t i = 0; i < count; i++) {
		if (halves[i] < HALF_LEAST && curve[i - 1].answers >= (double)p->figure.responses)
			break;
		curve[i] =
		    (struct planner_point){ halves[i], nps_plan_answers(&p->expected, halves[i]) };
		p->curve_count = i + 1;
	}
	p->curve = curve;
}

static void compare_periods(struct arena *a, struct planner *p)
{
	size_t count = sizeof periods / sizeof periods[0];
	struct planner_period *all = ARENA_ARRAY(a, struct planner_period, count);
	for (size_t i = 0; i < count; i++) {
		double answers = p->flow.per_week * periods[i];
		all[i] = (struct planner_period){ periods[i], answers,
			                          nps_plan_change(&p->expected, answers, answers) };
	}
	p->periods = all;
	p->period_count = count;
}

static void make_plan(struct arena *a, const struct planner_wish *wish, struct planner *p)
{
	double change = (double)wish->change, per_week = p->flow.per_week;
	p->has_plan = true;
	p->expected = expected_of(p);
	p->answers = nps_plan_answers(&p->expected, (double)wish->half);
	p->weeks = per_week > 0 ? p->answers / per_week : (double)INFINITY;
	p->side = nps_plan_side(&p->expected, change);
	p->change_weeks =
	    nps_plan_weeks(&p->expected, change, (double)p->figure.responses, per_week);
	draw_curve(a, p);
	if (per_week > 0)
		compare_periods(a, p);
}

bool planner_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
                 Str part, const struct planner_wish *wish, int64_t now, struct planner *out,
                 struct err *err)
{
	struct planner p = { 0 };
	if (!one_part_choose(facts, a, q, part, &p.part, err))
		return false;
	p.figure = nps_figure_of(&p.part.all.sums);
	if (p.part.part && !ask_flow(facts, a, q, now, &p, err))
		return false;
	if (p.figure.label != NPS_HIDDEN)
		make_plan(a, wish, &p);
	if (wish->customers)
		p.today = nps_finite_of(&p.part.all.sums, wish->customers);
	*out = p;
	return true;
}
