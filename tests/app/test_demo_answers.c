/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/demo_answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/clock.h"

#define A_DAY_OF_WINTER (INT64_C(20800) * CLOCK_DAY + 10 * CLOCK_HOUR)

/* What of an answer has to be the same whatever day it is drawn on: all but its time and its words. */
static void assert_same(const struct demo_answer *a, const struct demo_answer *b)
{
	assert_int_equal(a->survey, b->survey);
	assert_int_equal(a->person, b->person);
	assert_string_equal(a->channel, b->channel);
	assert_int_equal(a->unconfirmed, b->unconfirmed);
}

/* One change of an answer moved the draws of all behind it once, and with them the demo's story from day to day. */
static void an_answer_is_the_same_on_another_day(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	const struct zone *zone = zone_utc();
	int other_score = 0;
	for (int i = 0; i < DEMO_ANSWERS; i++) {
		struct demo_answer one, next;
		demo_answer(&arena, i, zone, A_DAY_OF_WINTER, &one);
		demo_answer(&arena, i, zone, A_DAY_OF_WINTER + CLOCK_DAY, &next);
		assert_same(&one, &next);
		assert_in_range(one.at, A_DAY_OF_WINTER - 733 * CLOCK_DAY, A_DAY_OF_WINTER);
		other_score += one.score != next.score;
	}
	/* Those alone that a day moves into the quarter of the slow support. */
	assert_in_range(other_score, 0, 20);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_the_same_on_another_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
