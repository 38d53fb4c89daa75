/* feedback/import_date.h - a column of dates, read by the one format that fits all of it.
 *
 * Formats are those of base/dates.h. A column that fits two orders and then says different days is asked about
 * (--date-order) rather than guessed. Cells that do not fit what most others say are refused row by row.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_DATE_H
#define FEEDBACK_IMPORT_DATE_H

#include "base/dates.h"

/* What was seen in a column; zero-initialise. */
struct date_column {
	struct dates_detector seen;
	char example[32]; /* the first cell that is one day in dmy and another in mdy */
};

void date_column_add(struct date_column *column, Str cell);

/* Is it a date as people write it, and not a bare number? */
bool date_cell_is_date(Str cell);
/* Do at least half of its cells read as dates at all? */
bool date_column_is_dates(const struct date_column *column);
/* The same, and not as bare numbers, which may be anything. */
bool date_column_is_written(const struct date_column *column);

/* The format of the column; `asked` (may be NULL) is the user's. ERR_INVALID asks for --date-order when two fit. */
MUST_USE bool date_column_format(const struct date_column *column, const enum dates_format *asked,
                                 enum dates_format *out, struct err *err);

#endif
