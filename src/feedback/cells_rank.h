/* feedback/cells_rank.h - the values of a dimension: numbered as they come, then put in order and cut to those told apart.
 *
 * A maker numbers values and counts their answers; cells_rank says at which place each number stands in the cells.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_RANK_H
#define FEEDBACK_CELLS_RANK_H

#include "feedback/cells_plan.h"

#define CELLS_NOWHERE UINT32_MAX

/* Values in the order they came. Zero-initialise; cell_numbers_free. */
struct cell_numbers {
	struct cell_value *at;
	int64_t *answers; /* [count], counted in both periods */
	uint32_t count, room;
	uint32_t *slots; /* open addressing: number + 1, 0 is free */
	uint32_t slot_count;
	struct arena texts; /* of the values that cell_number added */
};

/* The number of the value, a new one when it has none yet. */
uint32_t cell_number(struct cell_numbers *n, struct cell_value value);
/* CELLS_NOWHERE when it has none. */
uint32_t cell_number_find(const struct cell_numbers *n, struct cell_value value);
void cell_numbers_free(struct cell_numbers *n);

/* Orders the values of dimension `d` that have answers into out->values[d]; of the second, beside those of the first.
 * `places` [n->count] says where each number stands; CELLS_NOWHERE: it has no answers. In the arena of the plan; texts
 * are copied there. ERR_INVALID: too many periods or cells. */
MUST_USE bool cells_rank(const struct cell_plan *plan, int d, const struct cell_numbers *n,
                         struct cells *out, uint32_t **places, struct err *err);

#endif
