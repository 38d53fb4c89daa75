/* feedback/cells_view_plan.h - a question as columns of a view: what is compared, and where each row belongs.
 *
 * Texts are compared once a code, not once a row. A row's key is made of the numbers of its values, two dimensions side by
 * side; numbers become values when all rows are counted.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_PLAN_H
#define FEEDBACK_CELLS_VIEW_PLAN_H

#include "feedback/cells_rank.h"
#include "feedback/cube_scan.h"

enum view_column {
	VIEW_WORDING,
	VIEW_CHANNEL,
	VIEW_LANGUAGE,
	VIEW_SOURCE,
	VIEW_IMPORT,
	VIEW_PROPERTY,
	VIEW_ACCOUNT,
};

/* Texts by code of a column: at NULL for 0. */
struct view_list {
	enum view_column column;
	size_t property;
	uint32_t codes; /* that are known */
	struct scan_list list;
};

#define VIEW_LISTS_MAX (5 + FILTER_PROPERTIES_MAX + TEAM_SCOPE_PROPERTIES_MAX)

struct view_dim {
	enum dim_kind kind;
	enum view_column column;
	size_t property;            /* or trait */
	uint32_t codes;             /* that a row may have, with 0 */
	const uint32_t *number_of;  /* by code; NULL: the code itself */
	struct cell_numbers values; /* by number; in the arena */
	struct scan_spans spans;    /* of times, up to span_end */
	uint32_t span_count;
	int32_t span_end;
};

struct view_plan {
	struct cell_plan *plan;
	const struct cube_view *view;
	struct view_list lists[VIEW_LISTS_MAX];
	size_t list_count;
	uint8_t mark_bits, marks_wanted;
	const uint8_t *facts; /* [256]; NULL: all */
	bool by_scores;       /* from score_low to score_high, instead */
	uint8_t score_low, score_high;
	const uint64_t *rows;                               /* a bit a row of the view; NULL: all */
	int32_t now_low, now_high, before_low, before_high; /* both meant; low > high: none */
	const uint32_t *part_of; /* by wording; CELLS_NOWHERE: not meant */
	bool nothing;            /* no row can be meant */
	struct view_dim dims[2];
};

/* *can is false when the view lacks what the question needs: then the tables are to be asked. */
MUST_USE bool view_plan_make(const struct facts *facts, struct cell_plan *plan,
                             struct view_plan *out, bool *can, struct err *err);

/* The first second of a view's times that is not before the instant. */
int32_t view_second_from(int64_t instant);
struct cube_codes view_column_of(const struct cube_chunk *chunk, enum view_column column,
                                 size_t property);
/* Is the chunk's time within what is asked for? */
bool view_plan_skips(const struct view_plan *v, const struct cube_chunk *chunk);

#endif
