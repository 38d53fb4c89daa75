/* insight/why_answers.h - the answers that a change of a score is split by, for its ranges: whose they are, in which period, what
 * they said, and their combination of the values of some attributes.
 *
 * Of a view they are read once, by columns, and those of nobody else are only counted; of the tables they are visited one by one for
 * each attribute. Both come to the same.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_WHY_ANSWERS_H
#define INSIGHT_WHY_ANSWERS_H

#include "feedback/cells.h"
#include "stats/split.h"

#define WHY_NOWHERE UINT32_MAX

/* An attribute: the question by part and by it, and what cells_ask said to that. */
struct why_attribute {
	const struct cell_question *q;
	const struct cells *cells;
	size_t part; /* row of the cells */
	const uint32_t
	    *place; /* by column of the cells: which of the values; WHY_NOWHERE: of none */
	size_t values;
};

struct why_answers {
	size_t count;
	struct split_facts
	    facts; /* cells are the combinations that there are, in the order of their values */
	const uint32_t *codes; /* [facts.cells x attributes] */
};

/* One attribute at least. The combinations that there may be fit into memory. In the arena, or freed with it. */
MUST_USE bool why_answers_read(const struct facts *facts, struct arena *a,
                               const struct why_attribute *attributes, size_t count,
                               struct why_answers *out, struct err *err);

#endif
