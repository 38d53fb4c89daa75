/* feedback/cells_view_sums.h - what a question has counted of a view, kept to be brought to another view of the same cube.
 *
 * Rows that differ (feedback/cube_changes.h) are counted as they were and as they are: the one is taken away, the other
 * added. The whole of a view is counted again where much has changed, or where the first or last answer of a part has gone.
 * Sums never change and are counted; any thread may read them. They hold their view, and their bytes count in the cubes' memory.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_SUMS_H
#define FEEDBACK_CELLS_VIEW_SUMS_H

#include <stdatomic.h>

#include "feedback/cells_view_count.h"
#include "feedback/cube_column.h"

/* Of clusters and of people: what their having several answers changes in each cell, and behind the last in the whole. */
struct view_corrections {
	struct whose_cell *of[2]; /* [cells + 1]; NULL: not asked for */
};

struct view_sums {
	_Atomic unsigned holds;
	struct cube_memory *memory;
	size_t size;
	const struct cube_view *view;
	uint32_t keys, cells;
	int64_t one[2][SCAN_SYMBOLS];
	uint32_t *now, *before; /* as in a view_count, as are the next two */
	int64_t *left;
	struct view_seen *seen;
	uint32_t *cell_of_key; /* CELLS_NOWHERE: no answer has the key */
	struct view_corrections corrections;
};

/* Bytes that sums of the plan take at most. */
size_t view_sums_room(const struct view_plan *v);
/* Held once by the caller. */
const struct view_sums *view_sums_new(struct cube_memory *memory, const struct view_count *count,
                                      const uint32_t *cell_of_key, uint32_t cells,
                                      const struct view_corrections *corrections);
const struct view_sums *view_sums_hold(const struct view_sums *sums);
void view_sums_drop(const struct view_sums *sums); /* NULL is fine */

/* Rows that differ, as they were and as they are. */
struct view_move {
	bool any;
	struct view_count gone, came;
};

/* Fills a count of the plan, that was begun and counted nothing, from sums of the same question. False: it has to be counted
 * anew, and *count is not to be used. view_move_end, whatever it said. */
bool view_sums_bring(const struct view_sums *sums, struct view_count *count,
                     struct view_move *move);
void view_move_end(struct view_move *move);

/* The corrections of the sums in the cells of the plan: `out` has room for cells + 1 and is zeroed. False: cells are not what
 * they were, of other keys. */
bool view_sums_correct(const struct view_sums *sums, const struct view_move *move,
                       const uint32_t *cell_of_key, uint32_t cells, struct view_corrections *out);

#endif
