/* feedback/cells_columns.h - counted answers by several dimensions at once, a few thousand of them at a time: for models of very
 * many answers, which ask neither for their ids nor for their times.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_COLUMNS_H
#define FEEDBACK_CELLS_COLUMNS_H

#include "feedback/cells.h"

#define CELLS_COLUMNS_MAX 8

/* Dimension `d` of a question, and what cells_ask said to that. */
struct cell_column {
	const struct cell_question *q;
	const struct cells *cells;
	int d;
};

/* Some counted answers, each with a place among the values of every column. */
struct facts_block {
	uint32_t count;
	const uint32_t *cluster; /* as a fact's that is lasting */
	const uint8_t *score;
	const bool *before;
	const uint32_t *place[CELLS_COLUMNS_MAX];
};
typedef void (*facts_block_fn)(void *context, const struct facts_block *block);

/* Every counted answer once, in the order of cells_visit. The columns' questions differ in their dimensions alone, which are not
 * tags or themes; each answer is a vote. *can false: the facts have no columns for it, nothing was told, and answers are to be
 * visited. */
MUST_USE bool cells_visit_columns(const struct facts *facts, struct arena *a,
                                  const struct cell_column *columns, size_t count, bool *can,
                                  facts_block_fn each, void *context, struct err *err);

#endif
