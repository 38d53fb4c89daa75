/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/quality_burst.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) < (by))

/* Two points: 1 - (1 - w)^2. All of three: 3 w^2 - 2 w^3 (Naus 1965). */
static void is_exact_where_the_answer_is_known(void **state)
{
	(void)state;
	for (double w = 0.05; w <= 0.5; w += 0.05) {
		NEAR(quality_burst_chance(2, 2, w), 2 * w - w * w, 1e-12);
		NEAR(quality_burst_chance(3, 3, w), 3 * w * w - 2 * w * w * w, 1e-12);
	}
}

/* That the approximation is good to .003 is what reference/quality.py asserts by simulation. */
static void is_what_scipy_gives(void **state)
{
	(void)state;
	static const struct {
		size_t k, n;
		double w;
	} cases[] = {
		{ 4, 10, 0.02 }, { 6, 30, 0.02 }, { 9, 100, 0.01 }, { 5, 8, 0.1 }, { 12, 200, 0.01 }
	};
	double largest = 0;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		double ours = quality_burst_chance(cases[i].k, cases[i].n, cases[i].w);
		double theirs = reference_value("quality", "scan-%zu-%zu", cases[i].k, cases[i].n);
		largest = fmax(largest, fabs(ours / theirs - 1));
	}
	print_message("largest difference to the reference: %g of the chance\n", largest);
	assert_true(largest < 1e-10);
}

static void answers_all_at_once_are_a_burst(void **state)
{
	(void)state;
	double at[40];
	for (int i = 0; i < 40; i++)
		at[i] = i < 12 ? i / 40.0 : i < 20 ? 0.35 + i * 1e-4 : i / 40.0;
	struct quality_burst b = quality_burst_of(at, 40, 0.002);
	assert_int_equal(b.first, 12);
	assert_int_equal(b.count, 8);
	assert_true(b.chance < 1e-6);
	for (int i = 0; i < 40; i++)
		at[i] = (i + 0.5) / 40;
	b = quality_burst_of(at, 40, 0.002);
	assert_true(b.chance > 0.5);
	assert_int_equal(quality_burst_of(at, 0, 0.1).count, 0);
}

/* A mailing at 500 s brings half of all answers, of the unit as of the others. */
static void a_mailing_that_everyone_got_is_no_burst(void **state)
{
	(void)state;
	enum { OTHERS = 2000, UNIT = 60 };
	static int64_t others[OTHERS], unit[UNIT];
	double at[UNIT];
	for (int i = 0; i < OTHERS; i++)
		others[i] = i < 500 ? i : i < 1500 ? 500 + (i - 500) / 200 : i - 995;
	for (int i = 0; i < UNIT; i++)
		unit[i] = i < 15 ? i * 33 : i < 45 ? 500 + (i - 15) / 6 : (i - 45) * 33 + 510;
	quality_burst_place(unit, UNIT, others, OTHERS, at);
	for (int i = 1; i < UNIT; i++)
		assert_true(at[i] >= at[i - 1] && at[i] <= 1);
	struct quality_burst fair = quality_burst_of(at, UNIT, 0.02);
	/* the same answers while the others are away */
	for (int i = 0; i < OTHERS; i++)
		others[i] = i < 1000 ? i / 2 : i;
	quality_burst_place(unit, UNIT, others, OTHERS, at);
	struct quality_burst own = quality_burst_of(at, UNIT, 0.02);
	print_message("mailing: %.3g, own: %.3g\n", fair.chance, own.chance);
	assert_true(fair.chance > 1e-4);
	assert_true(own.chance < 1e-12);
}

static void a_time_counts_by_the_others_before_it(void **state)
{
	(void)state;
	static const int64_t others[] = { 100, 200, 400 };
	static const int64_t unit[] = { 50, 150, 200, 250, 500 };
	static const double expected[] = { 0.5 / 4, 1.5 / 4, 2.0 / 4, 2.25 / 4, 3.5 / 4 };
	double at[5];
	quality_burst_place(unit, 5, others, 3, at);
	for (int i = 0; i < 5; i++)
		NEAR(at[i], expected[i], 1e-12);
	quality_burst_place(unit, 5, others, 0, at);
	NEAR(at[4], 0.5, 1e-12);
}

static int ascending(const void *a, const void *b)
{
	double p = *(const double *)a, q = *(const double *)b;
	return (p > q) - (p < q);
}

static void chance_makes_no_more_bursts_than_it_says(void **state)
{
	(void)state;
	enum { RUNS = 4000 };
	uint64_t seed = 8;
	int bursts = 0;
	for (int run = 0; run < RUNS; run++) {
		double at[50];
		for (int i = 0; i < 50; i++)
			at[i] = reference_draw(&seed);
		qsort(at, 50, sizeof *at, ascending);
		bursts += quality_burst_of(at, 50, 0.01).chance < 0.05;
	}
	print_message("below .05: %.3f\n", bursts / (double)RUNS);
	assert_true(bursts < RUNS * 6 / 100);
	assert_true(bursts > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_exact_where_the_answer_is_known),
		cmocka_unit_test(is_what_scipy_gives),
		cmocka_unit_test(answers_all_at_once_are_a_burst),
		cmocka_unit_test(a_time_counts_by_the_others_before_it),
		cmocka_unit_test(a_mailing_that_everyone_got_is_no_burst),
		cmocka_unit_test(chance_makes_no_more_bursts_than_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
