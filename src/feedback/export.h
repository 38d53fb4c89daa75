/* feedback/export.h - all answers as CSV or JSON Lines, page by page.
 *
 * In order of the ids, so that the same answers always give the same bytes. Each page is a read of its own, far below
 * 200 ms: however slowly somebody takes the file, the database's log does not grow with it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_EXPORT_H
#define FEEDBACK_EXPORT_H

#include "base/arena.h"
#include "base/buf.h"
#include "feedback/filter_run.h"
#include "feedback/sight.h"

enum export_format { EXPORT_CSV, EXPORT_JSONL };

/* Fill the first part, then call export_begin; the rest is its own. */
struct export
{
	int64_t workspace;
	enum export_format format;
	bool for_spreadsheet;
	const struct team_scope *scope; /* never NULL */
	struct sight
	    sight; /* without names the person's columns are there and empty; so for personal properties */
	struct answer_filter filter; /* chooses nothing but surveys: a full copy, the bin too */

	struct filter_run run;
	bool is_filtered, any_survey;
	const struct survey_place *surveys;
	size_t survey_count;
	bool has_begun;
	int64_t last_id;
};

/* "csv" or "jsonl". */
MUST_USE bool export_format_parse(Str text, enum export_format *out, struct err *err);

/* With all six digits, as nothing may be lost on the way to another workspace. at NULL for 0. */
Str export_time(struct arena *a, int64_t instant);
/* Looks up what the filter names. ERR_NOT_FOUND when that is not there. It lives as long as the arena. */
MUST_USE bool export_begin(struct export *e, struct db *db, struct arena *a, struct err *err);

/* Adds the next rows, the header first. *more is false behind the last. Needs room for about 2 MiB in `out`. */
MUST_USE bool export_next(struct export *e, struct db *db, struct buf *out, bool *more,
                          struct err *err);

#endif
