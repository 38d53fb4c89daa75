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
/* Times as many answers, from which on two numbers of them tell how clusters grow. */
#define GROWTH_APART 2
static const int periods[] = { 4, 8, 12, 26, 52 };

static bool ask_part(const struct facts *facts, struct arena *a, const struct cell_question *q,
                     const struct answer_filter *filter, Str part, struct one_part *out,
                     struct err *err)
{
	struct cell_question other = *q;
	other.filter = filter;
	return one_part_choose(facts, a, &other, part, out, err);
}

/* As many clusters of equal size, as in stats/nps.h. */
static double equal_of(const struct nps_sums *sums, double answers)
{
	return sums->nn > 0 ? answers * answers / (double)sums->nn : 0;
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
	p->flow.own_deff = f.deff;
	p->flow.equal = equal_of(sums, (double)f.responses);
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

/* How clusters go with the answers, from those of the figure and of the flow; where both are about as many nothing is known,
 * and new ones are taken to come as the answers do. */
static double growth(const struct planner *p, double equal)
{
	double n = (double)p->figure.responses, m = (double)p->flow.responses;
	if (n <= 0 || m <= 0 || fmax(n, m) < GROWTH_APART * fmin(n, m))
		return 1;
	return fmin(1, fmax(0, log(equal / p->flow.equal) / log(n / m)));
}

/* Likeness is known of people or accounts that answered more than once: of the figure's, else of the flow's. */
static void set_clusters(const struct planner *p, struct nps_expected *e)
{
	double equal = equal_of(&p->part.all.sums, (double)p->figure.responses);
	bool is_flow = p->figure.degrees <= 0;
	e->deff = 1;
	if (is_flow && p->flow.equal >= (double)p->flow.responses)
		return;
	e->grows = growth(p, equal);
	e->deff = is_flow ? p->flow.own_deff : p->figure.deff;
	e->answers = (double)(is_flow ? p->flow.responses : p->figure.responses);
	e->equal = is_flow ? p->flow.equal : equal;
}

/* As the interval sees them, so that all of one mind are no certainty. */
static struct nps_expected expected_of(const struct planner *p)
{
	double n = (double)p->figure.responses + 3;
	struct nps_expected e = { .promoters = ((double)p->figure.promoters + 0.75) / n,
		                  .detractors = ((double)p->figure.detractors + 0.75) / n };
	set_clusters(p, &e);
	return e;
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
		if (isinf(curve[i].answers))
			break;
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
	p->change_weeks = nps_plan_weeks(&p->expected, change, p->figure.effective_n, per_week);
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
