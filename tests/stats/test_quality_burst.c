/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/quality_burst.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) < (by))

/* Two points: 1 - (1 - w)^2. All of three: 3 w^2 - 2 w^3 (Naus 1965). */
static void is_exact_where_the_answer_is_known(void **state)
{
	(void)state;
	for (double w = 0.05; w <= 0.5; w += 0.05) {
		NEAR(quality_burst_chance(2, 2, w), 2 * w - w * w, 1e-12);
		NEAR(quality_burst_chance(3, 3, w), 3 * w * w - 2 * w * w * w, 1e-12);
	}
}

/* That the approximation is good to .003 is what reference/quality.py asserts by simulation. */
static void is_what_scipy_gives(void **state)
{
	(void)state;
	static const struct {
		size_t k, n;
		double w;
	} cases[] = {
		{ 4, 10, 0.02 }, { 6, 30, 0.02 }, { 9, 100, 0.01 }, { 5, 8, 0.1 }, { 12, 200, 0.01 }
	};
	double largest = 0;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		double ours = quality_burst_chance(cases[i].k, cases[i].n, cases[i].w);
		double theirs = reference_value("quality", "scan-%zu-%zu", cases[i].k, cases[i].n);
		largest = fmax(largest, fabs(ours / theirs - 1));
	}
	print_message("largest difference to the reference: %g of the chance\n", largest);
	assert_true(largest < 1e-10);
}

static void answers_all_at_once_are_a_burst(void **state)
{
	(void)state;
	double at[40];
	for (int i = 0; i < 40; i++)
		at[i] = i < 12 ? i / 40.0 : i < 20 ? 0.35 + i * 1e-4 : i / 40.0;
	struct quality_burst b = quality_burst_of(at, at, 40, 0.002);
	assert_int_equal(b.first, 12);
	assert_int_equal(b.count, 8);
	assert_true(b.chance < 1e-6);
	for (int i = 0; i < 40; i++)
		at[i] = (i + 0.5) / 40;
	b = quality_burst_of(at, at, 40, 0.002);
	assert_true(b.chance > 0.5);
	assert_int_equal(quality_burst_of(at, at, 0, 0.1).count, 0);
}

/* A mailing at 500 s brings half of all answers, of the unit as of the others. */
static void a_mailing_that_everyone_got_is_no_burst(void **state)
{
	(void)state;
	enum { OTHERS = 2000, UNIT = 60 };
	static int64_t others[OTHERS], unit[UNIT];
	double at[UNIT];
	for (int i = 0; i < OTHERS; i++)
		others[i] = i < 500 ? i : i < 1500 ? 500 + (i - 500) / 200 : i - 995;
	for (int i = 0; i < UNIT; i++)
		unit[i] = i < 15 ? i * 33 : i < 45 ? 500 + (i - 15) / 6 : (i - 45) * 33 + 510;
	quality_burst_place(unit, UNIT, others, OTHERS, at);
	for (int i = 1; i < UNIT; i++)
		assert_true(at[i] >= at[i - 1] && at[i] <= 1);
	struct quality_burst fair = quality_burst_of(at, at, UNIT, 0.02);
	/* the same answers while the others are away */
	for (int i = 0; i < OTHERS; i++)
		others[i] = i < 1000 ? i / 2 : i;
	quality_burst_place(unit, UNIT, others, OTHERS, at);
	struct quality_burst own = quality_burst_of(at, at, UNIT, 0.02);
	print_message("mailing: %.3g, own: %.3g\n", fair.chance, own.chance);
	assert_true(fair.chance > 1e-4);
	assert_true(own.chance < 1e-12);
}

static void a_time_counts_by_the_others_before_it(void **state)
{
	(void)state;
	static const int64_t others[] = { 100, 200, 400 };
	static const int64_t unit[] = { 50, 150, 200, 250, 500 };
	static const double expected[] = { 0.5 / 4, 1.5 / 4, 2.0 / 4, 2.25 / 4, 3.5 / 4 };
	double at[5];
	quality_burst_place(unit, 5, others, 3, at);
	for (int i = 0; i < 5; i++)
		NEAR(at[i], expected[i], 1e-12);
	quality_burst_place(unit, 5, others, 0, at);
	NEAR(at[4], 0.5, 1e-12);
}

static int ascending(const void *a, const void *b)
{
	double p = *(const double *)a, q = *(const double *)b;
	return (p > q) - (p < q);
}

static void chance_makes_no_more_bursts_than_it_says(void **state)
{
	(void)state;
	enum { RUNS = 4000 };
	uint64_t seed = 8;
	int bursts = 0;
	for (int run = 0; run < RUNS; run++) {
		double at[50];
		for (int i = 0; i < 50; i++)
			at[i] = reference_draw(&seed);
		qsort(at, 50, sizeof *at, ascending);
		bursts += quality_burst_of(at, at, 50, 0.01).chance < 0.05;
	}
	print_message("below .05: %.3f\n", bursts / (double)RUNS);
	assert_true(bursts < RUNS * 6 / 100);
	assert_true(bursts > 0);
}

/* Times of a unit and of all others, ascending, and the chance of what is densest. */
struct strewn {
	int64_t own[4000], others[4000];
	size_t own_count, others_count;
	uint64_t seed;
};

#define DAY 86400.0

static int in_order(const void *a, const void *b)
{
	int64_t p = *(const int64_t *)a, q = *(const int64_t *)b;
	return (p > q) - (p < q);
}

/* So many, from a day to another; bent 1: evenly, 0.5: half as often in the middle, never at the end. */
static size_t strew(struct strewn *s, int64_t *to, size_t count, size_t more, double from,
                    double until, double bent)
{
	for (size_t i = 0; i < more; i++) {
		double draw = 1 - pow(reference_draw(&s->seed), bent);
		to[count + i] = (int64_t)((from + (until - from) * draw) * DAY);
	}
	return count + more;
}

static struct quality_burst burst_among(struct strewn *s)
{
	static double at[4000], beside[4000];
	size_t first = 0, last = s->others_count;
	qsort(s->own, s->own_count, sizeof s->own[0], in_order);
	qsort(s->others, s->others_count, sizeof s->others[0], in_order);
	while (first < last && s->others[first] < s->own[0])
		first++;
	while (last > first && s->others[last - 1] > s->own[s->own_count - 1])
		last--;
	quality_burst_place(s->own, s->own_count, &s->others[first], last - first, at);
	quality_burst_span(s->own, s->own_count, beside);
	quality_burst_even(at, s->own_count);
	quality_burst_even(beside, s->own_count);
	return quality_burst_of(at, beside, s->own_count, 0.01);
}

/* Mail as ever, a kiosk for the last 100 of 600 days, fax that falls out of use, a desk with 60 answers. */
static void fill(struct strewn *s, int unit)
{
	static const struct {
		size_t count;
		double from, bent;
	} of[] = { { 2000, 0, 1 }, { 300, 500, 1 }, { 700, 0, 0.5 }, { 60, 0, 1 } };
	s->own_count = s->others_count = 0;
	for (int i = 0; i < 4; i++) {
		int64_t *to = i == unit ? s->own : s->others;
		size_t *count = i == unit ? &s->own_count : &s->others_count;
		*count = strew(s, to, *count, of[i].count, of[i].from, 600, of[i].bent);
	}
}

static void a_mix_that_moves_is_no_burst(void **state)
{
	(void)state;
	enum { RUNS = 300 };
	static struct strewn s = { .seed = 12 };
	for (int unit = 0; unit < 4; unit++) {
		int bursts = 0;
		double least = 1;
		for (int run = 0; run < RUNS; run++) {
			fill(&s, unit);
			double chance = burst_among(&s).chance;
			bursts += chance < 0.05;
			least = fmin(least, chance);
		}
		print_message("unit %d: %d of %d below .05, the least %.2g\n", unit, bursts, RUNS,
		              least);
		assert_true(bursts <= RUNS * 6 / 100);
		assert_true(least > 1e-5);
	}
}

static void a_burst_is_found_in_a_mix_that_moves(void **state)
{
	(void)state;
	static struct strewn s = { .seed = 5 };
	for (int unit = 0; unit < 4; unit++) {
		size_t more = unit == 0 || unit == 2 ? 40 : 20;
		fill(&s, unit);
		s.own_count = strew(&s, s.own, s.own_count, more, 550, 550.1, 1);
		struct quality_burst b = burst_among(&s);
		print_message("unit %d: %zu, %.2g\n", unit, b.count, b.chance);
		assert_true(b.chance < 1e-4);
		assert_true(b.count >= more);
		assert_true(s.own[b.first] > (int64_t)(540 * DAY));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_exact_where_the_answer_is_known),
		cmocka_unit_test(is_what_scipy_gives),
		cmocka_unit_test(answers_all_at_once_are_a_burst),
		cmocka_unit_test(a_time_counts_by_the_others_before_it),
		cmocka_unit_test(a_mailing_that_everyone_got_is_no_burst),
		cmocka_unit_test(a_mix_that_moves_is_no_burst),
		cmocka_unit_test(a_burst_is_found_in_a_mix_that_moves),
		cmocka_unit_test(chance_makes_no_more_bursts_than_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
