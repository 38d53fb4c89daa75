/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/changepoint.h"
#include "stats/resample.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) < (by))
#define MOST           400

static struct arena arena;
static struct changepoint_bucket buckets[MOST];

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* Annual flow of the Nile at Aswan, 1871 to 1970: Cobb, Biometrika 65 (1978), table 1. */
static const double nile[] = {
	1120, 1160, 963, 1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994,  1020,
	960,  1180, 799, 958,  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,
	874,  694,  940, 833,  701,  916,  692,  1020, 1050, 969,  831,  726,  456,  824,  702,
	1120, 1100, 832, 764,  821,  768,  845,  864,  862,  698,  845,  744,  796,  1040, 759,
	781,  865,  845, 944,  984,  897,  822,  1010, 771,  676,  649,  846,  812,  742,  801,
	1040, 860,  874, 848,  890,  744,  749,  838,  1050, 918,  986,  797,  923,  975,  815,
	1020, 906,  901, 1170, 912,  746,  919,  718,  714,  740
};

static void check(const char *name, const struct changepoint_list *list, double *largest)
{
	assert_int_equal(list->count, (int)reference_value("changepoint", "%s-count", name));
	double v = reference_value("changepoint", "%s-variance", name);
	*largest = fmax(*largest, fabs(list->variance - v) / v);
	for (size_t i = 0; i < list->count; i++) {
		const struct changepoint *c = &list->items[i];
		double size = reference_value("changepoint", "%s-%zu-size", name, i);
		double lo = reference_value("changepoint", "%s-%zu-lo", name, i);
		double hi = reference_value("changepoint", "%s-%zu-hi", name, i);
		assert_int_equal(c->at, (int)reference_value("changepoint", "%s-%zu-at", name, i));
		assert_int_equal(c->from,
		                 (int)reference_value("changepoint", "%s-%zu-from", name, i));
		assert_int_equal(c->to, (int)reference_value("changepoint", "%s-%zu-to", name, i));
		*largest = fmax(*largest, fabs(c->size - size) / fabs(size));
		*largest = fmax(*largest, fabs(c->lo - lo) / fabs(size));
		*largest = fmax(*largest, fabs(c->hi - hi) / fabs(size));
	}
}

static struct changepoint_list find_nile(void)
{
	for (size_t i = 0; i < 100; i++)
		buckets[i] = (struct changepoint_bucket){ 1, nile[i], nile[i] * nile[i] };
	struct changepoint_how how = { 1, 1, 0 };
	return changepoint_find(&arena, buckets, 100, &how);
}

/* The last year before the change is 1898 by everyone who looked: Cobb 1978; Zeileis and others, "Testing and Dating of
 * Structural Changes in Practice" (2003), whose range is 1895 to 1902, with levels of 1097.75 and 849.97. */
static void finds_the_year_in_which_the_nile_fell(void **state)
{
	(void)state;
	struct changepoint_list list = find_nile();
	assert_int_equal(list.count, 1);
	const struct changepoint *c = list.items;
	assert_int_equal(1871 + c->at - 1, 1898);
	assert_in_range(1871 + c->from - 1, 1895, 1898);
	assert_in_range(1871 + c->to - 1, 1898, 1902);
	NEAR(c->before, 1097.75, 0.005);
	NEAR(c->after, 849.97, 0.005);
	assert_true(c->lo < c->after - c->before && c->after - c->before < c->hi);
}

/* In points of the score. */
static struct changepoint_bucket bucket_of(int answers, int promoters, int detractors)
{
	return (struct changepoint_bucket){ answers, 100 * (promoters - detractors),
		                            1e4 * (promoters + detractors) };
}

static void draw_scores(uint64_t seed)
{
	for (size_t bucket = 0; bucket < 16; bucket++) {
		int n = 20 + (int)reference_pick(&seed, 40), promoters = 0, detractors = 0;
		double shift = bucket >= 5 && bucket < 11 ? 0.2 : 0;
		for (int i = 0; i < n; i++) {
			double u = reference_draw(&seed) + shift;
			promoters += u < 0.5;
			detractors += u > 0.8;
		}
		buckets[bucket] = bucket_of(n, promoters, detractors);
	}
}

/* Small noise and two large steps, which must not pass for noise. */
static void draw_steps(void)
{
	uint64_t seed = 11;
	for (size_t i = 0; i < 34; i++) {
		double value = reference_pick(&seed, 20) + (i >= 10 && i < 24 ? 100 : 0);
		buckets[i] = (struct changepoint_bucket){ 1, value, value * value };
	}
}

static void is_the_best_of_all_ways_to_cut(void **state)
{
	(void)state;
	double largest = 0;
	struct changepoint_list list = find_nile();
	check("nile", &list, &largest);
	draw_steps();
	struct changepoint_how bare = { 1, 1, 0 };
	list = changepoint_find(&arena, buckets, 34, &bare);
	assert_int_equal(list.count, 2);
	check("steps", &list, &largest);
	for (unsigned seed = 1; seed <= 4; seed++) {
		char name[20];
		snprintf(name, sizeof name, "score%u", seed);
		draw_scores(seed);
		struct changepoint_how how = { 1.3, 30, 100 };
		list = changepoint_find(&arena, buckets, 16, &how);
		check(name, &list, &largest);
	}
	print_message("largest difference to the reference: %g of the size\n", largest);
	/* the variance between neighbours is a fixed point, found by steps here and by bisection there */
	assert_true(largest < 1e-6);
}

static void passes_over_days_without_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < 120; i++)
		buckets[i] = i % 7 > 4 ? (struct changepoint_bucket){ 0 }
		             : i < 61  ? bucket_of(20, 11, 3)
		                       : bucket_of(20, 6, 8);
	struct changepoint_how how = { 1, 30, 100 };
	struct changepoint_list list = changepoint_find(&arena, buckets, 120, &how);
	assert_int_equal(list.count, 1);
	/* day 61 is empty, and so is 62 */
	assert_int_equal(list.items[0].at, 63);
	NEAR(list.items[0].size, -50, 1);
}

static void says_nothing_of_too_few(void **state)
{
	(void)state;
	struct changepoint_how how = { 1, 30, 100 };
	assert_int_equal(changepoint_find(&arena, buckets, 0, &how).count, 0);
	for (size_t i = 0; i < 20; i++)
		buckets[i] = bucket_of(2, i < 10 ? 2 : 0, i < 10 ? 0 : 2);
	assert_int_equal(changepoint_find(&arena, buckets, 20, &how).count, 0);
	for (size_t i = 0; i < 20; i++)
		buckets[i] = bucket_of(200, 200, 0);
	assert_int_equal(changepoint_find(&arena, buckets, 20, &how).count, 0);
}

static void a_wider_spread_of_clusters_asks_for_more(void **state)
{
	(void)state;
	for (int i = 0; i < 52; i++)
		buckets[i] = i < 26 ? bucket_of(40, 20 + i % 3, 8) : bucket_of(40, 17 + i % 3, 11);
	struct changepoint_how alone = { 1, 30, 100 }, grouped = { 4, 30, 100 };
	assert_int_equal(changepoint_find(&arena, buckets, 52, &alone).count, 1);
	assert_int_equal(changepoint_find(&arena, buckets, 52, &grouped).count, 0);
}

/* A year of weeks of about 60 answers, with a fall in week 20. */
static struct changepoint_list draw_year(struct resample *source, uint64_t *seed, double fall)
{
	for (size_t week = 0; week < 52; week++) {
		int n = (int)resample_poisson(source, 60), promoters = 0, detractors = 0;
		for (int i = 0; i < n; i++) {
			double u = reference_draw(seed) + (week >= 20 ? fall / 2 : 0);
			promoters += u < 0.5;
			detractors += u > 0.8;
		}
		buckets[week] = bucket_of(n, promoters, detractors);
	}
	struct changepoint_how how = { 1, 30, 100 };
	return changepoint_find(&arena, buckets, 52, &how);
}

static void finds_what_is_there_and_little_else(void **state)
{
	(void)state;
	enum { RUNS = 400 };
	struct resample *source = resample_new(&arena, 3);
	uint64_t seed = 3;
	int alarms = 0, found = 0, dated = 0, sized = 0;
	for (int run = 0; run < RUNS; run++)
		alarms += draw_year(source, &seed, 0).count > 0;
	for (int run = 0; run < RUNS; run++) {
		struct changepoint_list list = draw_year(source, &seed, 0.15);
		if (list.count != 1)
			continue;
		found++;
		dated += list.items->from <= 20 && 20 <= list.items->to;
		sized += list.items->lo <= -15 && -15 <= list.items->hi;
	}
	print_message("of %d series: %d false; a fall of 15 found in %d, its date held in %d, its "
	              "size in %d\n",
	              RUNS, alarms, found, dated, sized);
	assert_true(alarms <= RUNS * 5 / 100);
	assert_true(found >= RUNS * 90 / 100);
	assert_true(dated >= found * 93 / 100);
	assert_true(sized >= found * 93 / 100);
}

static void the_reference_runs_again(void **state)
{
	(void)state;
	reference_runs_again("changepoint");
}

#define TEST(name) cmocka_unit_test_teardown(name, drop)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(finds_the_year_in_which_the_nile_fell),
		TEST(is_the_best_of_all_ways_to_cut),
		TEST(passes_over_days_without_answers),
		TEST(says_nothing_of_too_few),
		TEST(a_wider_spread_of_clusters_asks_for_more),
		TEST(finds_what_is_there_and_little_else),
		TEST(the_reference_runs_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
