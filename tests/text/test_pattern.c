/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct pattern_list lists[] = {
	{ TONGUE_EN, 0, "killer feature,kill time" },
	{ TONGUE_EN, 1, "kill*,call|phone ... lawyer|police" },
	{ TONGUE_EN, 2, "phone" },
	{ TONGUE_FR, 1, "réclamation" },
	{ TONGUE_OTHER, 3, "n a" },
};

/* "label:words;", in order. */
static const char *found(struct arena *a, const char *text, enum tongue tongue)
{
	struct word_reader *r = word_reader_open();
	struct words w;
	struct plain_words plain;
	struct pattern_hit *hits;
	Str out = STR("");
	words_read(r, a, str_of(text), tongue, &w);
	plain_words(a, &w, &plain);
	const struct patterns *p = patterns_make(a, lists, sizeof lists / sizeof lists[0]);
	size_t count = patterns_find(p, a, &plain, &hits);
	for (size_t i = 0; i < count; i++) {
		const struct word *first = &w.words[hits[i].first];
		const struct word *last = &w.words[hits[i].first + hits[i].count - 1];
		out = str_printf(a, "%.*s%d:%.*s;", STR_FMT(out), hits[i].label,
		                 (int)(last->from + last->len - first->from), text + first->from);
	}
	word_reader_close(r);
	return str_copy_c(a, out);
}

static void finds_words_and_what_begins_so(void **state)
{
	(void)state;
	struct arena a = { 0 };
	assert_string_equal(found(&a, "It KILLED me", TONGUE_EN), "1:KILLED;");
	assert_string_equal(found(&a, "skill", TONGUE_EN), "");
	assert_string_equal(found(&a, "Une reclamation", TONGUE_FR), "1:reclamation;");
	assert_string_equal(found(&a, "Une reclamation", TONGUE_EN), "");
	arena_free(&a);
}

static void leaps_over_a_few_words_of_the_sentence(void **state)
{
	(void)state;
	struct arena a = { 0 };
	assert_string_equal(found(&a, "I call my good old lawyer", TONGUE_EN),
	                    "1:call my good old lawyer;");
	assert_string_equal(found(&a, "I call (now!) a lawyer", TONGUE_EN), "");
	assert_string_equal(found(&a, "call one two three four lawyer", TONGUE_EN), "");
	assert_string_equal(found(&a, "phone, the police", TONGUE_EN),
	                    "2:phone;1:phone, the police;");
	arena_free(&a);
}

static void excuses_what_lies_in_a_harmless_phrase(void **state)
{
	(void)state;
	struct arena a = { 0 };
	assert_string_equal(found(&a, "a killer feature to kill time", TONGUE_EN), "");
	assert_string_equal(found(&a, "a killer feature that kills", TONGUE_EN), "1:kills;");
	arena_free(&a);
}

static void finds_some_in_every_language(void **state)
{
	(void)state;
	struct arena a = { 0 };
	assert_string_equal(found(&a, "n/a", TONGUE_DE), "3:n/a;");
	assert_string_equal(found(&a, "N.A.", TONGUE_OTHER), "");
	assert_string_equal(found(&a, "N-A", TONGUE_OTHER), "3:N-A;");
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_words_and_what_begins_so),
		cmocka_unit_test(leaps_over_a_few_words_of_the_sentence),
		cmocka_unit_test(excuses_what_lies_in_a_harmless_phrase),
		cmocka_unit_test(finds_some_in_every_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
