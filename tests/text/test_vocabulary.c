/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "text/phrases.h"

static void assert_str(Str s, const char *expected)
{
	assert_true(str_eq(s, str_of(expected)));
}

static void test_told_the_same_when_remembered(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct vocabulary *v = vocabulary_open();
	for (int round = 0; round < 2; round++) {
		struct known_word not = vocabulary_tell(v, &a, STR("not"), TONGUE_EN);
		assert_true(not .roles == TONGUE_NEGATES && not .stop);
		assert_str(vocabulary_tell(v, &a, STR("happily"), TONGUE_EN).stem, "happili");
		assert_str(vocabulary_tell(v, &a, STR("services"), TONGUE_EN).stem, "servic");
		assert_str(vocabulary_tell(v, &a, STR("services"), TONGUE_PL).stem, "services");
	}
	vocabulary_close(v);
	arena_free(&a);
}

/* Far more words than there are places: each is told as by a vocabulary that has met nothing. */
static void test_places_are_shared(void **state)
{
	(void)state;
	struct vocabulary *v = vocabulary_open();
	for (unsigned i = 0; i < 20000; i++) {
		struct arena a = { 0 };
		char text[32];
		int len = snprintf(text, sizeof text, "%c%cservices%u", 'a' + i % 26,
		                   'a' + i / 26 % 26, i % 7);
		Str word = { text, (size_t)len - 1 };
		struct known_word known = vocabulary_tell(v, &a, word, TONGUE_EN);
		assert_true(str_eq(known.stem, vocabulary_stem(v, &a, word, TONGUE_EN)));
		assert_false(known.stop);
		arena_free(&a);
	}
	vocabulary_close(v);
}

static void test_long_words_are_told(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct vocabulary *v = vocabulary_open();
	for (int round = 0; round < 2; round++)
		assert_str(vocabulary_tell(v, &a, STR("incomprehensibilitynesslessnesses"),
		                           TONGUE_EN)
		               .stem,
		           "incomprehensibilitynessless");
	assert_str(vocabulary_tell(v, &a, (Str){ 0 }, TONGUE_EN).stem, "");
	vocabulary_close(v);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_told_the_same_when_remembered),
		cmocka_unit_test(test_places_are_shared),
		cmocka_unit_test(test_long_words_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
