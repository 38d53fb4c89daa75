/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/dates.h"

#include "base/clock.h"

static const struct {
	const char *name, *looks;
} formats[] = {
#define DATES_ROW(kind, name, looks) [kind] = { name, looks },
	DATES_FORMATS(DATES_ROW)
#undef DATES_ROW
};

const char *dates_format_name(enum dates_format format)
{
	return formats[format].name;
}

bool dates_format_parse(Str name, enum dates_format *out, struct err *err)
{
	for (size_t i = 0; i < DATES_FORMAT_COUNT; i++)
		if (str_eq(name, str_of(formats[i].name))) {
			*out = (enum dates_format)i;
			return true;
		}
	return err_set(err, ERR_INVALID,
	               "the date order is dmy, mdy, ymd, named, compact, unix or unix-ms");
}

/* What a cell says in one format. */
struct reading {
	struct civil wall;
	bool has_offset;
	int offset; /* seconds east of UTC */
};

static bool take_char(Str *s, char c)
{
	if (s->len == 0 || s->at[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

static void skip_spaces(Str *s)
{
	while (take_char(s, ' '))
		;
}

/* A number of `least` to `most` digits; their count, or 0. */
static size_t take_number(Str *s, size_t least, size_t most, int *out)
{
	int n = 0;
	size_t digits = 0;
	for (; digits < s->len && s->at[digits] >= '0' && s->at[digits] <= '9'; digits++) {
		if (digits == most)
			return 0;
		n = n * 10 + (s->at[digits] - '0');
	}
	if (digits < least)
		return 0;
	*s = str_from(*s, digits);
	*out = n;
	return digits;
}

static bool take_word(Str *s, const char *word)
{
	Str wanted = str_of(word);
	if (!str_eq_ignoring_ascii_case(str_slice(*s, 0, wanted.len), wanted))
		return false;
	*s = str_from(*s, wanted.len);
	return true;
}

/* "09", "1994" */
static bool take_year(Str *s, int *year)
{
	size_t digits = take_number(s, 2, 4, year);
	if (digits == 2)
		*year += *year < 70 ? 2000 : 1900;
	return digits == 2 || digits == 4;
}

static bool take_separator(Str *s, char *separator, const char *allowed)
{
	if (s->len == 0 || str_find_char(str_of(allowed), s->at[0], 0) == SIZE_MAX)
		return false;
	*separator = s->at[0];
	return take_char(s, *separator);
}

/* Year, month and day named in Chinese characters, as in Japan. */
static bool take_named_parts(Str *s, struct civil *c)
{
	Str rest = *s;
	if (!take_number(&rest, 4, 4, &c->year) || !take_word(&rest, "\xe5\xb9\xb4") ||
	    !take_number(&rest, 1, 2, &c->month) || !take_word(&rest, "\xe6\x9c\x88") ||
	    !take_number(&rest, 1, 2, &c->day) || !take_word(&rest, "\xe6\x97\xa5"))
		return false;
	*s = rest;
	return true;
}

static bool take_ymd(Str *s, struct civil *c)
{
	char separator;
	if (take_named_parts(s, c))
		return true;
	return take_number(s, 4, 4, &c->year) && take_separator(s, &separator, "-/.") &&
	       take_number(s, 1, 2, &c->month) && take_char(s, separator) &&
	       take_number(s, 1, 2, &c->day);
}

static bool take_dmy(Str *s, struct civil *c)
{
	char separator;
	return take_number(s, 1, 2, &c->day) && take_separator(s, &separator, ".-/") &&
	       take_number(s, 1, 2, &c->month) && take_char(s, separator) && take_year(s, &c->year);
}

/* Nobody puts dots behind a month. */
static bool take_mdy(Str *s, struct civil *c)
{
	char separator;
	return take_number(s, 1, 2, &c->month) && take_separator(s, &separator, "/-") &&
	       take_number(s, 1, 2, &c->day) && take_char(s, separator) && take_year(s, &c->year);
}

/* "Mar", "March", "Mar." */
static bool take_month_name(Str *s, int *month)
{
	static const char *const names[] = { "january",   "february", "march",    "april",
		                             "may",       "june",     "july",     "august",
		                             "september", "october",  "november", "december" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		Str name = str_of(names[i]), word = *s;
		size_t len = 0;
		while (len < word.len &&
		       ((word.at[len] | 0x20) >= 'a' && (word.at[len] | 0x20) <= 'z'))
			len++;
		word.len = len;
		/* "Sept" is as usual as "Sep". */
		bool is_short = len == 3 || (len == 4 && i == 8);
		if ((len != name.len && !is_short) ||
		    !str_eq_ignoring_ascii_case(word, str_slice(name, 0, len)))
			continue;
		*s = str_from(*s, len);
		(void)take_char(s, '.');
		*month = (int)i + 1;
		return true;
	}
	return false;
}

/* "3 Mar 2026", "3-Mar-26", "3. March 2026", "Mar 3, 2026" */
static bool take_named(Str *s, struct civil *c)
{
	if (take_month_name(s, &c->month)) {
		skip_spaces(s);
		if (!take_number(s, 1, 2, &c->day))
			return false;
		(void)take_char(s, ',');
		skip_spaces(s);
		return take_year(s, &c->year);
	}
	if (!take_number(s, 1, 2, &c->day))
		return false;
	bool dashes = take_char(s, '-');
	(void)take_char(s, '.');
	skip_spaces(s);
	if (!take_month_name(s, &c->month) || (dashes && !take_char(s, '-')))
		return false;
	(void)take_char(s, ',');
	skip_spaces(s);
	return take_year(s, &c->year);
}

static bool take_compact(Str *s, struct civil *c)
{
	int n;
	if (!take_number(s, 8, 8, &n))
		return false;
	c->year = n / 10000;
	c->month = n / 100 % 100;
	c->day = n % 100;
	return true;
}

/* Zones by the short names that Google Forms writes behind its times. Elsewhere some mean others ("CST" in China): America's and
 * Europe's stand, and a name that is as usual for several zones ("IST") is none. */
static bool take_zone_name(Str *s, struct reading *r)
{
	static const struct {
		const char *name;
		int hours; /* east of UTC */
	} zones[] = {
		{ "Z", 0 },    { "UTC", 0 },  { "GMT", 0 },  { "AST", -4 }, { "ADT", -3 },
		{ "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 }, { "MST", -7 },
		{ "MDT", -6 }, { "PST", -8 }, { "PDT", -7 }, { "WET", 0 },  { "WEST", 1 },
		{ "BST", 1 },  { "CET", 1 },  { "CEST", 2 }, { "EET", 2 },  { "EEST", 3 },
	};
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		if (!str_eq_ignoring_ascii_case(*s, str_of(zones[i].name)))
			continue;
		r->offset = zones[i].hours * 3600;
		*s = str_from(*s, s->len);
		return true;
	}
	return false;
}

/* "Z", "UTC", "EST", "+02:00", "+0200", "-03", "GMT+2" */
static bool take_offset(Str *s, struct reading *r)
{
	int hour, minute = 0;
	r->has_offset = true;
	if (take_zone_name(s, r))
		return true;
	bool named = take_word(s, "UTC") || take_word(s, "GMT");
	bool west = take_char(s, '-');
	if (!west && !take_char(s, '+'))
		return false;
	Str digits = *s;
	if (take_number(&digits, 4, 4, &hour)) {
		minute = hour % 100;
		hour /= 100;
		*s = digits;
	} else if (!take_number(s, named ? 1 : 2, 2, &hour) ||
	           (take_char(s, ':') && !take_number(s, 2, 2, &minute))) {
		return false;
	}
	r->offset = (hour * 60 + minute) * (west ? -60 : 60);
	return hour <= 23 && minute <= 59;
}

static bool take_half_day(Str *s, int *hour)
{
	bool pm = take_word(s, "PM") || take_word(s, "P.M.");
	if (!pm && !take_word(s, "AM") && !take_word(s, "A.M."))
		return true;
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (pm ? 12 : 0);
	return true;
}

static bool take_time(Str *s, struct reading *r)
{
	struct civil *c = &r->wall;
	if (!take_number(s, 1, 2, &c->hour) || !take_char(s, ':') ||
	    !take_number(s, 2, 2, &c->minute))
		return false;
	if (take_char(s, ':')) {
		if (!take_number(s, 2, 2, &c->second))
			return false;
		if ((take_char(s, '.') || take_char(s, ',')) &&
		    !time_take_fraction(s, &c->microsecond))
			return false;
	}
	skip_spaces(s);
	if (!take_half_day(s, &c->hour))
		return false;
	skip_spaces(s);
	if (s->len > 0 && !take_offset(s, r))
		return false;
	return c->hour <= 23 && c->minute <= 59 && c->second <= 60;
}

/* Seconds have 9 or 10 digits from 1973 to 2286, milliseconds three more. */
static bool read_unix(Str s, enum dates_format format, struct reading *out)
{
	int64_t n;
	bool in_ms = format == DATES_UNIX_MS;
	size_t digits = in_ms ? s.len - 3 : s.len;
	if (s.len < 4 || digits < 9 || digits > 10 || s.at[0] == '-' || !str_to_i64(s, &n))
		return false;
	out->has_offset = true;
	zone_civil(zone_utc(), n * (in_ms ? 1000 : CLOCK_SECOND), &out->wall);
	return true;
}

static bool take_date(Str *s, enum dates_format format, struct civil *c)
{
	switch (format) {
	case DATES_YMD:
		return take_ymd(s, c);
	case DATES_DMY:
		return take_dmy(s, c);
	case DATES_MDY:
		return take_mdy(s, c);
	case DATES_NAMED:
		return take_named(s, c);
	case DATES_COMPACT:
		return take_compact(s, c);
	case DATES_UNIX:
	case DATES_UNIX_MS:
	case DATES_FORMAT_COUNT:
		break;
	}
	return false;
}

static bool read_as(enum dates_format format, Str s, struct reading *out)
{
	*out = (struct reading){ 0 };
	if (format == DATES_UNIX || format == DATES_UNIX_MS)
		return read_unix(s, format, out);
	struct civil *c = &out->wall;
	if (!take_date(&s, format, c) || !date_is_valid(c->year, c->month, c->day))
		return false;
	if (s.len == 0)
		return true;
	(void)take_char(&s, ',');
	if (!take_char(&s, 'T') && !take_char(&s, ' '))
		return false;
	skip_spaces(&s);
	return take_time(&s, out) && s.len == 0;
}

static bool is_same_day(const struct civil *a, const struct civil *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day;
}

void dates_detect(struct dates_detector *d, Str cell)
{
	cell = str_trim(cell);
	if (cell.len == 0)
		return;
	struct reading read[DATES_FORMAT_COUNT];
	bool fits[DATES_FORMAT_COUNT];
	d->cells++;
	for (size_t i = 0; i < DATES_FORMAT_COUNT; i++) {
		fits[i] = read_as((enum dates_format)i, cell, &read[i]);
		d->fits[i] += fits[i];
	}
	if (fits[DATES_DMY] && fits[DATES_MDY])
		d->differing += !is_same_day(&read[DATES_DMY].wall, &read[DATES_MDY].wall);
}

bool dates_parse(enum dates_format format, Str cell, const struct zone *z, int64_t *out,
                 struct err *err)
{
	struct reading r;
	cell = str_trim(cell);
	if (!read_as(format, cell, &r))
		return err_set(err, ERR_INVALID, "\"%.*s\" is no date written as %s",
		               STR_FMT(str_slice(cell, 0, 40)), formats[format].looks);
	int64_t instant = zone_instant(r.has_offset ? zone_utc() : z, &r.wall);
	*out = instant - r.offset * CLOCK_SECOND;
	return true;
}
