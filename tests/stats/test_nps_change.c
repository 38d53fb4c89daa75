/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_change.h"
#include "stats/nps_counter.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)
#define RUNS       1500

static void add_alone(struct nps_sums *sums, int score, int times)
{
	for (int i = 0; i < times; i++)
		nps_add_alone(sums, score);
}

static struct nps_sums alone(int promoters, int passives, int detractors)
{
	struct nps_sums sums = { 0 };
	add_alone(&sums, 10, promoters);
	add_alone(&sums, 7, passives);
	add_alone(&sums, 3, detractors);
	return sums;
}

static const struct nps_pair nobody;

/* The published formula, written out a second time. */
static void is_the_published_formula_when_everyone_answered_once(void **state)
{
	(void)state;
	static const int cases[][6] = { { 66, 30, 24, 50, 40, 30 },
		                        { 5, 0, 0, 0, 0, 5 },
		                        { 500, 100, 400, 450, 100, 450 },
		                        { 9, 1, 2, 300, 20, 80 } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const int *c = cases[i];
		struct nps_sums now = alone(c[0], c[1], c[2]), before = alone(c[3], c[4], c[5]);
		double n = c[0] + c[1] + c[2] + 3, m = c[3] + c[4] + c[5] + 3;
		double p = (c[0] + 0.75) / n, d = (c[2] + 0.75) / n;
		double q = (c[3] + 0.75) / m, e = (c[5] + 0.75) / m;
		double half = 1.959963984540054 * sqrt((p + d - (p - d) * (p - d)) / n +
		                                       (q + e - (q - e) * (q - e)) / m);
		struct nps_change change = nps_change_of(&now, &before, &nobody);
		assert_true(change.shown);
		NEAR(change.change, 100 * ((c[0] - c[2]) / (n - 3) - (c[3] - c[5]) / (m - 3)));
		NEAR(change.lo, fmax(-200, 100 * (p - d - q + e - half)));
		NEAR(change.hi, fmin(200, 100 * (p - d - q + e + half)));
		assert_false(change.paired);
	}
}

static void says_whether_it_is_more_than_chance(void **state)
{
	(void)state;
	struct nps_sums now = alone(60, 20, 20), near = alone(58, 20, 22), far = alone(30, 20, 50);
	assert_false(nps_change_of(&now, &near, &nobody).beyond_chance);
	assert_true(nps_change_of(&now, &far, &nobody).beyond_chance);
	assert_true(nps_change_of(&far, &now, &nobody).beyond_chance);
	assert_true(nps_change_of(&far, &now, &nobody).change < 0);
}

static void shows_nothing_where_a_score_is_hidden(void **state)
{
	(void)state;
	struct nps_sums now = alone(60, 20, 20), few = alone(4, 0, 0), some = alone(10, 0, 3);
	assert_false(nps_change_of(&now, &few, &nobody).shown);
	assert_false(nps_change_of(&few, &now, &nobody).shown);
	assert_true(nps_change_of(&now, &some, &nobody).rough);
	assert_false(nps_change_of(&now, &now, &nobody).rough);
}

/* Two groups of two periods, the formula written out a second time. */
static void two_changes_are_apart_by_the_spread_of_both(void **state)
{
	(void)state;
	const int c[4][3] = {
		{ 60, 20, 20 }, { 30, 20, 50 }, { 250, 100, 150 }, { 240, 110, 150 }
	};
	struct nps_sums sums[4];
	double mean[4], variance = 0;
	for (int i = 0; i < 4; i++) {
		double n = c[i][0] + c[i][1] + c[i][2] + 3, p = (c[i][0] + 0.75) / n,
		       d = (c[i][2] + 0.75) / n;
		sums[i] = alone(c[i][0], c[i][1], c[i][2]);
		mean[i] = p - d;
		variance += (p + d - (p - d) * (p - d)) / n;
	}
	struct nps_change one = nps_change_of(&sums[0], &sums[1], &nobody);
	struct nps_change other = nps_change_of(&sums[2], &sums[3], &nobody);
	struct nps_change few = { 0 };
	double z = (mean[0] - mean[1] - mean[2] + mean[3]) / sqrt(variance);
	NEAR(nps_changes_apart(&one, &other), erfc(z / sqrt(2)));
	NEAR(nps_changes_apart(&other, &one), nps_changes_apart(&one, &other));
	NEAR(nps_changes_apart(&one, &one), 1);
	NEAR(nps_changes_apart(&one, &few), 1);
}

/* Forty people, four of whom changed their minds: the others say nothing of chance. */
static void people_who_answered_twice_are_paired(void **state)
{
	(void)state;
	struct nps_counter now = { 0 }, before = { 0 };
	struct nps_pair pair;
	for (int64_t person = 1; person <= 40; person++) {
		nps_count(&before, 0, person, person % 2 ? 10 : 3);
		nps_count(&now, 0, person, person % 2 || person % 10 == 0 ? 10 : 3);
	}
	nps_counter_pair(&now, &before, &pair);
	assert_int_equal(pair.people, 40);
	assert_int_equal(pair.clusters, 40);
	struct nps_change paired = nps_change_of(&now.sums, &before.sums, &pair);
	struct nps_change apart = nps_change_of(&now.sums, &before.sums, &nobody);
	assert_true(paired.paired);
	assert_true(paired.hi - paired.lo < 0.7 * (apart.hi - apart.lo));
	NEAR(paired.change, apart.change);
	nps_counter_free(&now);
	nps_counter_free(&before);
}

static void a_few_who_came_again_are_no_pairs(void **state)
{
	(void)state;
	struct nps_counter now = { 0 }, before = { 0 };
	struct nps_pair pair;
	for (int64_t person = 1; person <= 100; person++) {
		nps_count(&before, 0, person, 9);
		nps_count(&now, 0, person + 91, 3); /* nine in both */
	}
	nps_counter_pair(&now, &before, &pair);
	assert_int_equal(pair.clusters, 9);
	assert_false(nps_change_of(&now.sums, &before.sums, &pair).paired);
	nps_count(&now, 0, 91, 3);
	nps_counter_pair(&now, &before, &pair);
	assert_true(nps_change_of(&now.sums, &before.sums, &pair).paired);
	nps_counter_free(&now);
	nps_counter_free(&before);
}

static void people_inside_accounts_pair_by_account(void **state)
{
	(void)state;
	struct nps_counter now = { 0 }, before = { 0 };
	struct nps_pair pair;
	for (int64_t person = 1; person <= 12; person++) {
		nps_count(&before, 1 + person % 3, person, 10);
		nps_count(&now, 1 + person % 3, person + 6, 3);
	}
	nps_counter_pair(&now, &before, &pair);
	assert_int_equal(pair.people, 6);
	assert_int_equal(pair.clusters, 3);
	assert_int_equal(pair.ss, 3 * 4 * -4);
	nps_counter_free(&now);
	nps_counter_free(&before);
}

/* xorshift: the same numbers in every run. */
static double draw(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (double)(*seed >> 11) / (double)(UINT64_C(1) << 53);
}

/* Half promoters before; now a share more. Who answers again keeps the mind of before in `loyal` of cases. */
static double coverage(int people, int again, double loyal, double more, int answers)
{
	uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
	int covered = 0;
	for (int run = 0; run < RUNS; run++) {
		struct nps_counter now = { 0 }, before = { 0 };
		struct nps_pair pair;
		for (int i = 1; i <= people; i++) {
			double mind = draw(&seed);
			for (int n = 0; n < answers; n++)
				nps_count(&before, 0, i, mind < 0.5 ? 10 : mind < 0.7 ? 7 : 3);
			if (draw(&seed) >= loyal || i > again)
				mind = draw(&seed);
			mind -= more;
			int64_t who = i <= again ? i : i + people;
			for (int n = 0; n < answers; n++)
				nps_count(&now, 0, who, mind < 0.5 ? 10 : mind < 0.7 ? 7 : 3);
		}
		nps_counter_pair(&now, &before, &pair);
		struct nps_change c = nps_change_of(&now.sums, &before.sums, &pair);
		double truth = 200 * more; /* promoters gain what detractors lose */
		covered += c.lo <= truth && truth <= c.hi;
		nps_counter_free(&now);
		nps_counter_free(&before);
	}
	return covered / (double)RUNS;
}

static void the_range_holds_the_true_change_as_often_as_it_says(void **state)
{
	(void)state;
	static const struct {
		int people, again;
		double loyal, more;
		int answers;
	} worlds[] = { { 60, 0, 0, 0, 1 },         { 200, 0, 0, 0.1, 1 },    { 60, 60, 0.8, 0, 1 },
		       { 100, 100, 0.6, 0.05, 1 }, { 100, 40, 0.7, 0.1, 1 }, { 40, 0, 0, 0.1, 4 },
		       { 60, 60, 0.5, 0.05, 3 } };
	for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
		double share = coverage(worlds[i].people, worlds[i].again, worlds[i].loyal,
		                        worlds[i].more, worlds[i].answers);
		print_message("world %zu: %.3f\n", i, share);
		if (share < 0.93 || share > 0.98)
			fail_msg("world %zu: the range holds the truth in %.3f of runs", i, share);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_published_formula_when_everyone_answered_once),
		cmocka_unit_test(says_whether_it_is_more_than_chance),
		cmocka_unit_test(two_changes_are_apart_by_the_spread_of_both),
		cmocka_unit_test(shows_nothing_where_a_score_is_hidden),
		cmocka_unit_test(people_who_answered_twice_are_paired),
		cmocka_unit_test(a_few_who_came_again_are_no_pairs),
		cmocka_unit_test(people_inside_accounts_pair_by_account),
		cmocka_unit_test(the_range_holds_the_true_change_as_often_as_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
