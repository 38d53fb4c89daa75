/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_score.h"

#include <ctype.h>
#include <stdio.h>

/* Below these counts a missing high or low end of the scale may be chance. */
#define FEW_FOR_FIVE  5
#define FEW_FOR_SEVEN 20
#define ONES_FOR_TEN  3

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* str_trim, and no-break spaces, which spreadsheets leave behind. */
static Str trimmed(Str s)
{
	static const Str space = { "\xc2\xa0", 2 };
	for (;;) {
		s = str_trim(s);
		if (str_starts(s, space))
			s = str_from(s, space.len);
		else if (str_ends(s, space))
			s.len -= space.len;
		else
			return s;
	}
}

/* A number of at most six digits at the start of *s, which moves behind it; -1 without one. */
static int take_number(Str *s)
{
	int value = 0;
	size_t digits = 0;
	while (digits < s->len && digits < 7 && is_digit(s->at[digits]))
		value = value * 10 + (s->at[digits++] - '0');
	if (digits == 0 || digits == 7)
		return -1;
	*s = str_from(*s, digits);
	return value;
}

/* Words behind a dash, a colon or in brackets: " - Extremely likely". */
static bool is_caption(Str rest)
{
	static const Str dashes[] = {
		{ "-", 1 },           { ":", 1 }, { "(", 1 }, { "=", 1 }, { "\xe2\x80\x93", 3 },
		{ "\xe2\x80\x94", 3 }
	};
	rest = trimmed(rest);
	for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++)
		if (str_starts(rest, dashes[i]))
			return trimmed(str_from(rest, dashes[i].len)).len >= 2;
	return false;
}

/* "Not at all likely - ": two bytes or more, and a dash between spaces. */
static bool is_caption_before(Str words)
{
	static const Str dashes[] = { { " - ", 3 },
		                      { " \xe2\x80\x93 ", 5 },
		                      { " \xe2\x80\x94 ", 5 } };
	for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++)
		if (str_ends(words, dashes[i]))
			return trimmed(str_slice(words, 0, words.len - dashes[i].len)).len >= 2;
	return false;
}

/* A digit in the words means something else, so the number is from the first digit to the last. */
Str score_cell_number(Str cell)
{
	Str all = trimmed(cell);
	size_t from = 0, to = all.len;
	while (from < all.len && !is_digit(all.at[from]))
		from++;
	while (to > from && !is_digit(all.at[to - 1]))
		to--;
	if (from == to)
		return all;
	if (to == all.len || !is_caption(str_from(all, to)))
		to = all.len;
	if (!is_caption_before(str_slice(all, 0, from)))
		from = 0;
	return str_slice(all, from, to - from);
}

bool score_cell_begins_with_words(Str cell)
{
	return score_cell_number(cell).at != trimmed(cell).at;
}

enum score_cell score_cell_read(Str cell, int *score)
{
	Str rest = score_cell_number(cell);
	if (rest.len == 0)
		return SCORE_CELL_BLANK;
	bool negative = rest.at[0] == '-';
	if (negative)
		rest = str_from(rest, 1);
	int value = take_number(&rest);
	if (value < 0)
		return SCORE_CELL_TEXT;
	if (rest.len > 1 && (rest.at[0] == '.' || rest.at[0] == ',')) {
		rest = str_from(rest, 1);
		int fraction = take_number(&rest);
		if (fraction != 0)
			return fraction > 0 ? SCORE_CELL_FRACTION : SCORE_CELL_TEXT;
	}
	rest = trimmed(rest);
	if (rest.len > 1 && rest.at[0] == '/') {
		rest = trimmed(str_from(rest, 1));
		int end = take_number(&rest);
		if (end < 0 || rest.len != 0)
			return SCORE_CELL_TEXT;
		if (end != 10) {
			*score = end;
			return SCORE_CELL_OTHER_END;
		}
	}
	if (rest.len > 0)
		return SCORE_CELL_TEXT;
	if (value > 10 || (negative && value > 0))
		return SCORE_CELL_HIGH;
	*score = value;
	return SCORE_CELL_GOOD;
}

void score_cell_reason(enum score_cell kind, Str cell, struct err *err)
{
	Str shown = str_slice(trimmed(cell), 0, 40);
	switch (kind) {
	case SCORE_CELL_BLANK:
	case SCORE_CELL_GOOD:
		return;
	case SCORE_CELL_HIGH:
		err_set(err, ERR_INVALID, "%.*s is not between 0 and 10", STR_FMT(shown));
		return;
	case SCORE_CELL_FRACTION:
		err_set(err, ERR_INVALID, "%.*s is not a whole number", STR_FMT(shown));
		return;
	case SCORE_CELL_OTHER_END:
		err_set(err, ERR_INVALID, "%.*s is on another scale than 0 to 10", STR_FMT(shown));
		return;
	case SCORE_CELL_TEXT:
		err_set(err, ERR_INVALID, "\"%.*s\" is not a score", STR_FMT(shown));
		return;
	}
}

bool score_scale_parse(Str text, enum score_scale *out, struct err *err)
{
	static const struct {
		Str name;
		enum score_scale scale;
	} scales[] = { { { "0-10", 4 }, SCALE_0_10 },
		       { { "1-10", 4 }, SCALE_1_10 },
		       { { "1-5", 3 }, SCALE_1_5 } };
	for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
		if (str_eq(text, scales[i].name)) {
			*out = scales[i].scale;
			return true;
		}
	}
	return err_set(err, ERR_INVALID, "--scale is 0-10, 1-10 or 1-5, not \"%.*s\"",
	               STR_FMT(text));
}

/* "-", an en dash, "to", "bis", "a", "à", "..." between two numbers. */
static bool take_between(Str *s)
{
	static const Str words[] = { { "-", 1 },   { "\xe2\x80\x93", 3 }, { "...", 3 },
		                     { "..", 2 },  { "\xe2\x80\xa6", 3 }, { "to", 2 },
		                     { "bis", 3 }, { "tot", 3 },          { "al", 2 },
		                     { "a", 1 },   { "\xc3\xa0", 2 },     { "~", 1 },
		                     { "/", 1 },   { "until", 5 },        { "\xe3\x80\x9c", 3 } };
	Str rest = trimmed(*s);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_starts(rest, words[i])) {
			*s = trimmed(str_from(rest, words[i].len));
			return true;
		}
	}
	return false;
}

static enum score_scale scale_of_ends(int low, int high)
{
	if (low == 0 && high == 10)
		return SCALE_0_10;
	if (low == 1 && high == 10)
		return SCALE_1_10;
	return (low == 0 || low == 1) && high >= 3 && high <= 7 ? SCALE_1_5 : SCALE_UNSAID;
}

static bool contains_word(Str lower, const char *word)
{
	size_t at = str_find(lower, str_of(word));
	return at != SIZE_MAX &&
	       (at == 0 || word[0] == '/' || !isalpha((unsigned char)lower.at[at - 1]));
}

static enum score_scale scale_of_words(Str lower)
{
	static const char *const five[] = { "/5",     "/ 5",       "out of 5", "von 5",
		                            "sur 5",  "de 5",      "su 5",     "stars",
		                            "sterne", "estrellas", "estrelas", "csat" };
	static const char *const ten[] = {
		"/10", "/ 10", "out of 10", "von 10", "sur 10", "su 10"
	};
	/* "out of 10" says nothing of its lower end, and must not be found as "... of 1". */
	for (size_t i = 0; i < sizeof(ten) / sizeof(ten[0]); i++)
		if (str_find(lower, str_of(ten[i])) != SIZE_MAX)
			return SCALE_UNSAID;
	for (size_t i = 0; i < sizeof(five) / sizeof(five[0]); i++)
		if (contains_word(lower, five[i]))
			return SCALE_1_5;
	return SCALE_UNSAID;
}

enum score_scale score_scale_of_header(Str header)
{
	char lower[256];
	size_t len = header.len < sizeof(lower) ? header.len : sizeof(lower);
	for (size_t i = 0; i < len; i++)
		lower[i] = (char)tolower((unsigned char)header.at[i]);
	for (size_t i = 0; i < len; i++) {
		if (!is_digit(lower[i]) || (i > 0 && is_digit(lower[i - 1])))
			continue;
		Str rest = { lower + i, len - i };
		int low = take_number(&rest);
		if (low < 0 || !take_between(&rest))
			continue;
		enum score_scale scale = scale_of_ends(low, take_number(&rest));
		if (scale != SCALE_UNSAID)
			return scale;
	}
	return scale_of_words((Str){ lower, len });
}

void score_column_add(struct score_column *column, Str cell)
{
	int score = 0;
	switch (score_cell_read(cell, &score)) {
	case SCORE_CELL_BLANK:
		column->blank++;
		return;
	case SCORE_CELL_GOOD:
		column->good++;
		column->bare += !score_cell_begins_with_words(cell);
		column->by_score[score]++;
		return;
	case SCORE_CELL_OTHER_END:
		column->by_end[score <= 10 ? score : 0]++;
		column->refused++;
		return;
	case SCORE_CELL_HIGH:
	case SCORE_CELL_FRACTION:
	case SCORE_CELL_TEXT:
		column->refused++;
		return;
	}
}

static int highest(const struct score_column *column)
{
	for (int score = 10; score >= 0; score--)
		if (column->by_score[score] > 0)
			return score;
	return -1;
}

static bool has_all_of_one_to_ten(const struct score_column *column)
{
	for (int score = 1; score <= 10; score++)
		if (column->by_score[score] == 0)
			return false;
	return true;
}

#define HOW_ON                                                                                    \
	"Scores of another scale are no Net Promoter Scores. If it is 0 to 10 all the same, say " \
	"--scale 0-10"

static enum score_scale looks_like(enum score_scale scale, const char *what, struct err *why)
{
	const char *name = scale == SCALE_1_10 ? "a scale of 1 to 10" : "a scale of 1 to 5";
	err_set(why, ERR_INVALID, "The scores look like %s, not 0 to 10: %s. " HOW_ON, name, what);
	return scale;
}

enum score_scale score_column_scale(const struct score_column *column, Str header, struct err *why)
{
	enum score_scale said = score_scale_of_header(header);
	if (said == SCALE_0_10)
		return said;
	if (said != SCALE_UNSAID)
		return looks_like(said, "the header says so", why);
	int64_t other_ends = 0;
	for (int end = 0; end <= 10; end++)
		other_ends += column->by_end[end];
	if (other_ends >= FEW_FOR_FIVE && other_ends > column->good)
		return looks_like(SCALE_1_5, "the cells say so, as in \"4/5\"", why);
	int high = highest(column);
	int64_t few = column->by_score[0] > 0 ? FEW_FOR_SEVEN : FEW_FOR_FIVE;
	if (column->good >= few && high <= 5)
		return looks_like(SCALE_1_5, "no score is above 5", why);
	if (column->good >= FEW_FOR_SEVEN && high <= 7) {
		err_set(why, ERR_INVALID,
		        "The scores look like a scale of 1 to 7, not 0 to 10: no score is above "
		        "7. " HOW_ON);
		return SCALE_1_5;
	}
	if (column->by_score[0] == 0 &&
	    (column->by_score[1] >= ONES_FOR_TEN || has_all_of_one_to_ten(column)))
		return looks_like(SCALE_1_10, "there is no 0, though 1 is used", why);
	return SCALE_0_10;
}
