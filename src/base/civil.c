/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/zone.h"

#include <stdio.h>

#include "base/clock.h"

static int64_t floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
}

/* Both ways count in eras of 400 years that begin on 1 March, so that the leap day is a year's last. */
int64_t date_to_days(int year, int month, int day)
{
	int64_t months = (int64_t)year * 12 + month - 3;
	int64_t y = floor_div(months, 12), m = months - y * 12;
	int64_t era = floor_div(y, 400), of_era = y - era * 400;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + day -
	       1 - 719468;
}

void date_from_days(int64_t days, int *year, int *month, int *day)
{
	days += 719468;
	int64_t era = floor_div(days, 146097), of_era = days - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (y * 365 + y / 4 - y / 100);
	int64_t m = (of_year * 5 + 2) / 153;
	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(era * 400 + y + (m >= 10));
}

bool date_is_valid(int year, int month, int day)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	return day <= date_to_days(year, month + 1, 1) - date_to_days(year, month, 1);
}

static bool take_digits(Str *s, size_t count, int *out)
{
	if (s->len < count)
		return false;
	int n = 0;
	for (size_t i = 0; i < count; i++) {
		if (s->at[i] < '0' || s->at[i] > '9')
			return false;
		n = n * 10 + (s->at[i] - '0');
	}
	*s = str_from(*s, count);
	*out = n;
	return true;
}

static bool take_char(Str *s, char c)
{
	if (s->len == 0 || s->at[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

static bool take_date(Str *s, struct civil *c)
{
	return take_digits(s, 4, &c->year) && take_char(s, '-') && take_digits(s, 2, &c->month) &&
	       take_char(s, '-') && take_digits(s, 2, &c->day) &&
	       date_is_valid(c->year, c->month, c->day);
}

bool time_take_fraction(Str *s, int *microsecond)
{
	int unit = 100000;
	size_t digits = 0;
	for (; digits < s->len && s->at[digits] >= '0' && s->at[digits] <= '9'; digits++) {
		*microsecond += (s->at[digits] - '0') * unit;
		unit /= 10;
	}
	*s = str_from(*s, digits);
	return digits > 0;
}

static bool take_time(Str *s, struct civil *c)
{
	if (!take_digits(s, 2, &c->hour) || !take_char(s, ':') || !take_digits(s, 2, &c->minute) ||
	    c->hour > 23 || c->minute > 59)
		return false;
	if (!take_char(s, ':'))
		return true;
	if (!take_digits(s, 2, &c->second) || c->second > 60)
		return false;
	return (!take_char(s, '.') && !take_char(s, ',')) || time_take_fraction(s, &c->microsecond);
}

/* Seconds east of UTC. */
static bool take_offset(Str *s, int *seconds)
{
	if (take_char(s, 'Z') || take_char(s, 'z'))
		return true;
	bool west = take_char(s, '-');
	int hour, minute;
	if ((!west && !take_char(s, '+')) || !take_digits(s, 2, &hour))
		return false;
	(void)take_char(s, ':');
	if (!take_digits(s, 2, &minute) || hour > 23 || minute > 59)
		return false;
	*seconds = (hour * 60 + minute) * (west ? -60 : 60);
	return true;
}

bool time_parse(Str text, const struct zone *z, int64_t *out, struct err *err)
{
	struct civil c = { 0 };
	Str s = text;
	int offset = 0;
	bool ok = take_date(&s, &c);
	bool with_offset = false;
	if (ok && s.len) {
		ok = (take_char(&s, 'T') || take_char(&s, 't') || take_char(&s, ' ')) &&
		     take_time(&s, &c);
		with_offset = ok && s.len;
		if (with_offset)
			ok = take_offset(&s, &offset) && s.len == 0;
	}
	if (!ok)
		return err_set(err, ERR_INVALID,
		               "\"%.*s\" is no time such as 2026-03-01T10:00:00Z or 2026-03-01",
		               STR_FMT(str_slice(text, 0, 40)));
	*out = zone_instant(with_offset ? zone_utc() : z, &c) - offset * CLOCK_SECOND;
	return true;
}

void time_write(int64_t instant, char out[static 32])
{
	struct civil c;
	zone_civil(zone_utc(), instant, &c);
	snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour,
	         c.minute, c.second, c.microsecond / 1000);
}
