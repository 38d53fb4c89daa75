/* feedback/cells_count.h - counts answers one by one into cells, knowing whose they are.
 *
 * Any order of answers gives the same cells. One row of 48 bytes for each cell that a person or account is in. Owns its
 * memory: cell_counter_free.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_COUNT_H
#define FEEDBACK_CELLS_COUNT_H

#include "feedback/cells_rank.h"

struct cell_counter;

/* One answer that counts, or does not. */
struct cell_answer {
	int64_t id, at;
	int64_t account, person; /* 0: unknown */
	enum response_state state;
	int score;
	bool imported;
	bool now, before; /* which periods it is in */
	uint32_t part;
};

struct cell_counter *cell_counter_new(const struct cell_plan *plan);
/* At one value of each dimension. `again`: the same answer was added at others; it is one answer of all. */
void cell_counter_add(struct cell_counter *c, const struct cell_answer *answer,
                      const struct cell_value values[static 2], bool again);
/* Values and cells, not the plan's parts. */
MUST_USE bool cell_counter_read(const struct cell_counter *c, struct cells *out, struct err *err);
void cell_counter_free(struct cell_counter *c);

/* What an answer is clustered by: equal for answers of one account, else of one person; 0: nobody known. */
uint64_t cell_cluster_of(const struct cell_answer *answer);

#endif
