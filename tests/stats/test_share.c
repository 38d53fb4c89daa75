/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/share.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

/* 56 of 70 and 48 of 80, the example that methods for two proportions are shown with; the formula written out again. */
static void compares_two_shares_of_people_asked_once(void **state)
{
	(void)state;
	struct share now = share_alone(56, 70), before = share_alone(48, 80);
	struct share_change c = share_change_of(&now, &before);
	double p = 57 / 72.0, q = 49 / 82.0;
	double se = sqrt(p * (1 - p) / 72 + q * (1 - q) / 82);
	NEAR(c.change, 20);
	NEAR(c.lo, 100 * (p - q - 1.959963984540054 * se));
	NEAR(c.hi, 100 * (p - q + 1.959963984540054 * se));
	assert_true(fabs(c.lo - 5.25) < .05 && fabs(c.hi - 33.58) < .05);
	assert_true(c.shown && c.beyond_chance && c.p < .05);
	NEAR(c.p, erfc((p - q) / se / sqrt(2)));
}

static void says_nothing_of_few(void **state)
{
	(void)state;
	struct share few = share_alone(4, 4), many = share_alone(10, 400);
	assert_false(share_change_of(&few, &many).shown);
	assert_false(share_change_of(&many, &few).beyond_chance);
	NEAR(share_change_of(&few, &many).p, 1);
}

/* A way to answer among all answers of people, as cells count it. */
struct side {
	struct nps_sums all, part;
	struct nps_pair across;
};

/* As reference/share.py does. */
static void draw_side(struct side *s, uint64_t *seed, int people, unsigned most, double share,
                      double like)
{
	*s = (struct side){ 0 };
	for (int person = 0; person < people; person++) {
		struct nps_cluster all = { 0 }, part = { 0 };
		bool way = reference_draw(seed) < share;
		for (unsigned n = 1 + reference_pick(seed, most); n > 0; n--) {
			bool own = reference_draw(seed) < like;
			bool hit = own ? way : reference_draw(seed) < share;
			nps_add(&s->all, &all, 8);
			if (hit)
				nps_add(&s->part, &part, 8);
		}
		s->across.nn += all.n * part.n;
	}
}

static struct share_change change_of(const struct side *now, const struct side *before)
{
	struct share a = share_of(&now->all, &now->part, &now->across);
	struct share b = share_of(&before->all, &before->part, &before->across);
	return share_change_of(&a, &b);
}

static void agrees_with_least_squares_clustered_by_person(void **state)
{
	(void)state;
	static const struct {
		int people;
		unsigned most;
		double now, before, like;
	} worlds[] = { { 3000, 1, .3, .25, 0 }, { 900, 8, .5, .5, .6 }, { 700, 12, .1, .15, .9 } };
	double largest = 0;
	for (unsigned i = 0; i < 3; i++) {
		uint64_t seed = i + 1;
		struct side now, before;
		draw_side(&now, &seed, worlds[i].people, worlds[i].most, worlds[i].now,
		          worlds[i].like);
		draw_side(&before, &seed, worlds[i].people, worlds[i].most, worlds[i].before,
		          worlds[i].like);
		struct share_change c = change_of(&now, &before);
		NEAR(c.change, reference_value("share", "%u-change", i + 1));
		double se = reference_value("share", "%u-se", i + 1);
		largest = fmax(largest, fabs((c.hi - c.lo) / 2 / 1.96 / se - 1));
	}
	print_message("standard error: at most %.4f of itself from least squares\n", largest);
	assert_true(largest < .02);
}

static void one_account_alone_says_nothing_of_others(void **state)
{
	(void)state;
	struct side s = { 0 };
	struct nps_cluster all = { 0 }, part = { 0 };
	for (int i = 0; i < 40; i++) {
		nps_add(&s.all, &all, 8);
		if (i % 2)
			nps_add(&s.part, &part, 8);
	}
	s.across.nn = all.n * part.n;
	struct share here = share_of(&s.all, &s.part, &s.across), there = share_alone(10, 1000);
	NEAR(here.deff, 40);
	assert_false(share_change_of(&here, &there).beyond_chance);
}

static void holds_the_true_change_as_often_as_it_says(void **state)
{
	(void)state;
	enum { RUNS = 1500 };
	static const struct {
		int people;
		unsigned most;
		double now, before, like;
	} worlds[] = { { 60, 1, .3, .3, 0 }, { 40, 4, .5, .4, .7 },  { 100, 8, .1, .1, .9 },
		       { 25, 6, .5, .5, 1 }, { 60, 3, .05, .1, .8 }, { 15, 12, .3, .3, .6 } };
	for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
		uint64_t seed = 50 + i;
		int held = 0;
		for (int run = 0; run < RUNS; run++) {
			struct side now, before;
			draw_side(&now, &seed, worlds[i].people, worlds[i].most, worlds[i].now,
			          worlds[i].like);
			draw_side(&before, &seed, worlds[i].people, worlds[i].most,
			          worlds[i].before, worlds[i].like);
			struct share_change c = change_of(&now, &before);
			double truth = 100 * (worlds[i].now - worlds[i].before);
			held += c.lo <= truth && truth <= c.hi;
			assert_int_equal(c.beyond_chance, c.p < .05);
		}
		print_message("world %zu: %.3f\n", i, held / (double)RUNS);
		assert_true(held > .935 * RUNS);
	}
}

/* The share of people who write often and of one mind, many of whom nobody else speaks for. */
static void its_range_holds_the_truth_as_often_as_it_says(void **state)
{
	(void)state;
	enum { RUNS = 3000 };
	static const struct {
		int people;
		unsigned most;
		double share, like;
	} worlds[] = { { 200, 1, .1, 0 },  { 100, 4, .3, .6 }, { 100, 12, .1, .6 },
		       { 60, 6, .05, .8 }, { 25, 12, .5, .9 }, { 300, 3, .02, .5 },
		       { 20, 5, .2, .7 } };
	for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
		uint64_t seed = 500 + i;
		int held = 0, alone_held = 0;
		for (int run = 0; run < RUNS; run++) {
			struct side side;
			double lo, hi;
			draw_side(&side, &seed, worlds[i].people, worlds[i].most, worlds[i].share,
			          worlds[i].like);
			struct share s = share_of(&side.all, &side.part, &side.across);
			share_range(&s, &lo, &hi);
			held += lo <= worlds[i].share && worlds[i].share <= hi;
			share_wilson(s.hits, s.of, &lo, &hi);
			alone_held += lo <= worlds[i].share && worlds[i].share <= hi;
		}
		print_message("world %zu: %.3f (each by itself %.3f)\n", i, held / (double)RUNS,
		              alone_held / (double)RUNS);
		assert_true(held > .935 * RUNS);
	}
}

/* R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I,
 * method 3. */
static void has_the_published_ranges_of_a_share(void **state)
{
	(void)state;
	static const struct {
		int64_t hits, of;
		double lo, hi;
	} known[] = { { 81, 263, .2553, .3662 },
		      { 15, 148, .0624, .1605 },
		      { 0, 20, 0, .1611 },
		      { 1, 29, .0061, .1718 } };
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		double lo, hi;
		share_wilson(known[i].hits, known[i].of, &lo, &hi);
		assert_true(fabs(lo - known[i].lo) < 6e-5 && fabs(hi - known[i].hi) < 6e-5);
		share_wilson(known[i].of - known[i].hits, known[i].of, &lo, &hi);
		assert_true(fabs(1 - hi - known[i].lo) < 6e-5 && fabs(1 - lo - known[i].hi) < 6e-5);
	}
	double lo, hi;
	share_wilson(3, 2, &lo, &hi);
	assert_true(lo > 0 && lo < 1 && hi == 1); /* never more than all */
	share_wilson(-1, 2, &lo, &hi);
	assert_true(lo == 0 && hi > 0 && hi < 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compares_two_shares_of_people_asked_once),
		cmocka_unit_test(says_nothing_of_few),
		cmocka_unit_test(agrees_with_least_squares_clustered_by_person),
		cmocka_unit_test(one_account_alone_says_nothing_of_others),
		cmocka_unit_test(holds_the_true_change_as_often_as_it_says),
		cmocka_unit_test(its_range_holds_the_truth_as_often_as_it_says),
		cmocka_unit_test(has_the_published_ranges_of_a_share),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
