/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/at_stake.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static bool near(double x, double y)
{
	return fabs(x - y) < 1e-9;
}

/* 200 of 1000 respondents comment, 50 of them name it; each who does is 60 points lower. At 5 % instead of 25 %: 40 fewer
 * mentions among 1000, 2.4 points. */
static void counts_the_silent_too(void **state)
{
	(void)state;
	struct at_stake_question q = { -60, -80, -40, 50, 200, 1000, .05 };
	struct at_stake s = at_stake_of(&q);
	assert_true(near(s.share, .25));
	assert_true(near(s.points, 2.4) && near(s.lo, 1.6) && near(s.hi, 3.2));
}

static void has_nothing_at_stake_at_the_target(void **state)
{
	(void)state;
	struct at_stake_question q = { -60, -80, -40, 10, 200, 1000, .05 },
				 nobody = { -60, -80, -40, 0, 0, 10, 0 };
	assert_true(near(at_stake_of(&q).points, 0) && near(at_stake_of(&q).hi, 0));
	assert_true(near(at_stake_of(&nobody).points, 0));
}

/* The model written out: a linear score of two themes, the whole population's mean before and after. */
static void is_the_difference_of_two_standardised_means(void **state)
{
	(void)state;
	double now = 0, then = 0, n = 400;
	int mentions = 0;
	for (int i = 0; i < 400; i++) {
		int speaks = i % 4 == 0, theme = speaks && i % 8 == 0, other = speaks && i % 3 == 0;
		mentions += theme;
		now += (20 - 50 * theme - 10 * other) / n;
		/* Half of the mentions are gone. */
		then += (20 - 50 * (theme * .5) - 10 * other) / n;
	}
	struct at_stake_question q = {
		-50, -50, -50, mentions, 100, 400, (double)mentions / 100 / 2
	};
	assert_true(near(at_stake_of(&q).points, then - now));
}

static void takes_chance_for_no_better_quarter(void **state)
{
	(void)state;
	/* Drawn from one share of .2, as a coin would: the target is that share, not the lowest quarter's .13. */
	struct at_stake_quarter chance[] = { { 20, 100 }, { 13, 100 }, { 24, 100 },
		                             { 21, 100 }, { 19, 100 }, { 23, 100 } };
	struct at_stake_quarter real[] = { { 5, 100 }, { 40, 100 }, { 42, 100 },
		                           { 6, 100 }, { 38, 100 }, { 41, 100 } };
	double target;
	assert_true(at_stake_target(chance, 6, &target));
	assert_true(near(target, 120 / 600.0));
	assert_true(at_stake_target(real, 6, &target));
	assert_true(target > .05 && target < .08);
	assert_false(at_stake_target(real, 3, &target));
	struct at_stake_quarter empty[] = { { 0, 0 }, { 0, 0 }, { 0, 5 },
		                            { 0, 5 }, { 0, 5 }, { 0, 5 } };
	assert_true(at_stake_target(empty, 6, &target));
	assert_true(near(target, 0));
	assert_false(at_stake_target(empty, 5, &target));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_the_silent_too),
		cmocka_unit_test(has_nothing_at_stake_at_the_target),
		cmocka_unit_test(is_the_difference_of_two_standardised_means),
		cmocka_unit_test(takes_chance_for_no_better_quarter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
