/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/mix_change.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static const struct {
	size_t count;
	double before[4], now[4];
	bool moved;
} cases[] = {
	{ 4, { 400, 300, 200, 100 }, { 310, 330, 240, 120 }, false }, /* sure, but not 10 points */
	{ 4, { 50, 30, 3, 1 }, { 40, 10, 30, 4 }, true },
	{ 2, { 60, 20 }, { 22, 50 }, true },
};

static void is_what_scipy_gives(void **state)
{
	(void)state;
	double largest = 0;
	for (unsigned i = 0; i < 3; i++) {
		struct mix_change m =
		    mix_change_of(cases[i].before, cases[i].now, cases[i].count, 1);
		double distance = reference_value("quality", "mix%u-distance", i);
		double chance = reference_value("quality", "mix%u-chance", i);
		largest = fmax(largest, fmax(fabs(m.distance - distance), fabs(m.chance - chance)));
		assert_int_equal(m.moved, cases[i].moved);
	}
	print_message("largest difference to the reference: %g\n", largest);
	assert_true(largest < 1e-12);
}

static void few_answers_and_answers_of_one_mind_move_nothing(void **state)
{
	(void)state;
	double before[] = { 12, 8, 5 }, now[] = { 8, 12, 5 };
	struct mix_change m = mix_change_of(before, now, 3, 1);
	assert_true(m.distance > MIX_MOVED);
	assert_true(m.by_chance > MIX_MOVED);
	assert_false(m.moved);
	assert_true(mix_change_of(cases[2].before, cases[2].now, 2, 1).moved);
	struct mix_change grouped = mix_change_of(cases[2].before, cases[2].now, 2, 6);
	assert_false(grouped.moved);
	assert_true(fabs(grouped.distance - reference_value("quality", "mix2-distance")) < 1e-12);
}

static void a_channel_that_appears_moves_the_mix(void **state)
{
	(void)state;
	double before[] = { 500, 0 }, now[] = { 400, 100 };
	struct mix_change m = mix_change_of(before, now, 2, 1);
	assert_true(m.moved);
	assert_true(fabs(m.distance - 0.2) < 1e-12);
	double none[] = { 0, 0 };
	assert_false(mix_change_of(before, none, 2, 1).moved);
	assert_int_equal(mix_change_of(before, before, 2, 1).degrees, 0);
}

static void names_the_channel_that_moved_most(void **state)
{
	(void)state;
	double before[] = { 100, 300, 100 }, now[] = { 120, 180, 200 };
	assert_int_equal(mix_change_of(before, now, 3, 1).most, 1);
}

/* 500 pairs of periods of 80 answers in five channels, nothing moved. */
static void chance_alone_rarely_makes_a_mark(void **state)
{
	(void)state;
	enum { RUNS = 500, ANSWERS = 80 };
	uint64_t seed = 6;
	int marks = 0;
	double distance = 0, by_chance = 0;
	for (int run = 0; run < RUNS; run++) {
		double counts[2][5] = { { 0 } };
		for (int i = 0; i < 2 * ANSWERS; i++) {
			double u = reference_draw(&seed);
			counts[i % 2][(int)(5 * u * u)]++;
		}
		struct mix_change m = mix_change_of(counts[0], counts[1], 5, 1);
		marks += m.moved;
		distance += m.distance / RUNS;
		by_chance += m.by_chance / RUNS;
	}
	print_message("marks: %d of %d; distance %.3f, said to be by chance %.3f\n", marks, RUNS,
	              distance, by_chance);
	assert_true(marks <= RUNS * 2 / 100);
	assert_true(fabs(distance - by_chance) < 0.01);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_what_scipy_gives),
		cmocka_unit_test(few_answers_and_answers_of_one_mind_move_nothing),
		cmocka_unit_test(a_channel_that_appears_moves_the_mix),
		cmocka_unit_test(names_the_channel_that_moved_most),
		cmocka_unit_test(chance_alone_rarely_makes_a_mark),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
