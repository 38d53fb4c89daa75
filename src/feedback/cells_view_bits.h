/* feedback/cells_view_bits.h - which rows of a whole chunk a plan's filters take, from bits that are kept (feedback/cube_bits.h).
 *
 * Filters by few values of a narrow column, and by scores next to each other, are answered so: an eighth of a byte a row is
 * read instead of one. Others are left to who looks at the rows.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_BITS_H
#define FEEDBACK_CELLS_VIEW_BITS_H

#include "feedback/cells_view_plan.h"
#include "feedback/cube_bits.h"

struct view_bits {
	bool any, none; /* some filter was answered; no row can be meant */
	bool all;       /* nothing else of the plan, but times, chooses among rows */
	bool done[VIEW_LISTS_MAX], done_scores;
	const uint64_t *counted; /* rows that count, with `any`; NULL: not kept */
	uint64_t at[CUBE_BITS_WORDS];
};

void view_bits_take(const struct view_plan *v, const struct cube_chunk *chunk,
                    struct view_bits *out);

#endif
