/* feedback/import_own.h - a row of Heed's own export as the answer it was, with its id, times and history.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_OWN_H
#define FEEDBACK_IMPORT_OWN_H

#include "base/csv.h"
#include "feedback/export_work.h"
#include "feedback/response.h"
#include "people/person.h"
#include "survey/survey.h"

struct own_row {
	Str survey, survey_name, brand, touchpoint; /* touchpoint at NULL: none */
	enum survey_kind kind;
	struct response
	    response; /* without workspace, survey_id, person_id, account_id, import_id */
	struct person_ref who;
	struct response_past *past;
	size_t past_count;
	struct imported_work work;
};

/* `columns` is how many the file's header has. Texts live in the arena. ERR_INVALID names the column. */
MUST_USE bool own_row_read(struct arena *a, const struct csv_row *row, size_t columns,
                           struct own_row *out, struct err *err);

#endif
