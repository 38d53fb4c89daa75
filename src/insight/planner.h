/* insight/planner.h - of one part: how many answers a range as narrow as wished takes, which change the answers that come can
 * show, and how long either takes.
 *
 * The shares are those of the answers that the filter takes, the flow that of the last PLANNER_WEEKS whole weeks before today,
 * whatever days the filter names; of fewer, where the first answer is younger. How much people or accounts that answer again tell
 * is as in the figure, so that the plan passes through it, and how many more of them more answers bring as between flow and
 * figure (stats/nps_plan.h). Answers for each independent one (deff) are told as in the flow, or, when it is below
 * NPS_ANSWERS_FIRM, as in all. A plan needs a score: there is none below NPS_ANSWERS_SHOWN.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_PLANNER_H
#define INSIGHT_PLANNER_H

#include "insight/one_part.h"
#include "stats/nps_plan.h"

#define PLANNER_WEEKS 12

/* What is wished. */
struct planner_wish {
	int64_t half;      /* points to either side */
	int64_t change;    /* points */
	int64_t customers; /* there are today; 0: not said */
};

struct planner_point {
	double half, answers;
};

/* Two periods of so many weeks, side by side. */
struct planner_period {
	int weeks;
	double answers, change;
};

struct planner {
	struct one_part part;
	struct nps_figure figure;
	struct {
		int64_t from_day, to_day; /* days since 1970-01-01 */
		double weeks, per_week;
		int64_t responses;
		double deff;
		double own_deff, equal; /* of its answers, however few */
	} flow;
	bool has_plan;
	struct nps_expected expected;
	double answers, weeks;     /* for the wished range; INFINITY: out of reach, none come */
	double side, change_weeks; /* for the wished change, beside the answers that are there */
	const struct planner_point *curve; /* widest first, as far as it can be reached */
	size_t curve_count;
	const struct planner_period *periods;
	size_t period_count;     /* 0: no answers come */
	struct nps_figure today; /* of all customers, when their number is said */
};

/* `q` has neither dimensions nor a part; part.at NULL: the first. `now` is today's instant. */
MUST_USE bool planner_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
                          Str part, const struct planner_wish *wish, int64_t now,
                          struct planner *out, struct err *err);

#endif
