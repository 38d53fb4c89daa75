/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_rank.h"
#include "stats/nps_funnel.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) < (by))
#define SEGMENTS_MAX   60

static struct arena arena;

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* Thirteen trials of a vaccine, the data that methods of pooling are shown with; tau^2 by Paule and Mandel is .318. */
static void finds_the_spread_of_the_vaccine_trials(void **state)
{
	(void)state;
	static const double trials[13][4] = {
		{ 4, 119, 11, 128 },       { 6, 300, 29, 274 },        { 3, 228, 11, 209 },
		{ 62, 13536, 248, 12619 }, { 33, 5036, 47, 5761 },     { 180, 1361, 372, 1079 },
		{ 8, 2537, 10, 619 },      { 505, 87886, 499, 87892 }, { 29, 7470, 45, 7232 },
		{ 17, 1699, 65, 1600 },    { 186, 50448, 141, 27197 }, { 5, 2493, 3, 2338 },
		{ 27, 16886, 29, 17825 }
	};
	double y[13], v[13];
	for (int i = 0; i < 13; i++) {
		const double *t = trials[i];
		double m = t[0] + t[1], n = t[2] + t[3];
		y[i] = log(t[0] / m / (t[2] / n));
		v[i] = 1 / t[0] - 1 / m + 1 / t[2] - 1 / n;
	}
	double spread = nps_rank_spread(y, v, 13);
	NEAR(spread, .318, .0005);
	NEAR(spread, reference_value("rank", "bcg"), 1e-9);
}

/* Rubin's eight schools: no more spread than chance makes. */
static void finds_none_in_the_eight_schools(void **state)
{
	(void)state;
	static const double y[] = { 28, 8, -3, 7, -1, 1, 18, 12 };
	static const double se[] = { 15, 10, 16, 11, 9, 11, 10, 18 };
	double v[8];
	for (int i = 0; i < 8; i++)
		v[i] = se[i] * se[i];
	NEAR(nps_rank_spread(y, v, 8), 0, 1e-12);
}

static struct nps_sums alone(int promoters, int passives, int detractors)
{
	struct nps_sums sums = { 0 };
	for (int i = 0; i < promoters + passives + detractors; i++)
		nps_add_alone(&sums, i < promoters ? 10 : i < promoters + passives ? 8 : 3);
	return sums;
}

/* As reference/rank.py does. */
static void draw_segments(struct nps_sums *sums, size_t k, unsigned most, uint64_t seed)
{
	for (size_t i = 0; i < k; i++) {
		unsigned n = 40 + reference_pick(&seed, most);
		double up = .25 + .4 * reference_draw(&seed);
		memset(&sums[i], 0, sizeof sums[i]);
		for (unsigned j = 0; j < n; j++) {
			double u = reference_draw(&seed);
			nps_add_alone(&sums[i], u < up ? 10 : u >= .8 ? 3 : 8);
		}
	}
}

static void agrees_with_solving_and_integrating(void **state)
{
	(void)state;
	static const unsigned sizes[][2] = { { 6, 60 }, { 9, 400 }, { 12, 2000 } };
	double value = 0, chance = 0, rank = 0;
	for (unsigned seed = 1; seed <= 3; seed++) {
		struct nps_sums sums[SEGMENTS_MAX];
		size_t k = sizes[seed - 1][0];
		draw_segments(sums, k, sizes[seed - 1][1], seed);
		struct nps_ranking r = nps_rank(&arena, sums, k);
		assert_int_equal(r.ranked, k);
		value = fmax(value, fabs(r.mean - reference_value("rank", "%u-mean", seed)));
		value = fmax(value, fabs(r.spread - reference_value("rank", "%u-spread", seed)));
		for (size_t i = 0; i < k; i++) {
			const struct nps_ranked *s = &r.segments[i];
#define OFF(member, name) fabs(s->member - reference_value("rank", "%u-" name "-%zu", seed, i))
			value = fmax(value, fmax(OFF(shrunk, "shrunk"), OFF(lo, "lo")));
			chance = fmax(chance, OFF(top, "top"));
			rank = fmax(rank, OFF(rank, "rank"));
		}
	}
	print_message("points %.1e, chance %.4f, rank %.3f off at most\n", value, chance, rank);
	assert_true(value < 1e-6 && chance < .02 && rank < .1); /* 4000 draws */
}

static void a_small_segment_does_not_lead_by_luck(void **state)
{
	(void)state;
	struct nps_sums sums[8];
	for (int i = 0; i < 6; i++)
		sums[i] = alone(400 + 30 * i, 300, 250 - 20 * i);
	sums[6] = alone(25, 6, 4); /* 35 answers, 60 points: ahead by score */
	sums[7] = alone(24, 4, 0); /* 28 answers, 86 points: too few */
	struct nps_ranking r = nps_rank(&arena, sums, 8);
	assert_int_equal(r.ranked, 7);
	assert_int_equal(r.top, 3);
	assert_true(r.segments[6].figure.nps > r.segments[5].figure.nps);
	assert_true(r.segments[6].shrunk < r.segments[6].figure.nps - 10);
	assert_true(r.segments[6].top < r.segments[5].top && r.segments[5].top > .9);
	assert_false(r.segments[7].ranked);
	NEAR(r.segments[7].top, 0, 1e-12);
	assert_true(r.segments[7].shrunk > r.mean && r.segments[7].shrunk < 80);
}

static void who_is_ranked_has_thirty_answers_that_count(void **state)
{
	(void)state;
	struct nps_sums sums[2] = { alone(15, 10, 5) };
	for (int account = 0; account < 10; account++) {
		struct nps_cluster cluster = { 0 };
		for (int i = 0; i < 6; i++)
			nps_add(&sums[1], &cluster, account % 2 ? 10 : 3);
	}
	struct nps_ranking r = nps_rank(&arena, sums, 2);
	assert_true(r.segments[0].ranked);
	assert_false(r.segments[1].ranked); /* 60 answers of ten accounts of one mind each */
}

static void alike_segments_have_like_chances(void **state)
{
	(void)state;
	struct nps_sums sums[4] = { alone(50, 30, 20), alone(50, 30, 20), alone(51, 29, 20),
		                    alone(49, 30, 21) };
	struct nps_ranking r = nps_rank(&arena, sums, 4);
	NEAR(r.spread, 0, 1e-12);
	for (int i = 0; i < 4; i++) {
		NEAR(r.segments[i].top, .5, 1e-12); /* two of four */
		NEAR(r.segments[i].rank, 2.5, 1e-12);
		NEAR(r.segments[i].shrunk, r.mean, 1e-9);
	}
}

static void says_the_same_each_time(void **state)
{
	(void)state;
	struct nps_sums sums[9];
	draw_segments(sums, 9, 400, 5);
	struct nps_ranking a = nps_rank(&arena, sums, 9), b = nps_rank(&arena, sums, 9);
	assert_memory_equal(a.segments, b.segments, 9 * sizeof a.segments[0]);
}

static void ranks_nothing_of_nothing(void **state)
{
	(void)state;
	struct nps_sums sums[2] = { alone(3, 0, 0), alone(10, 5, 5) };
	struct nps_ranking r = nps_rank(&arena, sums, 2);
	assert_int_equal(r.ranked, 0);
	r = nps_rank(&arena, sums, 0);
	assert_int_equal(r.ranked, 0);
}

static struct nps_sums together(const struct nps_sums *sums, size_t k)
{
	struct nps_sums all = { 0 };
	for (size_t i = 0; i < k; i++)
		nps_add_sums(&all, &sums[i]);
	return all;
}

static void the_funnel_agrees_with_numpy(void **state)
{
	(void)state;
	static const unsigned sizes[][2] = { { 6, 60 }, { 9, 400 }, { 12, 2000 } };
	double largest = 0;
	for (unsigned seed = 1; seed <= 3; seed++) {
		struct nps_sums sums[SEGMENTS_MAX];
		size_t k = sizes[seed - 1][0];
		draw_segments(sums, k, sizes[seed - 1][1], seed);
		struct nps_sums all = together(sums, k);
		struct nps_funnel f = nps_funnel_of(&arena, &all, sums, k);
		largest = fmax(largest, fabs(f.phi - reference_value("rank", "%u-phi", seed)));
		double hi = nps_funnel_at(&f, 500).hi998;
		largest = fmax(largest, fabs(hi - reference_value("rank", "%u-hi998", seed)));
	}
	print_message("funnel: %.1e off at most\n", largest);
	assert_true(largest < 1e-9);
}

/* Sixty segments of one crowd: one in twenty beyond the inner limits, one in 500 beyond the outer. */
static void the_funnel_holds_chance_where_there_is_nothing_else(void **state)
{
	(void)state;
	int beyond = 0, far = 0, seen = 0;
	uint64_t seed = 11;
	for (int run = 0; run < 60; run++) {
		struct nps_sums sums[SEGMENTS_MAX] = { 0 };
		for (int i = 0; i < SEGMENTS_MAX; i++)
			for (int j = 0; j < 40 + 4 * i; j++) {
				double u = reference_draw(&seed);
				nps_add_alone(&sums[i], u < .5 ? 10 : u < .8 ? 8 : 3);
			}
		struct nps_sums all = together(sums, SEGMENTS_MAX);
		struct nps_funnel f = nps_funnel_of(&arena, &all, sums, SEGMENTS_MAX);
		for (int i = 0; i < SEGMENTS_MAX; i++, seen++) {
			struct nps_figure figure = nps_figure_of(&sums[i]);
			enum nps_side side = nps_funnel_side(&f, &figure);
			beyond += side != NPS_WITHIN;
			far += side == NPS_FAR_BELOW || side == NPS_FAR_ABOVE;
		}
	}
	print_message("beyond: %.4f and %.4f\n", beyond / (double)seen, far / (double)seen);
	assert_true(beyond > .03 * seen && beyond < .06 * seen && far < .005 * seen);
}

static void one_that_stands_out_does_not_widen_the_funnel(void **state)
{
	(void)state;
	struct nps_sums sums[20];
	for (int i = 0; i < 20; i++)
		sums[i] = alone(100 + i % 3, 60, 40);
	sums[0] = alone(40, 60, 100);
	struct nps_sums all = together(sums, 20);
	struct nps_funnel f = nps_funnel_of(&arena, &all, sums, 20);
	struct nps_figure out = nps_figure_of(&sums[0]), in = nps_figure_of(&sums[5]);
	NEAR(f.phi, 1, 1e-12);
	assert_int_equal(nps_funnel_side(&f, &out), NPS_FAR_BELOW);
	assert_int_equal(nps_funnel_side(&f, &in), NPS_WITHIN);
	struct nps_limits at = nps_funnel_at(&f, 2);
	assert_true(at.lo998 <= -100 && at.lo95 < at.hi95);
}

static void the_funnel_widens_where_all_scatter(void **state)
{
	(void)state;
	struct nps_sums sums[12];
	for (int i = 0; i < 12; i++)
		sums[i] = alone(250 + 25 * (i % 6), 150, 225 - 25 * (i % 6));
	struct nps_sums all = together(sums, 12);
	struct nps_funnel f = nps_funnel_of(&arena, &all, sums, 12);
	assert_true(f.phi > 2);
	for (int i = 0; i < 12; i++) {
		struct nps_figure figure = nps_figure_of(&sums[i]);
		assert_int_equal(nps_funnel_side(&f, &figure), NPS_WITHIN);
	}
}

static void scipy_still_says_what_stands_in_the_table(void **state)
{
	(void)state;
	reference_runs_again("rank");
}

#define TEST(name) cmocka_unit_test_teardown(name, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(finds_the_spread_of_the_vaccine_trials),
		TEST(finds_none_in_the_eight_schools),
		TEST(agrees_with_solving_and_integrating),
		TEST(a_small_segment_does_not_lead_by_luck),
		TEST(who_is_ranked_has_thirty_answers_that_count),
		TEST(alike_segments_have_like_chances),
		TEST(says_the_same_each_time),
		TEST(ranks_nothing_of_nothing),
		TEST(the_funnel_agrees_with_numpy),
		TEST(the_funnel_holds_chance_where_there_is_nothing_else),
		TEST(one_that_stands_out_does_not_widen_the_funnel),
		TEST(the_funnel_widens_where_all_scatter),
		TEST(scipy_still_says_what_stands_in_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
