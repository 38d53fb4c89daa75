/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/uneven.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) < (by))

static struct arena arena;
static const double each_its_own[2] = { 1, 1 };

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* By hand: v of 30 of 40 promoters, none a detractor, is (p + d - (p - d)^2) / 43 with p = 30.75/43, d = .75/43. */
static void weighs_a_change_against_that_of_the_others(void **state)
{
	(void)state;
	const struct uneven_cell cells[] = {
		{ { 40, 40 }, { 30, 10 }, { 0, 0 } },
		{ { 40, 40 }, { 30, 30 }, { 0, 0 } },
	};
	struct uneven u;
	uneven_of(&arena, cells, 2, each_its_own, &u);
	double p = 30.75 / 43, q = 10.75 / 43, d = .75 / 43;
	double high = (p + d - (p - d) * (p - d)) / 43, low = (q + d - (q - d) * (q - d)) / 43;
	double se = sqrt(3 * high + low), z = 20. / 43 / se;
	NEAR(u.segments[0].apart, -50, 1e-9);
	NEAR(u.segments[1].apart, 50, 1e-9);
	NEAR(u.segments[0].p, erfc(z / sqrt(2)), 1e-9);
	NEAR(u.segments[1].p, u.segments[0].p, 1e-12);
	/* Changes of -50 and 0 with weights of a half: variance 625, less what chance makes of it. */
	NEAR(u.spread, 100 * sqrt(.0625 - (3 * high + low) / 4), 1e-9);
}

static void people_of_one_mind_count_as_fewer(void **state)
{
	(void)state;
	const struct uneven_cell cells[] = {
		{ { 400, 400 }, { 300, 250 }, { 50, 50 } },
		{ { 400, 400 }, { 300, 300 }, { 50, 50 } },
	};
	const double alike[2] = { 4, 4 };
	struct uneven alone, together;
	uneven_of(&arena, cells, 2, each_its_own, &alone);
	uneven_of(&arena, cells, 2, alike, &together);
	NEAR(alone.segments[0].apart, together.segments[0].apart, 1e-9);
	assert_true(alone.segments[0].p < together.segments[0].p);
	assert_true(alone.spread > together.spread);
}

static void what_came_or_went_has_no_change_of_its_own(void **state)
{
	(void)state;
	const struct uneven_cell cells[] = {
		{ { 0, 40 }, { 0, 0 }, { 0, 40 } },
		{ { 40, 0 }, { 40, 0 }, { 0, 0 } },
		{ { 40, 40 }, { 20, 20 }, { 0, 0 } },
	};
	struct uneven u;
	uneven_of(&arena, cells, 3, each_its_own, &u);
	NEAR(u.spread, 0, 1e-12);
	assert_true(u.segments[0].p == 1 && u.segments[1].p == 1 && u.segments[2].p < 1);
	uneven_of(&arena, cells + 2, 1, each_its_own, &u);
	assert_true(u.segments[0].p == 1);
	uneven_of(&arena, cells, 0, each_its_own, &u);
	NEAR(u.spread, 0, 1e-12);
}

static void draw(uint64_t *seed, struct uneven_cell *cell, int n, double fall)
{
	*cell = (struct uneven_cell){ .n = { n, n } };
	for (size_t t = 0; t < 2; t++)
		for (int i = 0; i < n; i++) {
			double u = reference_draw(seed), detractors = .2 + (t ? fall : 0);
			cell->detractors[t] += u < detractors;
			cell->promoters[t] += u > .6;
		}
}

/* Segments that fall alike: one is told apart in at most about 5 % of cases, and the spread is small. */
static void segments_that_move_alike_are_seldom_told_apart(void **state)
{
	(void)state;
	uint64_t seed = 20261126;
	int apart = 0, rounds = 4000;
	double square = 0;
	for (int round = 0; round < rounds; round++) {
		struct uneven_cell cells[4];
		struct uneven u;
		for (size_t i = 0; i < 4; i++)
			draw(&seed, &cells[i], 60, .1);
		uneven_of(&arena, cells, 4, each_its_own, &u);
		apart += u.segments[0].p < .05;
		square += u.spread * u.spread;
		arena_free(&arena);
	}
	assert_in_range(apart, rounds * 3 / 100, rounds * 6 / 100);
	/* Chance alone spreads such segments by 13.6 points; cut at 0 the estimate keeps some of it. */
	assert_true(sqrt(square / rounds) < 10);
}

static void a_segment_that_falls_alone_is_found(void **state)
{
	(void)state;
	uint64_t seed = 4;
	int found = 0, rounds = 400;
	double spread = 0;
	for (int round = 0; round < rounds; round++) {
		struct uneven_cell cells[4];
		struct uneven u;
		for (size_t i = 0; i < 4; i++)
			draw(&seed, &cells[i], 300, i == 2 ? .3 : 0);
		uneven_of(&arena, cells, 4, each_its_own, &u);
		found += u.segments[2].p < .01;
		spread += u.spread / rounds;
		arena_free(&arena);
	}
	assert_true(found > rounds * 90 / 100);
	NEAR(spread, 30 * sqrt(.25 * .75), 1.5); /* one of four by 30 points */
}

#define TEST(name) cmocka_unit_test_teardown(name, drop)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(weighs_a_change_against_that_of_the_others),
		TEST(people_of_one_mind_count_as_fewer),
		TEST(what_came_or_went_has_no_change_of_its_own),
		TEST(segments_that_move_alike_are_seldom_told_apart),
		TEST(a_segment_that_falls_alone_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
