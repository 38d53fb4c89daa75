/* feedback/import_row.h - a row of somebody's file as an answer.
 *
 * A row is refused with a reason, never half taken. What costs no answer is mended instead: an address that is none stays
 * as a property, a value too long for a property is cut.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_ROW_H
#define FEEDBACK_IMPORT_ROW_H

#include "base/csv.h"
#include "feedback/import_plan.h"
#include "feedback/response.h"
#include "people/person.h"

struct import_row {
	enum response_state state;
	int score; /* SCORE_NONE */
	Str comment, comment_folded;
	struct transcript_told told; /* of the comment */
	int64_t at;                  /* 0: no date */
	struct person_ref who;
	Str language, channel; /* at NULL: none */
	Str properties;        /* canonical */
	/* mended */
	bool bad_address, cut;
};

/* Texts live in the arena. ERR_INVALID says why the row is refused. */
MUST_USE bool import_row_read(const struct import_plan *plan, const struct zone *zone,
                              struct arena *a, const struct csv_row *row, struct import_row *out,
                              struct err *err);

#endif
