/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/quality_share.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define UNITS 200

static struct arena arena;
static struct quality_unit units[UNITS];

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void draw_units(uint64_t *seed, size_t count, double spread, double odd)
{
	for (size_t u = 0; u < count; u++) {
		unsigned n = 10 + reference_pick(seed, 300), with = 0;
		double share = 0.5 + spread * (reference_draw(seed) - 0.5) * 2 + (u == 7 ? odd : 0);
		for (unsigned i = 0; i < n; i++)
			with += reference_draw(seed) < share;
		units[u] = (struct quality_unit){ n, with };
	}
}

static void is_what_numpy_makes_of_the_same_units(void **state)
{
	(void)state;
	double largest = 0;
	for (unsigned s = 1; s <= 2; s++) {
		uint64_t seed = s;
		draw_units(&seed, 40, s == 1 ? 0 : 0.15, 0.3);
		struct quality_shares q = quality_share_of(&arena, units, 40);
		double tau2 = reference_value("quality", "funnel%u-tau2", s);
		largest = fmax(largest, fabs(q.tau2 - tau2));
		for (unsigned u = 0; u < 40; u++) {
			double z = reference_value("quality", "funnel%u-%u", s, u);
			largest = fmax(largest, fabs(q.units[u].z - z));
		}
	}
	print_message("largest difference to the reference: %g\n", largest);
	assert_true(largest < 1e-10);
}

static void marks_the_odd_one_and_says_where_the_others_end(void **state)
{
	(void)state;
	uint64_t seed = 1;
	draw_units(&seed, 40, 0, 0.3);
	struct quality_shares q = quality_share_of(&arena, units, 40);
	assert_int_equal(q.units[7].label, QUALITY_OFTEN);
	assert_true(q.units[7].share > q.units[7].hi);
	assert_int_equal(q.worth_a_look, 1);
	for (size_t u = 0; u < 40; u++)
		if (u != 7 && units[u].n >= QUALITY_ANSWERS)
			assert_true(q.units[u].lo < q.units[u].share &&
			            q.units[u].share < q.units[u].hi);
}

static void lows_are_looked_at_like_highs(void **state)
{
	(void)state;
	uint64_t seed = 1;
	draw_units(&seed, 40, 0, -0.3);
	struct quality_shares q = quality_share_of(&arena, units, 40);
	assert_int_equal(q.units[7].label, QUALITY_SELDOM);
}

static void small_units_are_not_judged(void **state)
{
	(void)state;
	uint64_t seed = 1;
	draw_units(&seed, 40, 0, 0);
	units[3] = (struct quality_unit){ 29, 29 };
	struct quality_shares q = quality_share_of(&arena, units, 40);
	assert_int_equal(q.units[3].label, QUALITY_FEW);
	struct quality_unit none = { 0, 0 };
	q = quality_share_of(&arena, &none, 1);
	assert_int_equal(q.units[0].label, QUALITY_FEW);
	assert_int_equal(quality_share_of(&arena, &none, 0).judged, 0);
}

/* Where all units differ for small reasons of their own, hardly one is worth a look. */
static void units_that_all_differ_are_usual(void **state)
{
	(void)state;
	enum { RUNS = 50 };
	uint64_t seed = 99;
	size_t alike = 0, differing = 0;
	for (int run = 0; run < RUNS; run++) {
		draw_units(&seed, UNITS, 0, 0);
		alike += quality_share_of(&arena, units, UNITS).worth_a_look > 0;
		draw_units(&seed, UNITS, 0.2, 0);
		differing += quality_share_of(&arena, units, UNITS).worth_a_look > 0;
		arena_free(&arena);
	}
	print_message("a unit worth a look in %zu of %d alike, in %zu of %d that differ\n", alike,
	              RUNS, differing, RUNS);
	assert_in_range(alike, 0, RUNS * 12 / 100);
	assert_in_range(differing, 0, RUNS * 12 / 100);
}

static void the_reference_runs_again(void **state)
{
	(void)state;
	reference_runs_again("quality");
}

#define TEST(name) cmocka_unit_test_teardown(name, drop)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_what_numpy_makes_of_the_same_units),
		TEST(marks_the_odd_one_and_says_where_the_others_end),
		TEST(lows_are_looked_at_like_highs),
		TEST(small_units_are_not_judged),
		TEST(units_that_all_differ_are_usual),
		TEST(the_reference_runs_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
