/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_finite.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static struct nps_sums alone(int promoters, int passives, int detractors)
{
	struct nps_sums sums = { 0 };
	for (int i = 0; i < promoters + passives + detractors; i++)
		nps_add_alone(&sums, i < promoters ? 10 : i < promoters + passives ? 8 : 3);
	return sums;
}

static void is_the_plain_interval_of_an_endless_crowd(void **state)
{
	(void)state;
	struct nps_sums sums = alone(66, 30, 24);
	struct nps_figure plain = nps_figure_of(&sums);
	struct nps_figure f = nps_finite_of(&sums, INT64_C(1) << 60);
	NEAR(f.lo, plain.lo);
	NEAR(f.hi, plain.hi);
	NEAR(nps_rounded(f.lo), 20.1);
}

static void is_the_score_itself_when_all_have_answered(void **state)
{
	(void)state;
	struct nps_sums sums = alone(66, 30, 24);
	NEAR(nps_finite_of(&sums, 120).lo, 35);
	NEAR(nps_finite_of(&sums, 120).hi, 35);
	NEAR(nps_finite_of(&sums, 100).hi, 35);
}

/* Cochran's rule: with three of four people asked, half as wide. */
static void is_half_as_wide_when_three_of_four_have_answered(void **state)
{
	(void)state;
	struct nps_sums sums = alone(400, 200, 150);
	struct nps_figure plain = nps_figure_of(&sums), f = nps_finite_of(&sums, 1000);
	assert_true(fabs((f.hi - f.lo) / (plain.hi - plain.lo) - .5) < .01);
	NEAR(f.nps, plain.nps);
}

static void hides_and_doubts_what_the_plain_one_does(void **state)
{
	(void)state;
	struct nps_sums few = alone(4, 0, 0), one = { .people = 6 };
	struct nps_cluster account = { 0 };
	for (int i = 0; i < 6; i++)
		nps_add(&one, &account, 10);
	assert_int_equal(nps_finite_of(&few, 5).label, NPS_HIDDEN);
	NEAR(nps_finite_of(&one, 7).lo, -100);
	NEAR(nps_finite_of(&one, 6).lo, 100);
}

/* People are drawn from N of whom `promoters` and `detractors` are known, none twice. */
static double coverage(int people, int promoters, int detractors, int asked, uint64_t seed)
{
	enum { RUNS = 4000 };
	int held = 0;
	double truth = 100.0 * (promoters - detractors) / people;
	for (int run = 0; run < RUNS; run++) {
		struct nps_sums sums = { 0 };
		int left = people, up = promoters, down = detractors;
		for (int i = 0; i < asked; i++) {
			int pick = (int)reference_pick(&seed, (unsigned)left--);
			int score = pick < up ? 10 : pick < up + down ? 3 : 8;
			nps_add_alone(&sums, score);
			up -= score == 10;
			down -= score == 3;
		}
		struct nps_figure f = nps_finite_of(&sums, people);
		held += f.lo <= truth + 1e-9 && truth <= f.hi + 1e-9;
	}
	return held / (double)RUNS;
}

static void holds_the_score_of_all_customers_as_often_as_it_says(void **state)
{
	(void)state;
	static const struct {
		int people, promoters, detractors, asked;
	} worlds[] = { { 60, 30, 12, 20 },     { 60, 30, 12, 45 },    { 100, 80, 5, 50 },
		       { 100, 30, 30, 80 },    { 400, 200, 80, 300 }, { 400, 360, 20, 100 },
		       { 1000, 500, 200, 100 } };
	for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
		double share = coverage(worlds[i].people, worlds[i].promoters, worlds[i].detractors,
		                        worlds[i].asked, i + 1);
		print_message("world %zu: %.3f\n", i, share);
		assert_true(share > .935);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_plain_interval_of_an_endless_crowd),
		cmocka_unit_test(is_the_score_itself_when_all_have_answered),
		cmocka_unit_test(is_half_as_wide_when_three_of_four_have_answered),
		cmocka_unit_test(hides_and_doubts_what_the_plain_one_does),
		cmocka_unit_test(holds_the_score_of_all_customers_as_often_as_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
