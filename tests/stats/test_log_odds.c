/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/log_odds.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-12)

/* 30 of 200 and 20 of 400: a prior of 200 people, of whom 50 of 600 say it. */
static void is_the_formula_written_out(void **state)
{
	(void)state;
	struct log_odds o = log_odds_of(30, 200, 20, 400);
	double prior = 200 * 50 / 600.0, a = 30 + prior, b = 400 - a, c = 20 + prior, d = 600 - c;
	double spread = sqrt(1 / a + 1 / b + 1 / c + 1 / d);
	NEAR(o.delta, log(a / b / (c / d)));
	NEAR(o.hi - o.lo, 2 * 1.959963984540054 * spread);
	NEAR(o.z, o.delta / spread);
	struct log_odds turned = log_odds_of(20, 400, 30, 200);
	NEAR(turned.delta, -o.delta);
	NEAR(turned.p, o.p);
}

static void says_nothing_where_nothing_can_differ(void **state)
{
	(void)state;
	static const int64_t none[][4] = {
		{ 0, 10, 0, 10 }, { 10, 10, 20, 20 }, { 3, 10, 0, 0 }, { 0, 0, 0, 0 }
	};
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		struct log_odds o = log_odds_of(none[i][0], none[i][1], none[i][2], none[i][3]);
		assert_true(o.delta == 0 && o.z == 0 && o.p == 1);
	}
}

static int64_t drawn(uint64_t *state, int64_t n, double share)
{
	int64_t hits = 0;
	for (int64_t i = 0; i < n; i++) {
		*state = *state * 6364136223846793005u + 1442695040888963407u;
		hits += (double)(*state >> 11) / 9007199254740992.0 < share;
	}
	return hits;
}

/* The tea taster's cups, R's fisher.test on them: .2429 of one tail; and a table whose tails are unlike. */
static void p_is_fishers(void **state)
{
	(void)state;
	assert_true(fabs(log_odds_of(3, 4, 1, 4).p - 2 * 17 / 70.0) < 1e-12);
	assert_true(log_odds_of(2, 4, 2, 4).p == 1);
	/* 20 of 150 and none of 295: choose(150, 20) / choose(445, 20), twice. */
	double p = 2 * exp(lgamma(151) - lgamma(131) - lgamma(446) + lgamma(426));
	assert_true(fabs(log_odds_of(20, 150, 0, 295).p / p - 1) < 1e-9);
}

/* Where both sides say it alike, p is small no more often than it says: of groups alike and unlike in size, of the rare and the
 * common. */
static void keeps_its_level(void **state)
{
	(void)state;
	static const int64_t sizes[][2] = {
		{ 100, 100 }, { 60, 2000 }, { 2000, 60 }, { 1500, 1500 }
	};
	static const double shares[] = { .005, .02, .1, .5, .9 };
	uint64_t rng = 3;
	double worst = 0, worst_rare = 0;
	for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
		for (size_t k = 0; k < sizeof shares / sizeof shares[0]; k++) {
			int hits = 0, rare = 0, draws = 4000;
			for (int i = 0; i < draws; i++) {
				int64_t y = drawn(&rng, sizes[s][0], shares[k]);
				int64_t x = drawn(&rng, sizes[s][1], shares[k]);
				double p = log_odds_of(y, sizes[s][0], x, sizes[s][1]).p;
				hits += p < .05;
				rare += p < .001;
			}
			worst = fmax(worst, (double)hits / draws);
			worst_rare = fmax(worst_rare, (double)rare / draws);
		}
	print_message("p below .05 in %.4f, below .001 in %.4f of draws at most\n", worst,
	              worst_rare);
	assert_true(worst <= .05);
	assert_true(worst_rare <= .002);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_formula_written_out),
		cmocka_unit_test(p_is_fishers),
		cmocka_unit_test(says_nothing_where_nothing_can_differ),
		cmocka_unit_test(keeps_its_level),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
