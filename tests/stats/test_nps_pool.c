/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_pool.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) < (by))

static struct nps_figure figure(int promoters, int passives, int detractors)
{
	struct nps_sums sums = { 0 };
	for (int i = 0; i < promoters; i++)
		nps_add_alone(&sums, 10);
	for (int i = 0; i < passives; i++)
		nps_add_alone(&sums, 8);
	for (int i = 0; i < detractors; i++)
		nps_add_alone(&sums, 1);
	sums.people = promoters + passives + detractors;
	return nps_figure_of(&sums);
}

static void by_answers_it_is_the_score_of_all_answers(void **state)
{
	(void)state;
	const struct nps_stratum two[] = { { figure(60, 20, 20), figure(0, 0, 0), 0 },
		                           { figure(5, 5, 40), figure(0, 0, 0), 0 } };
	struct nps_pool pool = nps_pool_of(two, 2, true);
	assert_true(pool.shown && !pool.change_shown);
	NEAR(pool.nps, 100. * (65 - 60) / 150, 1e-9);
	assert_int_equal(pool.responses, 150);
	/* By hand, from the two adjusted estimates. */
	double c1 = 40. / 103, c2 = -35. / 53;
	double v1 = (81.5 / 103 - c1 * c1) / 103, v2 = (46.5 / 53 - c2 * c2) / 53;
	double centre = (2 * c1 + c2) / 3, se = sqrt((4 * v1 + v2) / 9);
	NEAR(pool.lo, 100 * (centre - 1.959963984540054 * se), 1e-9);
	NEAR(pool.hi, 100 * (centre + 1.959963984540054 * se), 1e-9);
}

static void given_weights_say_what_each_is_worth_whoever_answered(void **state)
{
	(void)state;
	const struct nps_stratum two[] = { { figure(60, 20, 20), figure(50, 30, 20), 1 },
		                           { figure(5, 5, 40), figure(25, 0, 25), 3 } };
	struct nps_pool pool = nps_pool_of(two, 2, false);
	NEAR(pool.nps, (40 - 3 * 70) / 4., 1e-9);
	NEAR(pool.before, 30 / 4., 1e-9);
	NEAR(pool.change, pool.nps - pool.before, 1e-12);
	assert_true(pool.change_shown && pool.change_lo < pool.change &&
	            pool.change < pool.change_hi);
}

static void what_has_no_score_gives_no_total(void **state)
{
	(void)state;
	struct nps_stratum two[] = { { figure(60, 20, 20), figure(60, 20, 20), 1 },
		                     { figure(1, 1, 1), figure(0, 0, 0), 1 } };
	assert_false(nps_pool_of(two, 2, false).shown);
	assert_true(nps_pool_of(two, 2, true).shown);
	two[1].weight = 0;
	assert_true(nps_pool_of(two, 2, false).shown);
	two[0].weight = 0;
	assert_false(nps_pool_of(two, 2, false).shown);
	assert_false(nps_pool_of(two + 1, 1, true).shown);
	assert_false(nps_pool_of(two, 0, true).shown);
}

static struct nps_figure drawn(uint64_t *seed, int n, double promoters, double detractors)
{
	int p = 0, d = 0;
	for (int i = 0; i < n; i++) {
		double u = reference_draw(seed);
		p += u < promoters;
		d += u > 1 - detractors;
	}
	return figure(p, n - p - d, d);
}

static void the_interval_holds_the_truth_as_often_as_it_says(void **state)
{
	(void)state;
	uint64_t seed = 77;
	int held = 0, rounds = 4000;
	double truth = 100 * (.7 * (.6 - .1) + .3 * (.2 - .5));
	for (int i = 0; i < rounds; i++) {
		const struct nps_stratum two[] = { { drawn(&seed, 40, .6, .1), { 0 }, 7 },
			                           { drawn(&seed, 200, .2, .5), { 0 }, 3 } };
		struct nps_pool pool = nps_pool_of(two, 2, false);
		held += pool.lo <= truth && truth <= pool.hi;
	}
	assert_in_range(held, rounds * 935 / 1000, rounds * 97 / 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_answers_it_is_the_score_of_all_answers),
		cmocka_unit_test(given_weights_say_what_each_is_worth_whoever_answered),
		cmocka_unit_test(what_has_no_score_gives_no_total),
		cmocka_unit_test(the_interval_holds_the_truth_as_often_as_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
