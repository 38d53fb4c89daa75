/* base/dates.h - which format the dates of a column have, and what they mean.
 *
 * A column has one format. The detector sees every cell and counts which formats could have written it; one that
 * fits all wins. Day first and month first may both fit, and when they then say different dates nobody but
 * the owner of the file can tell: those cells are counted, and never guessed.
 *
 * A time may follow a date: "14:05", "2:05:09 pm", "T14:05:09.250+02:00", "11:07:29 AM EST". Without an offset it is a wall
 * time in the given zone; a date alone is its start there. Years of two digits are 1970 to 2069. No allocation, no state.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_DATES_H
#define BASE_DATES_H

#include "base/err.h"
#include "base/str.h"
#include "base/zone.h"

/* kind, name for --date-order and messages, how it looks */
#define DATES_FORMATS(X)                                        \
	X(DATES_YMD, "ymd", "year-month-day")                   \
	X(DATES_DMY, "dmy", "day.month.year or day/month/year") \
	X(DATES_MDY, "mdy", "month/day/year")                   \
	X(DATES_NAMED, "named", "3 Mar 2026")                   \
	X(DATES_COMPACT, "compact", "20260303")                 \
	X(DATES_UNIX, "unix", "seconds since 1970")             \
	X(DATES_UNIX_MS, "unix-ms", "milliseconds since 1970")

enum dates_format {
#define DATES_ENUM(kind, name, looks) kind,
	DATES_FORMATS(DATES_ENUM)
#undef DATES_ENUM
	    DATES_FORMAT_COUNT
};

const char *dates_format_name(enum dates_format format);
MUST_USE bool dates_format_parse(Str name, enum dates_format *out, struct err *err);

/* Zero-initialise. */
struct dates_detector {
	size_t cells; /* not blank */
	size_t fits[DATES_FORMAT_COUNT];
	size_t differing; /* cells that day first and month first read differently */
};

void dates_detect(struct dates_detector *d, Str cell);

/* To UTC microseconds. ERR_INVALID quotes the cell. */
MUST_USE bool dates_parse(enum dates_format format, Str cell, const struct zone *z, int64_t *out,
                          struct err *err);

#endif
