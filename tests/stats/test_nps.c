/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static void add_alone(struct nps_sums *sums, int score, int times)
{
	for (int i = 0; i < times; i++)
		nps_add_alone(sums, score);
}

static void gives_the_known_answer_of_120_people(void **state)
{
	(void)state;
	struct nps_sums sums = { 0 };
	add_alone(&sums, 10, 40);
	add_alone(&sums, 9, 26);
	add_alone(&sums, 8, 20);
	add_alone(&sums, 7, 10);
	add_alone(&sums, 6, 14);
	add_alone(&sums, 0, 10);
	struct nps_figure f = nps_figure_of(&sums);
	NEAR(nps_rounded(f.nps), 35.0);
	NEAR(nps_rounded(f.lo), 20.1);
	NEAR(nps_rounded(f.hi), 48.1);
	assert_int_equal(f.promoters, 66);
	assert_int_equal(f.passives, 30);
	assert_int_equal(f.detractors, 24);
	assert_int_equal(f.responses, 120);
	assert_int_equal(f.people, 120);
	assert_int_equal(f.label, NPS_FIRM);
}

/* The published formula, written out a second time: n + 3, promoters + 3/4, detractors + 3/4. */
static void adjusted_wald(double promoters, double detractors, double n, double z, double out[2])
{
	double nps = (promoters - detractors) / (n + 3);
	double p = (promoters + 0.75) / (n + 3), d = (detractors + 0.75) / (n + 3);
	double half = z * sqrt((p + d - (p - d) * (p - d)) / (n + 3));
	out[0] = fmax(-100, 100 * (nps - half));
	out[1] = fmin(100, 100 * (nps + half));
}

static void is_the_published_formula_when_everyone_answered_once(void **state)
{
	(void)state;
	static const int cases[][3] = { { 66, 30, 24 }, { 5, 0, 0 },       { 0, 0, 5 },
		                        { 0, 9, 0 },    { 1, 200, 3 },     { 400, 100, 100 },
		                        { 15, 1, 2 },   { 30000, 1, 2999 } };
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct nps_sums sums = { 0 };
		add_alone(&sums, 9, cases[i][0]);
		add_alone(&sums, 7, cases[i][1]);
		add_alone(&sums, 6, cases[i][2]);
		struct nps_figure f = nps_figure_of(&sums);
		double expected[2];
		adjusted_wald(cases[i][0], cases[i][2], (double)f.responses, 1.959963984540054,
		              expected);
		NEAR(f.lo, expected[0]);
		NEAR(f.hi, expected[1]);
		NEAR(f.deff, 1);
		NEAR(f.effective_n, (double)f.responses);
	}
}

static void add_accounts(struct nps_sums *sums, int accounts, int people, int score)
{
	for (int account = 0; account < accounts; account++) {
		struct nps_cluster cluster = { 0 };
		for (int i = 0; i < people; i++)
			nps_add(sums, &cluster, score);
	}
}

/* Twenty accounts of five, each of one mind: one answer an account, and t of 19 degrees. */
static void counts_people_of_one_mind_as_one(void **state)
{
	(void)state;
	struct nps_sums sums = { 0 };
	add_accounts(&sums, 12, 5, 10);
	add_accounts(&sums, 4, 5, 8);
	add_accounts(&sums, 4, 5, 3);
	struct nps_figure f = nps_figure_of(&sums);
	NEAR(f.nps, 40);
	NEAR(f.deff, 5);
	NEAR(f.degrees, 19);
	double expected[2];
	/* from the tables: 2.093024 */
	adjusted_wald(12, 4, 20, 2.0930240544082634, expected);
	NEAR(f.lo, expected[0]);
	NEAR(f.hi, expected[1]);
}

/* Where nobody differs, likeness cannot be seen: five times the same answer of an account is no proof of five minds. */
static void counts_accounts_where_all_are_of_one_mind(void **state)
{
	(void)state;
	struct nps_sums sums = { 0 };
	add_accounts(&sums, 20, 5, 10);
	struct nps_figure f = nps_figure_of(&sums);
	NEAR(f.deff, 5);
	double expected[2];
	adjusted_wald(20, 0, 20, 2.0930240544082634, expected);
	NEAR(f.lo, expected[0]);
}

/* An account of thirty beside twenty people: 2500/920 = 2.7 clusters of equal size. */
static void widens_where_one_account_weighs_most(void **state)
{
	(void)state;
	struct nps_sums sums = { 0 }, even = { 0 };
	struct nps_cluster giant = { 0 };
	for (int i = 0; i < 30; i++)
		nps_add(&sums, &giant, i % 5 < 3 ? 10 : 8);
	add_alone(&sums, 10, 12);
	add_alone(&sums, 3, 8);
	add_alone(&even, 10, 30);
	add_alone(&even, 8, 12);
	add_alone(&even, 3, 8);
	struct nps_figure f = nps_figure_of(&sums), g = nps_figure_of(&even);
	NEAR(f.nps, g.nps);
	NEAR(f.degrees, 2500.0 / 920 - 1);
	assert_true(f.deff > 2 && f.deff <= 50 * 920.0 / 2500);
	assert_true(f.hi - f.lo > 3 * (g.hi - g.lo));
}

static void never_narrows_below_independent_answers(void **state)
{
	(void)state;
	struct nps_sums mixed = { 0 }, alone = { 0 };
	for (int account = 0; account < 20; account++) {
		struct nps_cluster cluster = { 0 };
		nps_add(&mixed, &cluster, 10);
		nps_add(&mixed, &cluster, 0);
		add_alone(&alone, 10, 1);
		add_alone(&alone, 0, 1);
	}
	struct nps_figure a = nps_figure_of(&mixed), b = nps_figure_of(&alone);
	NEAR(a.deff, 1);
	NEAR(a.degrees, 19);
	assert_true(a.lo < b.lo && a.hi > b.hi);
	assert_true(a.lo > b.lo - 3 && a.hi < b.hi + 3);
}

/* Whether the accounts are a little alike or not at all makes no jump. */
static void a_single_answer_does_not_turn_the_range(void **state)
{
	(void)state;
	double last = 0;
	for (int differ = 10; differ <= 20; differ++) {
		struct nps_sums sums = { 0 };
		struct nps_cluster giant = { 0 };
		for (int i = 0; i < 30; i++)
			nps_add(&sums, &giant, i < differ ? 3 : 10);
		add_alone(&sums, 10, 10);
		add_alone(&sums, 3, 10);
		struct nps_figure f = nps_figure_of(&sums);
		assert_true(last < 1 || fabs(f.hi - f.lo - last) < 25);
		last = f.hi - f.lo;
	}
}

static void knows_nothing_of_others_from_one_account(void **state)
{
	(void)state;
	struct nps_sums sums = { 0 };
	struct nps_cluster cluster = { 0 };
	for (int i = 0; i < 50; i++)
		nps_add(&sums, &cluster, 9 + i % 2);
	struct nps_figure f = nps_figure_of(&sums);
	NEAR(f.nps, 100);
	NEAR(f.lo, -100);
	NEAR(f.hi, 100);
	NEAR(f.effective_n, 1);
}

static void shows_no_score_below_five_and_marks_it_rough_below_thirty(void **state)
{
	(void)state;
	struct nps_sums sums = { 0 };
	assert_int_equal(nps_figure_of(&sums).label, NPS_HIDDEN);
	add_alone(&sums, 9, 4);
	assert_int_equal(nps_figure_of(&sums).label, NPS_HIDDEN);
	assert_int_equal(nps_figure_of(&sums).responses, 4);
	add_alone(&sums, 9, 1);
	assert_int_equal(nps_figure_of(&sums).label, NPS_ROUGH);
	add_alone(&sums, 9, 24);
	assert_int_equal(nps_figure_of(&sums).label, NPS_ROUGH);
	add_alone(&sums, 9, 1);
	assert_int_equal(nps_figure_of(&sums).label, NPS_FIRM);
}

static void stays_between_the_ends_of_the_scale(void **state)
{
	(void)state;
	struct nps_sums up = { 0 }, down = { 0 };
	add_alone(&up, 10, 6);
	add_alone(&down, 0, 6);
	NEAR(nps_figure_of(&up).hi, 100);
	NEAR(nps_figure_of(&up).nps, 100);
	NEAR(nps_figure_of(&down).lo, -100);
	assert_true(nps_figure_of(&up).lo < 100);
}

static void draws_the_three_groups_at_six_and_eight(void **state)
{
	(void)state;
	for (int score = 0; score <= 10; score++)
		assert_int_equal(nps_group_of(score), score <= 6   ? NPS_DETRACTOR
		                                      : score <= 8 ? NPS_PASSIVE
		                                                   : NPS_PROMOTER);
}

static void does_not_mind_the_order_nor_the_parts(void **state)
{
	(void)state;
	struct nps_sums one = { 0 }, left = { 0 }, right = { 0 };
	struct nps_cluster a[7] = { 0 }, b[7] = { 0 };
	for (int i = 0; i < 700; i++)
		nps_add(&one, &a[i % 7], i * i % 11);
	for (int i = 699; i >= 0; i--)
		nps_add(i % 7 < 3 ? &left : &right, &b[i % 7], i * i % 11);
	nps_add_sums(&left, &right);
	assert_memory_equal(&one, &left, sizeof(one));
	struct nps_sums whole = { 0 };
	for (int g = 0; g < 7; g++)
		nps_add_cluster(&whole, &a[g]);
	memcpy(whole.by_score, one.by_score, sizeof(one.by_score));
	assert_memory_equal(&one, &whole, sizeof(one));
}

static void rounds_for_people_without_a_negative_zero(void **state)
{
	(void)state;
	assert_true(signbit(nps_rounded(-0.01)) == 0);
	assert_true(signbit(nps_whole(-0.3)) == 0);
	NEAR(nps_whole(-0.3), 0.0);
	NEAR(nps_whole(-12.26), -12.0);
	NEAR(nps_rounded(34.96), 35.0);
	NEAR(nps_rounded(-12.26), -12.3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_known_answer_of_120_people),
		cmocka_unit_test(is_the_published_formula_when_everyone_answered_once),
		cmocka_unit_test(counts_people_of_one_mind_as_one),
		cmocka_unit_test(counts_accounts_where_all_are_of_one_mind),
		cmocka_unit_test(widens_where_one_account_weighs_most),
		cmocka_unit_test(never_narrows_below_independent_answers),
		cmocka_unit_test(a_single_answer_does_not_turn_the_range),
		cmocka_unit_test(knows_nothing_of_others_from_one_account),
		cmocka_unit_test(shows_no_score_below_five_and_marks_it_rough_below_thirty),
		cmocka_unit_test(stays_between_the_ends_of_the_scale),
		cmocka_unit_test(draws_the_three_groups_at_six_and_eight),
		cmocka_unit_test(does_not_mind_the_order_nor_the_parts),
		cmocka_unit_test(rounds_for_people_without_a_negative_zero),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
