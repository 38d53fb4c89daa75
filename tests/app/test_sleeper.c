/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/sleeper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>

#include <cmocka.h>

#define AN_HOUR (INT64_C(3600) * 1000)

struct night {
	struct sleeper sleeper;
	atomic_bool rested, dozed, again, went_on;
};

static void rest_for_an_hour(void *context)
{
	struct night *n = context;
	n->rested = sleeper_rest(&n->sleeper, AN_HOUR);
	n->went_on = sleeper_goes_on(&n->sleeper);
}

static void a_stop_ends_a_rest(void **state)
{
	(void)state;
	struct night n = { .rested = true, .went_on = true };
	sleeper_start(&n.sleeper, rest_for_an_hour, &n);
	sleeper_stop(&n.sleeper);
	assert_false(n.rested);
	assert_false(n.went_on);
}

static void rest_and_go_on(void *context)
{
	struct night *n = context;
	n->rested = sleeper_rest(&n->sleeper, 1);
	sleeper_rest(&n->sleeper, AN_HOUR);
}

static void a_rest_that_is_over_goes_on(void **state)
{
	(void)state;
	struct night n = { 0 };
	sleeper_start(&n.sleeper, rest_and_go_on, &n);
	while (!n.rested)
		continue;
	sleeper_stop(&n.sleeper);
}

/* Woken before it dozes, by itself. */
static void wake_and_doze(void *context)
{
	struct night *n = context;
	sleeper_wake(&n->sleeper);
	n->dozed = sleeper_doze(&n->sleeper, AN_HOUR);
	n->again = sleeper_doze(&n->sleeper, 1);
}

static void one_wake_ends_one_doze_also_when_it_came_before(void **state)
{
	(void)state;
	struct night n = { .again = true };
	sleeper_start(&n.sleeper, wake_and_doze, &n);
	while (n.again)
		continue;
	sleeper_stop(&n.sleeper);
	assert_true(n.dozed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stop_ends_a_rest),
		cmocka_unit_test(a_rest_that_is_over_goes_on),
		cmocka_unit_test(one_wake_ends_one_doze_also_when_it_came_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
