/* insight/outlook_report.h - what a report tells of one score beside its figure: when its level changed or its answers began to
 * come another way (insight/trend.h), the goal that it is meant to reach (insight/goal.h), and what the answers that come can
 * show (insight/planner.h). As lines for a terminal of 80 columns, and as JSON.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_OUTLOOK_REPORT_H
#define INSIGHT_OUTLOOK_REPORT_H

#include "base/json.h"
#include "insight/goal.h"
#include "insight/insight.h"
#include "insight/planner.h"
#include "insight/trend.h"

/* NULL: nothing is known of it, or it was not asked. */
struct outlook {
	const struct trend_part *trend;
	const struct goal *goal;
	const struct planner *plan; /* for five points to either side, a change of ten */
};

/* Sets part->outlook of each part of the answer, in the arena. `q` is the question that the answer is of; with_plan: the plan,
 * too. */
MUST_USE bool outlook_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
                          bool with_plan, int64_t now, struct insight_answer *answer,
                          struct err *err);

void outlook_write(struct buf *out, const struct nps_figure *figure, const struct outlook *o);
/* "changes", "mixes", "goal" and, when it was asked, "plan" as members of the open dict. */
void outlook_put(struct json_writer *w, struct arena *a, const struct outlook *o);

#endif
