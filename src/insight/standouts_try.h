/* insight/standouts_try.h - what standouts.c gathers, and who gathers it: everything that is tried becomes a row.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_STANDOUTS_TRY_H
#define INSIGHT_STANDOUTS_TRY_H

#include "insight/standouts.h"

struct standouts_try {
	const struct facts *facts;
	struct arena *arena;
	const struct standouts_question *q;
	struct answer_filter now, before; /* of the days alone */
	struct dim dims[STANDOUTS_NAMES_MAX];
	size_t dim_count;
	struct standout *rows; /* malloc'd */
	size_t count, room;
};

/* One more row; its values' texts are copied. */
struct standout *standouts_row(struct standouts_try *t, const struct standout *row);

/* The attributes that there are. */
void standouts_attributes(struct standouts_try *t);
/* Segments, pairs and shares of one part. */
MUST_USE bool standouts_of_part(struct standouts_try *t, const struct cell_part *part,
                                struct err *err);
/* Rates of every survey in the scope. */
MUST_USE bool standouts_of_surveys(struct standouts_try *t, struct err *err);

#endif
