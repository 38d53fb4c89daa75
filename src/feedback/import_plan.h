/* feedback/import_plan.h - what the first pass over a file decides for the second.
 *
 * Which column is what, that the scores are surely of 0 to 10, and how dates are read: by all rows, not by the first
 * ones. Immutable once made; its texts live in the arena it was made in.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_PLAN_H
#define FEEDBACK_IMPORT_PLAN_H

#include "feedback/import_columns.h"

struct import_source;

/* What the user said; zero: nothing. */
struct import_wishes {
	Str map, key; /* --map, --key */
	enum score_scale scale;
	bool has_date_order;
	enum dates_format date_order;
};

struct import_plan {
	bool own; /* an export of Heed: nothing to guess */
	struct import_columns columns;
	Str *property_names;    /* one a column; at NULL where it is no property */
	size_t *by_name;        /* columns in order of their headers */
	size_t key;             /* column that identifies a row, or IMPORT_NO_COLUMN */
	enum score_scale scale; /* SCALE_0_10, or the one the user said */
	enum dates_format date_format;
	int64_t rows, bad_rows; /* without the header */
	int lowest, highest;    /* scores seen, -1: none */
	size_t properties_left; /* columns past PROPERTIES_MAX, which are not kept */
};

/* Reads the source from its first row to its last. ERR_INVALID says what to do. `tick` (may be NULL) is called now and
 * then. */
MUST_USE bool import_plan_make(struct import_source *source, const struct import_wishes *wishes,
                               struct arena *a, void (*tick)(void *context), void *context,
                               struct import_plan *out, struct err *err);

#endif
