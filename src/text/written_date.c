/* text/written_date.c - dates as forms: D, M, Y, y and h are numbers, ~ a dash with or without spaces, a space one or none. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/written_date.h"

/* A telephone number of eight digits may be "2055-2078": years of a span are near. */
#define YEAR_FIRST 1950
#define YEAR_LAST  2049

static const char *const days[] = {
	"D. M. Y", "D. M. y", "D/M/Y", "D/M/y", "M/D/Y", "M/D/y",
	"D-M-Y",   "M-D-Y",   "Y-M-D", "Y/M/D", "Y.M.D",
};
static const char *const days_begun[] = { "D.~", "D. M.~" };
static const char *const hours[] = { " h", " h.m", "~h", "Th" };
static const char *const spans[] = { "Y~Y", "Y/Y", "M/Y~M/Y", "M.Y~M.Y" };
#define COUNT(forms) (sizeof(forms) / sizeof(forms)[0])

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool take(Str *s, Str what)
{
	if (!str_starts(*s, what))
		return false;
	*s = str_from(*s, what.len);
	return true;
}

static bool take_dash(Str *s)
{
	(void)take(s, STR(" "));
	bool dash = take(s, STR("-")) || take(s, STR("–")) || take(s, STR("—"));
	(void)take(s, STR(" "));
	return dash;
}

/* All digits that stand there. */
static bool take_number(Str *s, char letter)
{
	static const struct {
		char letter;
		size_t least, most;
		int from, to;
	} numbers[] = {
		{ 'D', 1, 2, 1, 31 }, { 'M', 1, 2, 1, 12 }, { 'Y', 4, 4, YEAR_FIRST, YEAR_LAST },
		{ 'y', 2, 2, 0, 99 }, { 'h', 1, 2, 0, 24 }, { 'm', 2, 2, 0, 59 },
	};
	size_t digits = 0;
	int value = 0;
	for (; digits < s->len && digits < 5 && is_digit(s->at[digits]); digits++)
		value = value * 10 + (s->at[digits] - '0');
	*s = str_from(*s, digits);
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (numbers[i].letter == letter)
			return digits >= numbers[i].least && digits <= numbers[i].most &&
			       value >= numbers[i].from && value <= numbers[i].to;
	return false;
}

static bool take_form(Str *s, const char *form)
{
	Str rest = *s;
	for (; *form; form++) {
		if (*form == '~') {
			if (!take_dash(&rest))
				return false;
		} else if (*form == ' ') {
			(void)take(&rest, STR(" "));
		} else if (*form == 'T' || *form == '.' || *form == '/' || *form == '-') {
			if (!take(&rest, (Str){ form, 1 }))
				return false;
		} else if (!take_number(&rest, *form)) {
			return false;
		}
	}
	*s = rest;
	return true;
}

static bool take_one_of(Str *s, const char *const *forms, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (take_form(s, forms[i]))
			return true;
	return false;
}

static bool ends_with_one_of(Str s, const char *const *forms, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		Str rest = s;
		if (take_form(&rest, forms[i]) && rest.len == 0)
			return true;
	}
	return false;
}

bool written_date_is(Str run)
{
	if (ends_with_one_of(run, spans, COUNT(spans)))
		return true;
	Str rest = run;
	if (take_one_of(&rest, days_begun, COUNT(days_begun)))
		return ends_with_one_of(rest, days, COUNT(days));
	if (!take_one_of(&rest, days, COUNT(days)))
		return false;
	if (rest.len == 0 || ends_with_one_of(rest, hours, COUNT(hours)))
		return true;
	return take_dash(&rest) && ends_with_one_of(rest, days, COUNT(days));
}
