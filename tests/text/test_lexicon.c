/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static float valence(enum tongue t, const char *word)
{
	return lexicon_find(t, str_of(word), str_of(word)).valence;
}

static void knows_words_of_each_language(void **state)
{
	(void)state;
	for (enum tongue t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++) {
		assert_true(lexicon_knows(t));
		assert_true(valence(t, "😍") > 2);
	}
	assert_false(lexicon_knows(TONGUE_OTHER));
	assert_true(valence(TONGUE_OTHER, "good") == 0);
	assert_true(valence(TONGUE_EN, "good") > 1 && valence(TONGUE_EN, ":)") > 1);
	assert_true(valence(TONGUE_DE, "freundlich") > 1 && valence(TONGUE_DE, "kaputt") < -1);
	assert_true(valence(TONGUE_PL, "okropny") < -1 && valence(TONGUE_RU, "ужасный") < -1);
}

static void finds_words_without_their_accents(void **state)
{
	(void)state;
	assert_true(valence(TONGUE_PT, "péssimo") < -1 && valence(TONGUE_PT, "pessimo") < -1);
	assert_true(valence(TONGUE_PT, "ótimo") > 1 && valence(TONGUE_PT, "otimo") > 1);
}

static void falls_back_on_stems(void **state)
{
	(void)state;
	assert_true(valence(TONGUE_DE, "zuverlässigstem") == 0);
	struct lexicon_word found =
	    lexicon_find(TONGUE_DE, STR("zuverlässigstem"), STR("zuverlass"));
	assert_true(found.valence > 1);
}

static void tells_what_changes_other_words(void **state)
{
	(void)state;
	assert_int_equal(lexicon_find(TONGUE_EN, STR("very"), STR("")).cue, LEXICON_MORE);
	assert_int_equal(lexicon_find(TONGUE_FR, STR("trop"), STR("")).cue, LEXICON_TOO);
	assert_int_equal(lexicon_find(TONGUE_EN, STR("please"), STR("")).cue, LEXICON_WISH);
	struct lexicon_word lacking = lexicon_find(TONGUE_EN, STR("lacks"), STR(""));
	assert_int_equal(lacking.cue, LEXICON_WISH);
	assert_true(lacking.valence < -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_words_of_each_language),
		cmocka_unit_test(finds_words_without_their_accents),
		cmocka_unit_test(falls_back_on_stems),
		cmocka_unit_test(tells_what_changes_other_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
