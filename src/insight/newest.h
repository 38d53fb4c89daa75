/* insight/newest.h - of the answers of a question those that came last, where a look at all of them would take too long.
 *
 * Last by id, which is when they came. Memory for twice as many as are wanted.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_NEWEST_H
#define INSIGHT_NEWEST_H

#include "feedback/cells.h"

struct newest {
	struct fact *at; /* by id, in the arena; at most as many as were wanted */
	size_t count;
	int64_t all; /* that the question takes */
};

/* `cells` and the rest as cells_visit has them; of answers in cells of this row of the first dimension, SIZE_MAX: of all. */
MUST_USE bool newest_read(const struct facts *facts, struct arena *a, const struct cell_question *q,
                          const struct cells *cells, size_t row, size_t max, struct newest *out,
                          struct err *err);

#endif
