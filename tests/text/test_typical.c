/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/typical.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void prefers_what_many_say(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"The support answers far too slowly",
		"Support takes days, it is slow and slow again",
		"I waited a week for support, far too slow",
		"Slow support, nobody answers",
		"The purple elephant danced in Vienna",
		"ok",
	};
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct typical *t = typical_open();
	struct words w[6];
	double typical[6];
	for (int i = 0; i < 6; i++) {
		words_read(r, &a, str_of(texts[i]), TONGUE_EN, &w[i]);
		typical_add(t, &w[i]);
	}
	typical_settle(t);
	for (int i = 0; i < 6; i++)
		typical[i] = typical_of(t, &w[i]);
	for (int i = 0; i < 4; i++) {
		assert_true(typical[i] > typical[4]);
		assert_true(typical[i] <= 1);
	}
	assert_true(typical[4] > 0 && typical[5] == 0);
	typical_close(t);
	word_reader_close(r);
	arena_free(&a);
}

static void is_whole_when_all_say_the_same(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct word_reader *r = word_reader_open();
	struct typical *t = typical_open();
	struct words w;
	words_read(r, &a, STR("cheap flights, friendly crew"), TONGUE_EN, &w);
	for (int i = 0; i < 10; i++)
		typical_add(t, &w);
	typical_settle(t);
	double typical = typical_of(t, &w);
	assert_true(typical > .999999 && typical < 1.000001);
	typical_close(t);
	word_reader_close(r);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefers_what_many_say),
		cmocka_unit_test(is_whole_when_all_say_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
