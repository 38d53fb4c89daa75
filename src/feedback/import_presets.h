/* feedback/import_presets.h - exports of other tools, known by their headers.
 *
 * A preset says how many rows the header has, what its columns are called for a reader, which of them is what, and
 * which one tells a row when it comes again. It names nothing that the file does not have, and the guess and the user's
 * word fill and overrule it. Columns that would only identify a person's machine (addresses of the network, places) are
 * left out.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_PRESETS_H
#define FEEDBACK_IMPORT_PRESETS_H

#include "feedback/import_columns.h"

#define IMPORT_HEADER_ROWS_MAX 3

/* The first rows of a file, whatever they are. */
struct import_head {
	const Str *rows[IMPORT_HEADER_ROWS_MAX];
	size_t counts[IMPORT_HEADER_ROWS_MAX];
	size_t row_count;
};

struct import_preset;

/* What a preset makes of a file's head. */
struct import_recognised {
	const struct import_preset *preset; /* NULL: none */
	size_t header_rows;
	Str *names; /* one a column of the first row */
	struct import_choice *choices;
	size_t choice_count;
	size_t key;    /* column, or IMPORT_NO_COLUMN */
	size_t status; /* column that marks rows which are no answers, or IMPORT_NO_COLUMN */
	bool comment_by_place; /* the column of text right of the score is its comment */
	Str time_zone;         /* of its wall times; at NULL: not said */
};

const char *import_preset_name(const struct import_preset *preset);  /* "surveymonkey" */
const char *import_preset_title(const struct import_preset *preset); /* "SurveyMonkey" */

/* `wish` is "auto" (at NULL too), "none" or a preset's name, which is taken even if the header does not tell.
 * ERR_INVALID for another word. Texts live in the arena. */
MUST_USE bool import_preset_recognise(struct arena *a, const struct import_head *head, Str wish,
                                      struct import_recognised *out, struct err *err);

/* Is a cell of the status column one of a row that is no answer (a preview, a test)? */
bool import_preset_is_no_answer(Str cell);

#endif
