/* base/period.h - days, weeks, months and quarters of a workspace's own calendar.
 *
 * A period is known by its first day, counted from 1970-01-01 as date_to_days does. Weeks begin on the workspace's day.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_PERIOD_H
#define BASE_PERIOD_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct zone;

enum period_unit { PERIOD_NONE, PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER };

/* Remembers the last period it was asked for, as answers come nearly in order of time. */
struct calendar {
	const struct zone *zone;
	enum period_unit unit;
	int week_start;       /* 0 Sunday .. 6 Saturday */
	int64_t from, before; /* instants of the remembered period; 0, 0: none */
	int64_t first_day;
};

MUST_USE bool period_unit_parse(Str text, enum period_unit *out, struct err *err);
const char *period_unit_name(enum period_unit unit);
/* The step in which a time from one instant to another is best drawn in one line. */
enum period_unit period_unit_for(int64_t from, int64_t to);

/* First day of the period that holds the instant. */
int64_t calendar_day_of(struct calendar *c, int64_t instant);
/* First day of the period after the one that begins on `first_day`. */
int64_t calendar_next(const struct calendar *c, int64_t first_day);
/* "2026-03-31" into out. */
void calendar_write_day(int64_t day, char out[static 16]);

#endif
