/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_date.h"
#include "base/clock.h"
#include "base/zone.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const order_names[DATE_ORDERS] = { "", "ymd", "dmy", "mdy" };

bool date_order_parse(Str text, enum date_order *out, struct err *err)
{
	for (int order = DATE_YMD; order < DATE_ORDERS; order++) {
		if (str_eq(text, str_of(order_names[order]))) {
			*out = (enum date_order)order;
			return true;
		}
	}
	return err_set(err, ERR_INVALID, "--date-order is dmy, mdy or ymd, not \"%.*s\"",
	               STR_FMT(text));
}

const char *date_order_name(enum date_order order)
{
	return order_names[order];
}

/* A cell in pieces: three parts of a date as written, the time of day, the offset. */
struct pieces {
	int parts[3];
	size_t digits[3];
	char
	    separator; /* 'm' when a month's name settled the order, which parts then have as ymd */
	struct civil time;
	bool has_offset;
	int offset_minutes;
};

static bool take_char(Str *s, char c)
{
	if (s->len == 0 || s->at[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

static bool take_text(Str *s, const char *text)
{
	if (!str_starts(*s, str_of(text)))
		return false;
	*s = str_from(*s, strlen(text));
	return true;
}

static bool take_number(Str *s, int *value, size_t *digits)
{
	*value = 0;
	*digits = 0;
	while (*digits < s->len && *digits < 5 && isdigit((unsigned char)s->at[*digits]))
		*value = *value * 10 + (s->at[(*digits)++] - '0');
	*s = str_from(*s, *digits);
	return *digits > 0;
}

static void skip_spaces(Str *s)
{
	while (s->len > 0 && (s->at[0] == ' ' || s->at[0] == '\t'))
		*s = str_from(*s, 1);
}

static bool take_month_name(Str *s, int *month)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	size_t letters = 0;
	while (letters < s->len && isalpha((unsigned char)s->at[letters]))
		letters++;
	if (letters < 3)
		return false;
	for (int m = 0; m < 12; m++) {
		Str name = { names + (ptrdiff_t)3 * m, 3 };
		if (str_eq_ignoring_ascii_case(str_slice(*s, 0, 3), name)) {
			*s = str_from(*s, letters);
			take_char(s, '.');
			*month = m + 1;
			return true;
		}
	}
	return false;
}

static void skip_between_words(Str *s)
{
	while (s->len > 0 && (s->at[0] == ' ' || s->at[0] == ',' || s->at[0] == '-'))
		*s = str_from(*s, 1);
}

/* "12 Mar 2024", "12-Mar-24", "March 12, 2024". */
static bool take_named_date(Str *s, struct pieces *out)
{
	int day, month, year;
	size_t digits;
	bool month_first = take_month_name(s, &month);
	skip_between_words(s);
	if (!take_number(s, &day, &digits) || digits > 2)
		return false;
	take_char(s, '.');
	skip_between_words(s);
	if (!month_first && !take_month_name(s, &month))
		return false;
	skip_between_words(s);
	if (!take_number(s, &year, &digits) || (digits != 4 && digits != 2))
		return false;
	out->separator = 'm';
	out->parts[0] = digits == 2 ? year + 2000 : year;
	out->parts[1] = month;
	out->parts[2] = day;
	return true;
}

static bool take_japanese_date(Str *s, struct pieces *out)
{
	static const char *const marks[3] = { "\xe5\xb9\xb4", "\xe6\x9c\x88", "\xe6\x97\xa5" };
	for (int i = 0; i < 3; i++)
		if (!take_number(s, &out->parts[i], &out->digits[i]) || !take_text(s, marks[i]))
			return false;
	out->separator = '-';
	return out->digits[0] == 4;
}

static bool take_numeric_date(Str *s, struct pieces *out)
{
	for (int i = 0; i < 3; i++) {
		if (!take_number(s, &out->parts[i], &out->digits[i]))
			return false;
		if (i == 0 && s->len > 0)
			out->separator = s->at[0];
		if (i < 2 && !take_char(s, out->separator))
			return false;
		if (i < 2 && out->separator == '.')
			skip_spaces(s);
	}
	return out->separator == '-' || out->separator == '/' || out->separator == '.';
}

static bool take_date(Str *s, struct pieces *out)
{
	Str start = *s;
	if (take_numeric_date(s, out))
		return true;
	*s = start;
	if (take_japanese_date(s, out))
		return true;
	*s = start;
	return take_named_date(s, out);
}

static bool take_offset(Str *s, struct pieces *out)
{
	int hours, minutes = 0;
	size_t digits;
	if (take_char(s, 'Z') || take_text(s, "UTC") || take_text(s, "GMT")) {
		out->has_offset = true;
		return true;
	}
	bool west = s->len > 0 && s->at[0] == '-';
	if (!west && !(s->len > 0 && s->at[0] == '+'))
		return true;
	*s = str_from(*s, 1);
	if (!take_number(s, &hours, &digits) || (digits != 2 && digits != 4))
		return false;
	if (digits == 4) {
		minutes = hours % 100;
		hours /= 100;
	} else if (take_char(s, ':') && (!take_number(s, &minutes, &digits) || digits != 2))
		return false;
	out->has_offset = true;
	out->offset_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
	skip_spaces(s);
	if (!take_text(s, "UTC"))
		take_text(s, "GMT");
	return hours <= 18 && minutes <= 59;
}

static void take_fraction(Str *s, int *microsecond)
{
	if (s->len < 2 || (s->at[0] != '.' && s->at[0] != ',') || !isdigit((unsigned char)s->at[1]))
		return;
	*s = str_from(*s, 1);
	for (int unit = 100000; s->len > 0 && isdigit((unsigned char)s->at[0]); unit /= 10) {
		*microsecond += (s->at[0] - '0') * unit;
		*s = str_from(*s, 1);
	}
}

/* AM and PM, or nothing: false when the hour does not go with it. */
static bool take_half(Str *s, int *hour)
{
	skip_spaces(s);
	if (s->len < 2 || tolower((unsigned char)s->at[1]) != 'm')
		return *hour <= 23;
	char half = (char)tolower((unsigned char)s->at[0]);
	if (half != 'a' && half != 'p')
		return false;
	*s = str_from(*s, 2);
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (half == 'p' ? 12 : 0);
	return true;
}

static bool take_time(Str *s, struct pieces *out)
{
	size_t digits;
	struct civil *t = &out->time;
	if (!take_number(s, &t->hour, &digits) || digits > 2 || !take_char(s, ':'))
		return false;
	if (!take_number(s, &t->minute, &digits) || digits != 2)
		return false;
	if (take_char(s, ':')) {
		if (!take_number(s, &t->second, &digits) || digits != 2)
			return false;
		take_fraction(s, &t->microsecond);
	}
	if (!take_half(s, &t->hour))
		return false;
	skip_spaces(s);
	if (t->second == 60)
		t->second = 59;
	return t->minute <= 59 && t->second <= 59 && take_offset(s, out);
}

static bool cut_up(Str cell, struct pieces *out)
{
	*out = (struct pieces){ 0 };
	Str rest = str_trim(cell);
	if (!take_date(&rest, out))
		return false;
	if (!take_char(&rest, 'T'))
		take_char(&rest, ',');
	skip_spaces(&rest);
	if (rest.len > 0 && !take_time(&rest, out))
		return false;
	skip_spaces(&rest);
	return rest.len == 0;
}

static int whole_year(int year, size_t digits)
{
	if (digits == 4)
		return year;
	return digits == 2 ? year + (year < 70 ? 2000 : 1900) : 0;
}

/* Year, month and day of the pieces in this order, when it fits them. */
static bool in_order(const struct pieces *p, enum date_order order, int ymd[3])
{
	bool year_first = p->separator != 'm' && p->digits[0] == 4;
	if (p->separator == 'm') {
		memcpy(ymd, p->parts, sizeof(p->parts));
	} else if (year_first) {
		if (order != DATE_YMD)
			return false;
		memcpy(ymd, p->parts, sizeof(p->parts));
	} else {
		if (order == DATE_YMD || (order == DATE_MDY && p->separator == '.') ||
		    p->digits[0] > 2 || p->digits[1] > 2)
			return false;
		ymd[0] = whole_year(p->parts[2], p->digits[2]);
		ymd[1] = p->parts[order == DATE_MDY ? 0 : 1];
		ymd[2] = p->parts[order == DATE_MDY ? 1 : 0];
	}
	return date_is_valid(ymd[0], ymd[1], ymd[2]);
}

bool date_cell_read(Str cell, enum date_order order, const struct zone *zone, int64_t *out)
{
	struct pieces p;
	int ymd[3];
	if (!cut_up(cell, &p) || !in_order(&p, order, ymd))
		return false;
	p.time.year = ymd[0];
	p.time.month = ymd[1];
	p.time.day = ymd[2];
	*out = zone_instant(p.has_offset ? zone_utc() : zone, &p.time) -
	       p.offset_minutes * CLOCK_MINUTE;
	return true;
}

void date_column_add(struct date_column *column, Str cell)
{
	if (str_trim(cell).len == 0)
		return;
	column->filled++;
	struct pieces p;
	if (!cut_up(cell, &p))
		return;
	int dates[DATE_ORDERS][3];
	bool fits[DATE_ORDERS] = { 0 };
	for (int order = DATE_YMD; order < DATE_ORDERS; order++) {
		fits[order] = in_order(&p, (enum date_order)order, dates[order]);
		column->fits[order] += fits[order];
	}
	if (fits[DATE_DMY] && fits[DATE_MDY] &&
	    memcmp(dates[DATE_DMY], dates[DATE_MDY], sizeof(dates[0])) != 0) {
		if (column->two_ways++ == 0)
			snprintf(column->example, sizeof(column->example), "%.*s",
			         STR_FMT(
				     str_slice(str_trim(cell), 0, sizeof(column->example) - 1)));
	}
}

static enum date_order best_order(const struct date_column *column)
{
	enum date_order best = DATE_YMD;
	for (int order = DATE_DMY; order < DATE_ORDERS; order++)
		if (column->fits[order] > column->fits[best])
			best = (enum date_order)order;
	return best;
}

bool date_column_is_dates(const struct date_column *column)
{
	return column->filled > 0 && column->fits[best_order(column)] * 2 >= column->filled;
}

bool date_column_order(const struct date_column *column, enum date_order asked,
                       enum date_order *out, struct err *err)
{
	enum date_order best = best_order(column);
	if (asked != DATE_UNSAID) {
		/* Years in front leave nothing to ask. */
		*out = column->fits[asked] == 0 && column->fits[DATE_YMD] > 0 ? DATE_YMD : asked;
		return true;
	}
	if (best != DATE_YMD && column->two_ways > 0 &&
	    column->fits[DATE_DMY] == column->fits[DATE_MDY])
		return err_set(
		    err, ERR_INVALID,
		    "The dates can be read in two ways, as in \"%s\". Say --date-order dmy "
		    "when the day comes first, --date-order mdy when the month does",
		    column->example);
	*out = best;
	return true;
}
