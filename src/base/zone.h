/* base/zone.h - civil time in IANA time zones, read from the system's TZif files (RFC 8536).
 *
 * A wall time in a gap (spring forward) moves forward by the gap; one that happens twice takes the first. The
 * footer's POSIX TZ rule serves years after the last transition. Immutable after loading, shared by threads.
 * Instants are UTC microseconds (base/clock.h). Seconds are POSIX's: zones that count leap seconds are refused.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct zone;

struct civil {
	int year, month, day; /* month 1..12, day 1..31 */
	int hour, minute, second, microsecond;
	int weekday; /* 0 = Sunday; output only */
};

/* "Europe/Berlin", "UTC". Read from the directory in the environment's TZDIR, else /usr/share/zoneinfo; UTC needs
 * no file. Names with ".." or a leading '/' are refused. ERR_NOT_FOUND names it. */
MUST_USE bool zone_load(struct arena *a, Str name, const struct zone **out, struct err *err);
const struct zone *zone_utc(void);
/* Parses TZif bytes: the loader's inside, and the fuzzer's door. */
MUST_USE bool zone_parse(struct arena *a, Str tzif, const struct zone **out, struct err *err);

void zone_civil(const struct zone *z, int64_t instant, struct civil *out);
/* Fields outside their range carry over: month 13 is the next January, day 0 the day before the first. Saturates
 * at the ends of int64_t. */
int64_t zone_instant(const struct zone *z, const struct civil *wall);
/* The day that holds an instant, counted from 1970-01-01 as date_to_days does, and the instant at which a day begins. */
int64_t zone_day(const struct zone *z, int64_t instant);
int64_t zone_day_start(const struct zone *z, int64_t day);

/* Days since 1970-01-01 of a proleptic Gregorian date, and back. Months carry over into years. */
int64_t date_to_days(int year, int month, int day);
void date_from_days(int64_t days, int *year, int *month, int *day);
bool date_is_valid(int year, int month, int day); /* years 1 to 9999 */

/* The digits behind a decimal mark; those behind the microseconds are dropped. False when there are none. */
bool time_take_fraction(Str *s, int *microsecond);

/* RFC 3339 ("2026-03-01T10:00:00Z", with offset or fraction; seconds may be missing), or a wall time without
 * offset in `z`, or a date alone, which is its start in `z`. ERR_INVALID. */
MUST_USE bool time_parse(Str text, const struct zone *z, int64_t *out, struct err *err);
/* "2026-03-01T10:00:00.000Z" into out, NUL-terminated. */
void time_write(int64_t instant, char out[static 32]);

#endif
