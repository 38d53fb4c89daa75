/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/limit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/clock.h"

static int64_t wait;

static bool take(struct limiter *limiter, const char *group, const char *subject, int64_t now)
{
	return limiter_take(limiter, str_of(group), str_of(subject), 60, now, &wait);
}

static void gives_a_minutes_worth_and_then_evenly(void **state)
{
	struct limiter *limiter = limiter_new(64);
	int64_t now = 1000 * CLOCK_SECOND;
	(void)state;
	for (int i = 0; i < 60; i++)
		assert_true(take(limiter, "g", "a", now));
	assert_false(take(limiter, "g", "a", now));
	assert_int_equal(wait, CLOCK_SECOND);
	assert_false(take(limiter, "g", "a", now + CLOCK_SECOND - 1));
	assert_int_equal(wait, 1);
	assert_true(take(limiter, "g", "a", now + CLOCK_SECOND));
	assert_false(take(limiter, "g", "a", now + CLOCK_SECOND));
	for (int i = 0; i < 60; i++)
		assert_true(take(limiter, "g", "a", now + 2 * CLOCK_MINUTE));
	assert_false(take(limiter, "g", "a", now + 2 * CLOCK_MINUTE));
	limiter_free(limiter);
}

static void keeps_subjects_and_groups_apart(void **state)
{
	struct limiter *limiter = limiter_new(1024);
	(void)state;
	for (int i = 0; i < 60; i++)
		assert_true(take(limiter, "g", "a", 0));
	assert_false(take(limiter, "g", "a", 0));
	assert_true(take(limiter, "g", "b", 0));
	assert_true(take(limiter, "h", "a", 0));
	assert_true(take(limiter, "ga", "", 0));
	limiter_free(limiter);
}

static void asking_takes_nothing(void **state)
{
	struct limiter *limiter = limiter_new(64);
	(void)state;
	for (int i = 0; i < 100; i++)
		assert_true(limiter_has(limiter, STR("g"), STR("a"), 1, 0, &wait));
	assert_true(limiter_take(limiter, STR("g"), STR("a"), 1, 0, &wait));
	assert_false(limiter_has(limiter, STR("g"), STR("a"), 1, 0, &wait));
	limiter_free(limiter);
}

/* A table of any size is full some day. What it forgets then is who asked least. */
static void remembers_the_greedy_among_many(void **state)
{
	struct limiter *limiter = limiter_new(64);
	char name[32];
	(void)state;
	for (int i = 0; i < 60; i++)
		assert_true(take(limiter, "g", "greedy", 0));
	for (int i = 0; i < 10000; i++) {
		snprintf(name, sizeof name, "%d", i);
		assert_true(take(limiter, "g", name, i));
	}
	assert_false(take(limiter, "g", "greedy", 10000));
	limiter_free(limiter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_a_minutes_worth_and_then_evenly),
		cmocka_unit_test(keeps_subjects_and_groups_apart),
		cmocka_unit_test(asking_takes_nothing),
		cmocka_unit_test(remembers_the_greedy_among_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
