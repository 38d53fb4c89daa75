/* feedback/import_date.h - a column of dates, read by the one order that fits all of it.
 *
 * Read are dates with '-', '/' or '.', with four digits of the year first or the year last, month names in English,
 * Japanese dates, and a time of day behind (24 hours or AM and PM, seconds, fraction, Z or an offset). Without an offset
 * the time is one of the workspace's zone. "03/04/2026" fits two orders: the rest of the column decides, and when it
 * does not, the user is asked (--date-order) rather than a month guessed. Dots always mean day first.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_DATE_H
#define FEEDBACK_IMPORT_DATE_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct zone;

enum date_order { DATE_UNSAID, DATE_YMD, DATE_DMY, DATE_MDY, DATE_ORDERS };

/* "dmy", "mdy" or "ymd". */
MUST_USE bool date_order_parse(Str text, enum date_order *out, struct err *err);
const char *date_order_name(enum date_order order);

/* False when the cell is no date in this order. */
bool date_cell_read(Str cell, enum date_order order, const struct zone *zone, int64_t *out);

/* What was seen in a column; zero-initialise. */
struct date_column {
	int64_t filled;            /* cells that are not blank */
	int64_t fits[DATE_ORDERS]; /* by order */
	int64_t two_ways;          /* cells that are one day in dmy and another in mdy */
	char example[32];          /* the first of them */
};

void date_column_add(struct date_column *column, Str cell);

/* Do at least half of its cells read as dates at all? */
bool date_column_is_dates(const struct date_column *column);
/* The order that fits most cells; `asked` settles a tie. ERR_INVALID asks for --date-order when two fit equally. */
MUST_USE bool date_column_order(const struct date_column *column, enum date_order asked,
                                enum date_order *out, struct err *err);

#endif
