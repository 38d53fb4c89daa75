/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_plan.h"
#include "stats/nps_change.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static const struct nps_expected usual = { .45, .20, 1, 0, 0, 0 };

static void a_drop_of_15_points_takes_410_answers_a_side(void **state)
{
	(void)state;
	NEAR(nps_plan_side(&usual, 15), 410);
	assert_true(fabs(nps_plan_change(&usual, 410, 410) - 15) < .01);
}

/* Chow, Shao and Wang's rule of thumb: half a standard deviation takes 63 a group. */
static void half_a_standard_deviation_takes_63_a_side(void **state)
{
	(void)state;
	struct nps_expected e = { .5, .5, 1, 0, 0, 0 }; /* a standard deviation of 100 points */
	NEAR(nps_plan_side(&e, 50), 63);
}

static void agrees_with_counting_up_and_solving(void **state)
{
	(void)state;
	static const struct nps_expected shares[] = { { .45, .20, 1, 0, 0, 0 },
		                                      { .5, .2, 1, 0, 0, 0 },
		                                      { .8, .05, 1.6, 0, 0, 0 },
		                                      { .95, .01, 1, 0, 0, 0 },
		                                      { .3, .3, 3, 0, 0, 0 } };
	static const int halves[] = { 3, 5, 10 }, changes[] = { 5, 15, 40 };
	for (int i = 0; i < 5; i++)
		for (int k = 0; k < 3; k++) {
			NEAR(nps_plan_answers(&shares[i], halves[k]),
			     reference_value("plan", "%d-answers-%d", i, halves[k]));
			NEAR(nps_plan_side(&shares[i], changes[k]),
			     reference_value("plan", "%d-side-%d", i, changes[k]));
		}
}

static void the_answers_it_asks_for_give_the_range(void **state)
{
	(void)state;
	double n = nps_plan_answers(&usual, 5);
	struct nps_sums sums = { 0 };
	for (int i = 0; i < (int)n; i++)
		nps_add_alone(&sums, i % 20 < 9 ? 10 : i % 20 < 16 ? 8 : 3);
	struct nps_figure f = nps_figure_of(&sums);
	assert_true(fabs((f.hi - f.lo) / 2 - 5) < .01);
}

static struct nps_sums draw(int n, double promoters, double detractors, uint64_t *seed)
{
	struct nps_sums sums = { 0 };
	for (int i = 0; i < n; i++) {
		double u = reference_draw(seed);
		nps_add_alone(&sums, u < promoters ? 10 : u < 1 - detractors ? 8 : 3);
	}
	return sums;
}

static void the_change_is_found_in_four_of_five_cases(void **state)
{
	(void)state;
	enum { RUNS = 2000 };
	const struct nps_pair nobody = { 0 };
	uint64_t seed = 4;
	int found = 0;
	for (int run = 0; run < RUNS; run++) {
		struct nps_sums before = draw(410, .45, .20, &seed);
		struct nps_sums now = draw(410, .375, .275, &seed);
		struct nps_change c = nps_change_of(&now, &before, &nobody);
		found += c.beyond_chance && c.change < 0;
	}
	print_message("a drop of 15 points was found in %.3f of cases\n", found / (double)RUNS);
	assert_true(found > .77 * RUNS && found < .83 * RUNS);
}

static void tells_how_many_weeks_it_takes(void **state)
{
	(void)state;
	NEAR(nps_plan_weeks(&usual, 15, 410, 41), 10);
	assert_true(nps_plan_weeks(&usual, 15, 4000, 41) < 6);
	assert_true(isinf(nps_plan_weeks(&usual, 15, 200, 41)));
	assert_true(isinf(nps_plan_weeks(&usual, 15, 410, 0)));
}

/* 80 accounts that answered 20 times, of which a third is likeness. */
static void accounts_that_answer_again_set_a_limit(void **state)
{
	(void)state;
	struct nps_expected e = { .45, .20, 1 + 19 / 3.0, 1600, 80, 0 };
	const struct nps_expected fresh = { .45, .20, e.deff, 1600, 80, 1 };
	const struct nps_expected whatever = { .45, .20, e.deff, 0, 0, 0 };
	/* 80 x 3 independent ones at most: 1600 of them tell 218. */
	assert_true(isinf(nps_plan_answers(&e, 9)));
	assert_true(nps_plan_answers(&e, 10.5) < 1600 && nps_plan_answers(&e, 10) > 1600);
	assert_true(isinf(nps_plan_side(&e, 15)));
	assert_true(isfinite(nps_plan_side(&e, 25)));
	assert_true(isfinite(nps_plan_weeks(&e, 15, 1e9, 100)));
	assert_true(isinf(nps_plan_weeks(&e, 10, 1600 / e.deff, 100)));
	assert_true(nps_plan_change(&e, 1e6, 1e6) > 15);
	/* New accounts come as the answers do: the design effect stays. */
	assert_true(fabs(nps_plan_side(&fresh, 15) - nps_plan_side(&whatever, 15)) <= 1);
	e.grows = 0.5;
	assert_true(nps_plan_side(&e, 15) > nps_plan_side(&fresh, 15));
	assert_true(isfinite(nps_plan_answers(&e, 5)));
}

static void scipy_still_says_what_stands_in_the_table(void **state)
{
	(void)state;
	reference_runs_again("plan");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_drop_of_15_points_takes_410_answers_a_side),
		cmocka_unit_test(half_a_standard_deviation_takes_63_a_side),
		cmocka_unit_test(agrees_with_counting_up_and_solving),
		cmocka_unit_test(the_answers_it_asks_for_give_the_range),
		cmocka_unit_test(the_change_is_found_in_four_of_five_cases),
		cmocka_unit_test(tells_how_many_weeks_it_takes),
		cmocka_unit_test(accounts_that_answer_again_set_a_limit),
		cmocka_unit_test(scipy_still_says_what_stands_in_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
