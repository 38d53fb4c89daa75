/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_date.h"

#include <stdio.h>

static bool is_bare_number(enum dates_format format)
{
	return format == DATES_COMPACT || format == DATES_UNIX || format == DATES_UNIX_MS;
}

bool date_cell_is_date(Str cell)
{
	struct dates_detector one = { 0 };
	dates_detect(&one, cell);
	for (size_t f = 0; f < DATES_FORMAT_COUNT; f++)
		if (one.fits[f] > 0 && !is_bare_number((enum dates_format)f))
			return true;
	return false;
}

void date_column_add(struct date_column *column, Str cell)
{
	size_t differing = column->seen.differing;
	dates_detect(&column->seen, cell);
	if (differing == 0 && column->seen.differing > 0)
		snprintf(column->example, sizeof(column->example), "%.*s",
		         STR_FMT(str_slice(str_trim(cell), 0, sizeof(column->example) - 1)));
}

static enum dates_format best_format(const struct date_column *column)
{
	size_t best = 0;
	for (size_t f = 1; f < DATES_FORMAT_COUNT; f++)
		if (column->seen.fits[f] > column->seen.fits[best])
			best = f;
	return (enum dates_format)best;
}

bool date_column_is_dates(const struct date_column *column)
{
	return column->seen.cells > 0 &&
	       column->seen.fits[best_format(column)] * 2 >= column->seen.cells;
}

bool date_column_is_written(const struct date_column *column)
{
	return date_column_is_dates(column) && !is_bare_number(best_format(column));
}

bool date_column_format(const struct date_column *column, const enum dates_format *asked,
                        enum dates_format *out, struct err *err)
{
	enum dates_format best = best_format(column);
	if (asked) {
		/* Years in front leave nothing to ask. */
		*out = column->seen.fits[*asked] == 0 ? best : *asked;
		return true;
	}
	/* Also among a few cells that are no dates at all. */
	if ((best == DATES_DMY || best == DATES_MDY) && column->seen.differing > 0 &&
	    column->seen.fits[DATES_DMY] == column->seen.fits[DATES_MDY])
		return err_set(
		    err, ERR_INVALID,
		    "The dates can be read in two ways, as in \"%s\". Say --date-order dmy "
		    "when the day comes first, --date-order mdy when the month does",
		    column->example);
	*out = best;
	return true;
}
