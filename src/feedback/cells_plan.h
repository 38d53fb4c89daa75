/* feedback/cells_plan.h - what both makers of cells (feedback/cells.h) look up before they count, and agree about.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_PLAN_H
#define FEEDBACK_CELLS_PLAN_H

#include "feedback/cells.h"
#include "feedback/filter_run.h"

struct cell_survey {
	int64_t id;
	uint32_t part;
	Str slug;
};

struct cell_account {
	int64_t id, people; /* those known today */
};

/* Lives as long as the arena and the question. */
struct cell_plan {
	const struct cell_question *q;
	struct arena *arena;
	struct filter_run run;
	struct cell_part *parts;
	size_t part_count;
	struct cell_survey *surveys; /* by id */
	size_t survey_count;
	struct cell_account *accounts; /* by id; only when a dimension asks for their size */
	size_t account_count;
	struct cell_left_out left_out;
	bool by_part;   /* parts alone: what they leave out and when they began is told */
	bool hidden[2]; /* the dimension's very name tells who somebody is, and names are hidden */
};

MUST_USE bool cell_plan_make(const struct facts *facts, struct arena *a,
                             const struct cell_question *q, struct cell_plan *out, struct err *err);

/* NULL: no answer of it is asked for. */
const struct cell_survey *cell_plan_survey(const struct cell_plan *plan, int64_t survey);
/* The instant as figures date it: whole seconds, cut to what the cube can tell. */
int64_t cell_second(int64_t instant);
bool cell_plan_is_now(const struct cell_plan *plan, int64_t at);
bool cell_plan_is_before(const struct cell_plan *plan, int64_t at);
/* As group, score and state choose. */
bool cell_plan_takes(const struct cell_plan *plan, enum response_state state, int score);

/* Of a time as the cube has it. */
int64_t cell_instant(int32_t second);
/* Tells an answer that counts to its part, one that does not to why it is left out. */
void cell_plan_count(struct cell_plan *plan, uint32_t part, int64_t at, bool imported);
void cell_plan_leave_out(struct cell_plan *plan, uint32_t part, enum response_state state,
                         int64_t answers);

/* What a text is as a value of the dimension: at NULL where it is empty, or hidden. */
Str cell_plan_text(const struct cell_plan *plan, int d, Str text);
/* Without script and region, as a filter by language takes it: "pt-BR" is "pt". */
Str cell_language(struct arena *a, Str tag);
struct cell_value cell_group_value(int score);
struct cell_value cell_understood_value(enum understood understood);
/* Of the account; 0 has none. */
struct cell_value cell_account_value(const struct cell_plan *plan, int64_t account);
/* By how long the person was known when it answered. */
enum tenure cell_tenure(int64_t microseconds);
Str cell_tenure_text(enum tenure tenure);

#endif
