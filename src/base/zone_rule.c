/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/zone_rule.h"

#include "base/zone.h"

static bool take_char(Str *s, char c)
{
	if (s->len == 0 || s->at[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

static bool take_number(Str *s, int max, int *out)
{
	int n = 0;
	size_t digits = 0;
	for (; digits < s->len && s->at[digits] >= '0' && s->at[digits] <= '9'; digits++) {
		n = n * 10 + (s->at[digits] - '0');
		if (n > max)
			return false;
	}
	*s = str_from(*s, digits);
	*out = n;
	return digits > 0;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "CEST" or "<+03>"; the name itself is not used. */
static bool skip_name(Str *s)
{
	size_t len = 0;
	if (take_char(s, '<')) {
		len = str_find_char(*s, '>', 0);
		if (len == SIZE_MAX)
			return false;
		*s = str_from(*s, len + 1);
		return len >= 3;
	}
	while (len < s->len && is_letter(s->at[len]))
		len++;
	*s = str_from(*s, len);
	return len >= 3;
}

/* [+-]h[h[h]][:mm[:ss]] */
static bool take_time(Str *s, int hours_max, int *seconds)
{
	bool negative = take_char(s, '-');
	int hour, minute = 0, second = 0;
	if (!negative)
		(void)take_char(s, '+');
	if (!take_number(s, hours_max, &hour))
		return false;
	if (take_char(s, ':')) {
		if (!take_number(s, 59, &minute))
			return false;
		if (take_char(s, ':') && !take_number(s, 59, &second))
			return false;
	}
	*seconds = (hour * 60 + minute) * 60 + second;
	if (negative)
		*seconds = -*seconds;
	return true;
}

static bool take_day_of_week(Str *s, struct zone_day *out)
{
	return take_number(s, 12, &out->month) && out->month >= 1 && take_char(s, '.') &&
	       take_number(s, 5, &out->week) && out->week >= 1 && take_char(s, '.') &&
	       take_number(s, 6, &out->day);
}

static bool take_day(Str *s, struct zone_day *out)
{
	bool ok;
	*out = (struct zone_day){ .second = 2 * 3600 };
	if (take_char(s, 'M')) {
		out->kind = ZONE_DAY_OF_WEEK;
		ok = take_day_of_week(s, out);
	} else if (take_char(s, 'J')) {
		out->kind = ZONE_DAY_JULIAN;
		ok = take_number(s, 365, &out->day) && out->day >= 1;
	} else {
		out->kind = ZONE_DAY_OF_YEAR;
		ok = take_number(s, 365, &out->day);
	}
	if (ok && take_char(s, '/'))
		ok = take_time(s, 167, &out->second);
	return ok;
}

bool zone_rule_parse(Str s, struct zone_rule *out)
{
	*out = (struct zone_rule){ 0 };
	if (!skip_name(&s) || !take_time(&s, 24, &out->standard))
		return false;
	out->standard = -out->standard;
	if (s.len == 0)
		return true;
	out->has_summer = true;
	out->summer = out->standard + 3600;
	if (!skip_name(&s))
		return false;
	if (s.len && s.at[0] != ',') {
		if (!take_time(&s, 24, &out->summer))
			return false;
		out->summer = -out->summer;
	}
	return take_char(&s, ',') && take_day(&s, &out->start) && take_char(&s, ',') &&
	       take_day(&s, &out->end) && s.len == 0;
}

static bool is_leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t days_of(const struct zone_day *d, int year)
{
	int64_t first = date_to_days(year, 1, 1);
	if (d->kind == ZONE_DAY_OF_YEAR)
		return first + d->day;
	if (d->kind == ZONE_DAY_JULIAN)
		return first + d->day - 1 + (d->day >= 60 && is_leap(year));
	int64_t month = date_to_days(year, d->month, 1), next = date_to_days(year, d->month + 1, 1);
	int weekday = (int)(((month + 4) % 7 + 7) % 7);
	int64_t day = month + (d->day - weekday + 7) % 7 + (int64_t)7 * (d->week - 1);
	return day < next ? day : day - 7;
}

/* When summer time starts and ends in `year`, in seconds of UTC. */
static void changes_of(const struct zone_rule *r, int year, int64_t *start, int64_t *end)
{
	*start = days_of(&r->start, year) * 86400 + r->start.second - r->standard;
	*end = days_of(&r->end, year) * 86400 + r->end.second - r->summer;
}

static int year_of(const struct zone_rule *r, int64_t second)
{
	int year, month, day;
	int64_t local = second + r->standard;
	date_from_days(local / 86400 - (local % 86400 < 0), &year, &month, &day);
	return year;
}

int zone_rule_offset(const struct zone_rule *r, int64_t second)
{
	if (!r->has_summer)
		return r->standard;
	int64_t start, end;
	changes_of(r, year_of(r, second), &start, &end);
	bool summer =
	    start < end ? second >= start && second < end : second >= start || second < end;
	return summer ? r->summer : r->standard;
}

int64_t zone_rule_change_after(const struct zone_rule *r, int64_t second)
{
	if (!r->has_summer)
		return INT64_MAX;
	int64_t found = INT64_MAX;
	int year = year_of(r, second);
	for (int y = year - 1; y <= year + 1; y++) {
		int64_t start, end;
		changes_of(r, y, &start, &end);
		if (start > second && start < found)
			found = start;
		if (end > second && end < found)
			found = end;
	}
	return found;
}
