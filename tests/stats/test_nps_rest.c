/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_rest.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ACCOUNTS_MAX 2000

/* Answers by account, in a segment and outside, with what the caller of nps_rest knows of them and what it does not. */
struct world {
	struct nps_cluster here[ACCOUNTS_MAX], there[ACCOUNTS_MAX], all[ACCOUNTS_MAX];
	struct nps_sums part, rest, whole;
	struct nps_pair across, with_rest;
};

static void answer(struct world *w, int account, bool here, int score)
{
	nps_add(&w->whole, &w->all[account], score);
	nps_add(here ? &w->part : &w->rest, here ? &w->here[account] : &w->there[account], score);
}

static void pair_up(struct nps_pair *pair, const struct nps_cluster *a, const struct nps_cluster *b)
{
	pair->ss += a->s * b->s;
	pair->sn += a->s * b->n;
	pair->ns += a->n * b->s;
	pair->nn += a->n * b->n;
}

static void finish(struct world *w)
{
	for (int g = 0; g < ACCOUNTS_MAX; g++) {
		bool both = w->here[g].n > 0 && w->there[g].n > 0;
		nps_across_add(&w->across, &w->here[g], &w->all[g]);
		pair_up(&w->with_rest, &w->here[g], &w->there[g]);
		w->with_rest.clusters += both;
	}
}

/* As reference/rest.py does. */
static void draw_world(struct world *w, uint64_t seed, int accounts, unsigned most, double spans,
                       double like, double gap)
{
	memset(w, 0, sizeof *w);
	for (int account = 0; account < accounts; account++) {
		bool home = reference_pick(&seed, 3) == 0;
		double lean = reference_draw(&seed);
		for (unsigned n = 1 + reference_pick(&seed, most); n > 0; n--) {
			bool here =
			    reference_draw(&seed) >= spans ? home : reference_pick(&seed, 3) == 0;
			double u = reference_draw(&seed) < like ? lean : reference_draw(&seed);
			u += here ? gap : 0;
			answer(w, account, here, u < 0.5 ? 10 : u < 0.7 ? 8 : 3);
		}
	}
	finish(w);
}

static struct world world;

static void is_what_counting_the_others_gives(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		draw_world(&world, seed, 50 + (int)seed * 20, 6, 0.5, 0.6, 0.05);
		struct nps_sums rest;
		struct nps_pair pair;
		nps_rest_of(&world.whole, &world.part, &world.across, &rest, &pair);
		assert_memory_equal(&pair, &world.with_rest, sizeof pair);
		assert_memory_equal(&rest, &world.rest, sizeof rest);
	}
}

static void is_exact_where_nobody_is_on_both_sides(void **state)
{
	(void)state;
	draw_world(&world, 7, 300, 6, 0, 0.6, 0.1);
	struct nps_sums rest;
	struct nps_pair pair;
	nps_rest_of(&world.whole, &world.part, &world.across, &rest, &pair);
	assert_memory_equal(&rest, &world.rest, sizeof rest);
	assert_int_equal(pair.clusters, 0);
}

static void agrees_with_least_squares_clustered_by_account(void **state)
{
	(void)state;
	static const struct {
		int accounts;
		unsigned most;
		double spans, like, gap;
	} worlds[] = { { 2000, 1, 0, 0, 0 },
		       { 900, 8, 0, .6, .1 },
		       { 900, 8, .5, .6, 0 },
		       { 600, 12, .8, .8, .05 } };
	double largest = 0;
	for (unsigned i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
		draw_world(&world, i + 1, worlds[i].accounts, worlds[i].most, worlds[i].spans,
		           worlds[i].like, worlds[i].gap);
		struct nps_change c = nps_against_rest(&world.whole, &world.part, &world.across);
		double difference = reference_value("rest", "%u-difference", i + 1);
		double se = reference_value("rest", "%u-se", i + 1);
		assert_true(fabs(c.change - difference) < 1e-9);
		largest = fmax(largest, fabs((c.hi - c.lo) / 2 / 1.96 / se - 1));
		assert_int_equal(c.paired, worlds[i].spans > 0);
	}
	print_message("standard error: at most %.4f of itself from least squares\n", largest);
	assert_true(
	    largest <
	    0.04); /* few clusters' corrections and the adjusted shares, at thousands of answers */
}

/* One account of forty is all of the segment and has answers outside; the others are outside alone. */
static void a_segment_of_one_account_says_nothing(void **state)
{
	(void)state;
	memset(&world, 0, sizeof world);
	for (int account = 0; account < 40; account++)
		for (int i = 0; i < 6; i++)
			answer(&world, account, account == 0 && i < 5, i % 2 ? 10 : 3);
	finish(&world);
	struct nps_change c = nps_against_rest(&world.whole, &world.part, &world.across);
	assert_false(c.beyond_chance);
	assert_true(c.lo <= -200 && c.hi >= 200 && c.p >= 1);
}

/* 400 people who give 25 and 400 who give 12: the ranges overlap, and yet they differ by more than chance. */
static void overlap_of_two_intervals_is_not_the_test(void **state)
{
	(void)state;
	memset(&world, 0, sizeof world);
	for (int person = 0; person < 800; person++) {
		bool here = person < 400;
		int at = person % 400 / 4;
		answer(&world, person, here, at < (here ? 50 : 37) ? 10 : at < 75 ? 8 : 3);
	}
	finish(&world);
	struct nps_figure a = nps_figure_of(&world.part), b = nps_figure_of(&world.rest);
	assert_true(fabs(a.nps - 25) < 1e-9 && fabs(b.nps - 12) < 1e-9);
	assert_true(a.lo < b.hi);
	struct nps_change c = nps_against_rest(&world.whole, &world.part, &world.across);
	assert_true(fabs(c.change - 13) < 1e-9);
	assert_true(c.beyond_chance && c.p < .05 && c.p > .0056);
}

/* How often the range holds what is so, and how often there is something where nothing is. */
static void holds_the_true_difference_as_often_as_it_says(void **state)
{
	(void)state;
	enum { RUNS = 1200 };
	static const struct {
		int accounts;
		unsigned most;
		double spans, like, gap;
	} worlds[] = { { 60, 1, 0, 0, 0 },
		       { 60, 5, 0, .7, 0 },
		       { 60, 5, .5, .7, .1 },
		       { 40, 12, .8, .8, 0 },
		       { 200, 3, .3, .9, .1 } };
	for (unsigned i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
		int held = 0;
		for (uint64_t run = 0; run < RUNS; run++) {
			draw_world(&world, 1000 + run, worlds[i].accounts, worlds[i].most,
			           worlds[i].spans, worlds[i].like, worlds[i].gap);
			struct nps_change c =
			    nps_against_rest(&world.whole, &world.part, &world.across);
			double truth = -200 * worlds[i].gap;
			held += c.lo <= truth && truth <= c.hi;
			assert_int_equal(c.beyond_chance, c.p < .05);
		}
		print_message("world %u: %.3f\n", i, held / (double)RUNS);
		if (held < .935 * RUNS)
			fail_msg("world %u: the range holds the truth in %d of %d runs", i, held,
			         RUNS);
	}
}

static void least_squares_still_says_what_stands_in_the_table(void **state)
{
	(void)state;
	reference_runs_again("rest");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_what_counting_the_others_gives),
		cmocka_unit_test(is_exact_where_nobody_is_on_both_sides),
		cmocka_unit_test(agrees_with_least_squares_clustered_by_account),
		cmocka_unit_test(a_segment_of_one_account_says_nothing),
		cmocka_unit_test(overlap_of_two_intervals_is_not_the_test),
		cmocka_unit_test(holds_the_true_difference_as_often_as_it_says),
		cmocka_unit_test(least_squares_still_says_what_stands_in_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
