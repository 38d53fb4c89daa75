/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/period.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/zone.h"

static const char *const unit_names[] = { "none", "day", "week", "month", "quarter" };

bool period_unit_parse(Str text, enum period_unit *out, struct err *err)
{
	for (int unit = PERIOD_DAY; unit <= PERIOD_QUARTER; unit++) {
		if (str_eq(text, str_of(unit_names[unit]))) {
			*out = (enum period_unit)unit;
			return true;
		}
	}
	return err_at(err, ERR_INVALID, "series", "must be day, week, month or quarter");
}

const char *period_unit_name(enum period_unit unit)
{
	return unit_names[unit];
}

enum period_unit period_unit_for(int64_t from, int64_t to)
{
	int64_t days = (to - from) / CLOCK_DAY;
	if (days <= 14)
		return PERIOD_DAY;
	if (days <= 120)
		return PERIOD_WEEK;
	return days <= 1200 ? PERIOD_MONTH : PERIOD_QUARTER;
}

static int64_t first_day_of(const struct calendar *c, const struct civil *day)
{
	int64_t days = date_to_days(day->year, day->month, day->day);
	switch (c->unit) {
	case PERIOD_NONE:
	case PERIOD_DAY:
		return days;
	case PERIOD_WEEK:
		return days - (day->weekday - c->week_start + 7) % 7;
	case PERIOD_MONTH:
		return date_to_days(day->year, day->month, 1);
	case PERIOD_QUARTER:
		return date_to_days(day->year, (day->month - 1) / 3 * 3 + 1, 1);
	}
	UNREACHABLE();
}

int64_t calendar_next(const struct calendar *c, int64_t first_day)
{
	int year, month, day;
	date_from_days(first_day, &year, &month, &day);
	switch (c->unit) {
	case PERIOD_NONE:
	case PERIOD_DAY:
		return first_day + 1;
	case PERIOD_WEEK:
		return first_day + 7;
	case PERIOD_MONTH:
		return date_to_days(year, month + 1, 1);
	case PERIOD_QUARTER:
		return date_to_days(year, month + 3, 1);
	}
	UNREACHABLE();
}

static int64_t start_of(const struct calendar *c, int64_t day)
{
	struct civil start = { 0 };
	date_from_days(day, &start.year, &start.month, &start.day);
	return zone_instant(c->zone, &start);
}

int64_t calendar_day_of(struct calendar *c, int64_t instant)
{
	if (instant >= c->from && instant < c->before)
		return c->first_day;
	struct civil day;
	zone_civil(c->zone, instant, &day);
	c->first_day = first_day_of(c, &day);
	c->from = start_of(c, c->first_day);
	c->before = start_of(c, calendar_next(c, c->first_day));
	return c->first_day;
}

void calendar_write_day(int64_t day, char out[static 16])
{
	int year, month, of_month;
	date_from_days(day, &year, &month, &of_month);
	snprintf(out, 16, "%04d-%02d-%02d", year, month, of_month);
}
