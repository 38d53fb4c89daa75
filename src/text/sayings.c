/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/sayings.h"

#include "text/sayings_phrases.h"

enum label { EXCUSED, GREAT, GOOD, POOR, BAD, SOLVED, SOLVES, ONCE, WISH };

/* In tenths; of the last word, but of the first where that is the verb: "they fixed it". */
static const int8_t valences[] = { [GREAT] = 30,  [GOOD] = 18,   [POOR] = -13, [BAD] = -26,
	                           [SOLVED] = 18, [SOLVES] = 18, [WISH] = 0 };

/* Of "10/10" and "0/10". */
#define FULL_MARKS 26
#define NO_MARKS   (-24)
/* Longer ones have verbs. */
#define BARE_WORDS_MAX 4

#define ROW(tongue, label, phrases) { TONGUE_##tongue, label, phrases },
static const struct pattern_list lists[] = { PHRASES(ROW) };
#undef ROW

const struct patterns *sayings_make(struct arena *a)
{
	return patterns_make(a, lists, sizeof lists / sizeof lists[0]);
}

static bool denies_within(enum label label)
{
	return label == SOLVED || label == SOLVES;
}

static void spend(struct word *word, enum label label)
{
	if (word->roles & TONGUE_NEGATES && denies_within(label))
		return;
	word->roles = (uint8_t)((word->roles & ~(unsigned)TONGUE_NEGATES) | TONGUE_SPENT);
	word->saying = 0;
}

static void settle(struct words *w, const struct pattern_hit *hit)
{
	enum label label = (enum label)hit->label;
	struct word *first = &w->words[hit->first], *last = first + hit->count - 1;
	for (struct word *word = first; word <= last; word++)
		spend(word, label);
	if (label == ONCE)
		last->roles |= TONGUE_ONCE;
	else
		(label == SOLVES ? first : last)->saying = valences[label];
}

/* "9" and "10" of "9/10"; 0: no verdict. A low one may be a date: it stands first, or behind a word that says something. */
static int8_t verdict_of(const struct words *w, size_t i)
{
	static const int64_t scales[] = { 5, 10, 20, 100 };
	int64_t got, of;
	bool known = false;
	if (i + 2 >= w->count || w->words[i + 1].from != w->words[i].from + w->words[i].len ||
	    !str_eq(w->words[i + 1].folded, STR("/")) || !str_to_i64(w->words[i].folded, &got) ||
	    !str_to_i64(w->words[i + 2].folded, &of))
		return 0;
	for (size_t k = 0; k < sizeof scales / sizeof scales[0]; k++)
		known |= of == scales[k];
	bool date = (i > 0 && str_eq(w->words[i - 1].folded, STR("/"))) ||
	            (i + 3 < w->count && str_eq(w->words[i + 3].folded, STR("/")));
	if (!known || date || got > of || got < 0)
		return 0;
	if (got * 10 >= of * 8)
		return FULL_MARKS;
	bool alone = i == w->clauses[w->words[i].clause].first || !w->words[i - 1].stop;
	return got * 2 < of && alone ? NO_MARKS : 0;
}

/* "100%" and nothing else. */
static int8_t percentage_of(const struct words *w, size_t i)
{
	int64_t share;
	if (w->letters > 0 || i + 1 >= w->count || !str_eq(w->words[i + 1].folded, STR("%")) ||
	    !str_to_i64(w->words[i].folded, &share))
		return 0;
	return share >= 90 && share <= 100 ? FULL_MARKS : share <= 30 && share >= 0 ? NO_MARKS : 0;
}

static bool is_grade(const struct words *w, size_t i)
{
	const struct word *word = &w->words[i];
	size_t end = word->from + 2;
	return str_eq(str_slice(w->text, word->from, word->len), STR("A")) && end <= w->text.len &&
	       w->text.at[end - 1] == '+' &&
	       (end == w->text.len || w->text.at[end] == ' ' || w->text.at[end] == '.' ||
	        w->text.at[end] == '!' || w->text.at[end] == ',');
}

/* A comparative and a noun, without a verb: "faster delivery" asks for it. */
static bool is_bare_wish(const struct words *w)
{
	static const char *const comparatives[TONGUE_COUNT] = {
		[TONGUE_EN] = " more better faster quicker cheaper cleaner easier friendlier nicer "
			      "fresher clearer simpler warmer quieter healthier larger ",
		[TONGUE_DE] = " mehr bessere besserer besseres schnellere schnellerer schnelleres "
			      "günstigere billigere freundlichere freundlicheres sauberere "
			      "einfachere frischere ruhigere modernere klarere ",
		[TONGUE_NL] = " meer betere snellere goedkopere vriendelijkere schonere "
			      "eenvoudigere versere rustigere duidelijkere ",
	};
	if (w->letters < 2 || w->letters > BARE_WORDS_MAX || w->words[0].kind != WORD_LETTERS ||
	    !tongue_listed(comparatives[w->tongue], w->words[0].folded))
		return false;
	for (size_t i = 1; i < w->count; i++)
		if (w->words[i].roles != 0 ||
		    tongue_listed(" than now today as als jetzt nun geworden dan nu geworden ",
		                  w->words[i].folded))
			return false;
	return true;
}

static void settle_bare_wish(struct words *w)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->words[i].kind == WORD_LETTERS)
			w->words[i].roles |= TONGUE_SPENT;
}

static void settle_marks(struct words *w)
{
	for (size_t i = 0; i < w->count; i++) {
		struct word *word = &w->words[i];
		if (word->kind == WORD_LETTERS && word->len == 1 && is_grade(w, i))
			word->saying = FULL_MARKS;
		if (word->kind != WORD_NUMBER || word->saying != 0)
			continue;
		int8_t verdict = verdict_of(w, i);
		word->saying = verdict ? verdict : percentage_of(w, i);
	}
}

void sayings_settle(const struct patterns *sayings, struct arena *a, struct words *w)
{
	struct plain_words plain;
	struct pattern_hit *hits;
	size_t until = 0;
	plain_words(a, w, &plain);
	size_t count = patterns_find(sayings, a, &plain, &hits);
	for (size_t i = 0; i < count; i++) {
		if (hits[i].first < until) /* inside the one before */
			continue;
		until = hits[i].first + hits[i].count;
		settle(w, &hits[i]);
	}
	settle_marks(w);
	if (is_bare_wish(w))
		settle_bare_wish(w);
}
