/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/checked_share.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "stats/share.h"

static double drawn(uint64_t *state)
{
	*state = *state * 6364136223846793005ull + 1442695040888963407ull;
	return (double)(*state >> 11) * 0x1p-53;
}

/* The machine says yes to .088 of all when 5 % are, as in the header. */
static void puts_right_what_the_machine_reads_too_high(void **state)
{
	(void)state;
	struct checked_counts c = { 10000, 875, 9, 9, 2, 180 };
	struct checked_share s;
	checked_share_of(&c, &s);
	assert_true(s.shown);
	assert_true(fabs(s.machine - .0875) < 1e-12);
	double by_hand = .0875 * 9 / 18 + .9125 * 2 / 182;
	assert_true(fabs(s.share - by_hand) < 1e-12);
	assert_true(s.lo < .05 && s.hi > .05 && s.lo > 0);
	assert_true(s.hi < s.machine + .02);
	assert_true(fabs(s.sensitivity - .0875 * .5 / by_hand) < 1e-12);
}

/* scipy: beta.ppf([.025, .975], 12.5, 88.5) of a machine that says no to all, from so many that none is known. */
static void is_the_jeffreys_interval_where_the_machine_is_silent(void **state)
{
	(void)state;
	struct checked_counts c = { 100000000, 0, 0, 0, 12, 88 };
	struct checked_share s;
	checked_share_of(&c, &s);
	assert_true(fabs(s.lo - 0.06730413) < 5e-4);
	assert_true(fabs(s.hi - 0.19428544) < 5e-4);
}

static void knows_all_when_all_is_checked(void **state)
{
	(void)state;
	struct checked_counts c = { 100, 40, 30, 10, 5, 55 };
	struct checked_share s;
	checked_share_of(&c, &s);
	assert_true(fabs(s.share - .35) < 1e-12);
	assert_true(s.hi - s.lo < 1e-9);
	assert_int_equal(checked_more_for(&c, .01), 0);
}

static void says_nothing_of_too_few_or_of_counts_that_cannot_be(void **state)
{
	(void)state;
	struct checked_counts few = { 1000, 100, 2, 3, 4, 10 }, wrong = { 1000, 10, 9, 9, 30, 30 },
			      none = { 0 };
	struct checked_share s;
	checked_share_of(&few, &s);
	assert_true(!s.shown && s.machine > 0);
	checked_share_of(&wrong, &s);
	assert_false(s.shown);
	checked_share_of(&none, &s);
	assert_false(s.shown);
}

/* A sample of n from N items whose true share and machine are as said; what is true of them. */
static double sampled(uint64_t *seed, double share, double sensitivity, double specificity,
                      int64_t all, int n, struct checked_counts *c)
{
	int64_t true_yes = 0;
	int left = n;
	*c = (struct checked_counts){ .all = all };
	for (int64_t i = 0; i < all; i++) {
		bool is = drawn(seed) < share,
		     machine = drawn(seed) < (is ? sensitivity : 1 - specificity);
		true_yes += is;
		c->machine_yes += machine;
		if (drawn(seed) * (double)(all - i) < left) {
			left--;
			*(machine ? is ? &c->yes_yes : &c->yes_no
			  : is    ? &c->no_yes
			          : &c->no_no) += 1;
		}
	}
	return (double)true_yes / (double)all;
}

/* Are the truth and a range found? */
static bool holds(uint64_t *seed, double share, double sensitivity, double specificity, int64_t all,
                  int n, double *width)
{
	struct checked_counts c;
	struct checked_share s;
	double truth = sampled(seed, share, sensitivity, specificity, all, n, &c);
	checked_share_of(&c, &s);
	*width += s.hi - s.lo;
	return s.lo <= truth && truth <= s.hi;
}

static void holds_the_truth_in_19_of_20_draws(void **state)
{
	(void)state;
	static const double shares[] = { .02, .05, .2, .5 };
	static const double machines[][2] = { { .8, .95 }, { .95, .99 }, { .5, .5 } };
	uint64_t seed = 11;
	for (size_t i = 0; i < 4; i++)
		for (size_t m = 0; m < 3; m++) {
			int held = 0;
			double width = 0;
			for (int draw = 0; draw < 300; draw++)
				held += holds(&seed, shares[i], machines[m][0], machines[m][1],
				              1000, 100, &width);
			/* 300 draws of .95 are below .91 once in a thousand times. */
			assert_true(held >= 273);
			/* A good machine makes it narrower than counting the sample alone would. */
			double alone = 2 * 1.96 * sqrt(shares[i] * (1 - shares[i]) / 100);
			if (m == 1 && shares[i] > .1)
				assert_true(width / 300 < .8 * alone);
			assert_true(width / 300 < 2.2 * alone);
		}
}

/* Does the plain binomial range of the machine's labels hold it? */
static bool machine_holds(const struct checked_counts *c, double truth)
{
	double lo, hi;
	share_wilson(c->machine_yes, c->all, &lo, &hi);
	return lo <= truth && truth <= hi;
}

/* A theme that 5 % of 2000 comments speak of, a machine of sensitivity .80 and specificity .95, 100 comments checked. */
static void holds_a_rare_theme_where_the_machine_alone_never_does(void **state)
{
	(void)state;
	enum { RUNS = 2000 };
	uint64_t seed = 5;
	int held = 0, machine_held = 0, sample_held = 0;
	double width = 0, sample_width = 0, machine = 0, middle = 0;
	for (int run = 0; run < RUNS; run++) {
		struct checked_counts c = { 0 };
		struct checked_share s;
		double lo, hi, truth = sampled(&seed, .05, .8, .95, 2000, 100, &c);
		checked_share_of(&c, &s);
		share_wilson(c.yes_yes + c.no_yes, 100, &lo, &hi);
		held += s.lo <= truth && truth <= s.hi;
		sample_held += lo <= truth && truth <= hi;
		machine_held += machine_holds(&c, truth);
		width += s.hi - s.lo;
		sample_width += hi - lo;
		machine += s.machine;
		middle += s.share;
	}
	print_message("true 5 %%: the machine reads %.1f %%, its binomial range holds the truth in "
	              "%.1f %% of %d runs; "
	              "checked %.1f %%, held in %.1f %%, %.1f points wide; the sample alone %.1f "
	              "%%, %.1f points wide\n",
	              100 * machine / RUNS, 100.0 * machine_held / RUNS, RUNS, 100 * middle / RUNS,
	              100.0 * held / RUNS, 100 * width / RUNS, 100.0 * sample_held / RUNS,
	              100 * sample_width / RUNS);
	assert_true(held >= .93 * RUNS);
	assert_true(machine_held < .02 * RUNS);
	assert_true(fabs(machine / RUNS - .0875) < .002);
	assert_true(fabs(middle / RUNS - .05) < .004);
}

static void says_how_many_more_to_check(void **state)
{
	(void)state;
	struct checked_counts c = { 4000, 1400, 30, 5, 6, 59 };
	int64_t more = checked_more_for(&c, .03);
	struct checked_share s;
	assert_true(more > 100);
	/* As many more, in the same proportions: about as wide as was promised. */
	double times = 1 + (double)more / 100;
	struct checked_counts later = { 4000,
		                        1400,
		                        llround(30 * times),
		                        llround(5 * times),
		                        llround(6 * times),
		                        llround(59 * times) };
	checked_share_of(&later, &s);
	assert_true(fabs((s.hi - s.lo) / 2 - .03) < .004);
	assert_true(checked_more_for(&later, .031) < 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(puts_right_what_the_machine_reads_too_high),
		cmocka_unit_test(is_the_jeffreys_interval_where_the_machine_is_silent),
		cmocka_unit_test(knows_all_when_all_is_checked),
		cmocka_unit_test(says_nothing_of_too_few_or_of_counts_that_cannot_be),
		cmocka_unit_test(holds_the_truth_in_19_of_20_draws),
		cmocka_unit_test(holds_a_rare_theme_where_the_machine_alone_never_does),
		cmocka_unit_test(says_how_many_more_to_check),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
