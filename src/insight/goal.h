/* insight/goal.h - what a score is meant to reach, and by when: one for each kind, brand and touchpoint, which are never pooled.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_GOAL_H
#define INSIGHT_GOAL_H

#include "db/unit.h"
#include "survey/survey.h"

struct goal {
	enum survey_kind kind;
	int64_t brand_id, touchpoint_id; /* touchpoint 0: none */
	Str touchpoint;                  /* its code; at NULL: none */
	int score;                       /* -100..100 */
	Str by_day;                      /* "2026-12-31" */
	Str actor;
	int64_t created_at;
};

MUST_USE bool goal_list(struct db *db, struct arena *a, int64_t workspace, struct goal **out,
                        size_t *count, struct err *err);

struct goal_input {
	struct goal goal; /* by the touchpoint's code; and the result */
	bool removes;
};
/* A unit's function; input is a struct goal_input. ERR_INVALID with the path of a brand or touchpoint that is none. Removing
 * what is not there is fine. */
bool goal_set(struct db_tx *tx, void *input, struct err *err);

#endif
