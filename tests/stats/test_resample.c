/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/resample.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reference.h"

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) < (by))

static struct arena arena;

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void counts_those_who_stand_alone_together(void **state)
{
	(void)state;
	struct resample_row rows[] = { { 7, 0, 1 }, { 0, 1, 1 }, { 9, 2, 1 }, { 0, 1, 1 },
		                       { 7, 2, 1 }, { 8, 0, 1 }, { 7, 2, 1 } };
	struct resample_plan plan = resample_plan_of(&arena, rows, 7, 3);
	NEAR(plan.alone[0], 1, 1e-12);
	NEAR(plan.alone[1], 2, 1e-12);
	NEAR(plan.alone[2], 1, 1e-12);
	assert_int_equal(plan.count, 2);
	assert_int_equal(plan.rows[0].cluster, 7);
	assert_int_equal(plan.rows[0].kind, 0);
	assert_int_equal(plan.rows[1].kind, 2);
	assert_int_equal(plan.rows[1].count, 2);
}

/* A hundred clusters with an answer of either kind: both count alike in each draw. */
static void answers_of_a_cluster_come_and_go_together(void **state)
{
	(void)state;
	struct resample_row rows[200];
	for (size_t i = 0; i < 200; i++)
		rows[i] = (struct resample_row){ 1 + i % 100, i >= 100, 1 };
	struct resample *r = resample_new(&arena, 3);
	struct resample_plan plan = resample_plan_of(&arena, rows, 200, 2);
	double weight[2], mean = 0, square = 0;
	for (int draw = 0; draw < 2000; draw++) {
		resample_draw(r, &plan, weight);
		NEAR(weight[0], weight[1], 1e-12);
		mean += weight[0] / 2000;
		square += weight[0] * weight[0] / 2000;
	}
	/* Poisson of mean 100 */
	NEAR(mean, 100, 1);
	NEAR(square - mean * mean, 100, 12);
}

static void the_order_of_rows_does_not_show(void **state)
{
	(void)state;
	struct resample_row rows[300], turned[300];
	for (size_t i = 0; i < 300; i++)
		rows[i] = (struct resample_row){ i * 7919 % 83, (uint32_t)(i % 5), 1 };
	for (size_t i = 0; i < 300; i++)
		turned[i] = rows[299 - i];
	struct resample_plan a = resample_plan_of(&arena, rows, 300, 5);
	struct resample_plan b = resample_plan_of(&arena, turned, 300, 5);
	struct resample *one = resample_new(&arena, 4), *two = resample_new(&arena, 4);
	for (int draw = 0; draw < 50; draw++) {
		double p[5], q[5];
		resample_draw(one, &a, p);
		resample_draw(two, &b, q);
		assert_memory_equal(p, q, sizeof p);
	}
}

static void clusters_that_are_alike_are_one_number(void **state)
{
	(void)state;
	struct resample_row rows[600];
	for (uint32_t i = 0; i < 600; i++)
		rows[i] = (struct resample_row){ 1 + i / 3, (i / 3 % 2) * 3 + i % 3, 1 };
	struct resample_plan plan = resample_plan_of(&arena, rows, 600, 6);
	assert_int_equal(plan.alike_count, 2);
	assert_int_equal(plan.count, 6);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(plan.alike[i].rows, 3);
		NEAR(plan.alike[i].clusters, 100, 1e-12);
	}
}

/* Clusters of one to forty answers, some with many of a kind, and nobody's: as columns they make the same plan. */
static void compare_plans(uint32_t kinds)
{
	enum { N = 4000, CLUSTERS = 1500 };
	static uint32_t cluster[N], kind[N];
	static struct resample_row rows[N];
	uint64_t seed = 12;
	for (size_t i = 0; i < N; i++) {
		double u = reference_draw(&seed);
		cluster[i] = reference_draw(&seed) < 0.2 ? 0 : (uint32_t)(u * u * CLUSTERS) + 1;
		kind[i] = (uint32_t)(reference_draw(&seed) * (cluster[i] % 7 ? 3 : kinds));
		rows[i] = (struct resample_row){ cluster[i], kind[i], 1 };
	}
	struct resample_plan a =
	    resample_plan_of_columns(&arena, cluster, kind, N, CLUSTERS, kinds);
	struct resample_plan b = resample_plan_of(&arena, rows, N, kinds);
	assert_true(a.alike_count > 10 && a.alike_count < CLUSTERS);
	assert_int_equal(a.alike_count, b.alike_count);
	assert_int_equal(a.count, b.count);
	assert_memory_equal(a.alone, b.alone, kinds * sizeof *a.alone);
	assert_memory_equal(a.rows, b.rows, a.count * sizeof *a.rows);
	for (size_t i = 0; i < a.alike_count; i++) {
		assert_int_equal(a.alike[i].first, b.alike[i].first);
		assert_int_equal(a.alike[i].rows, b.alike[i].rows);
		assert_true(a.alike[i].clusters == b.alike[i].clusters);
	}
}

static void columns_make_the_same_plan(void **state)
{
	(void)state;
	compare_plans(9);
	compare_plans(5000); /* too many for a table of pairs */
}

/* 120,000 clusters of two, hardly two of them alike: dealt into groups, shares spread as they would one by one. */
static void many_clusters_are_dealt_into_groups(void **state)
{
	(void)state;
	enum { CLUSTERS = 120000, DRAWS = 400, KINDS = 1000 };
	struct resample_row *rows = ARENA_ARRAY(&arena, struct resample_row, 2 * CLUSTERS);
	for (uint32_t i = 0; i < CLUSTERS; i++) {
		rows[2 * i] = (struct resample_row){ 1 + i, i % 500, 1 };
		rows[2 * i + 1] = (struct resample_row){ 1 + i, 500 + i / 500 % 500, 1 };
	}
	struct resample_plan plan = resample_plan_of(&arena, rows, 2 * CLUSTERS, KINDS);
	assert_int_equal(plan.alike_count, RESAMPLE_MOST);
	double answers = 0;
	for (size_t i = 0; i < plan.count; i++)
		answers += plan.rows[i].count;
	NEAR(answers, 2 * CLUSTERS, 1e-9);
	struct resample *r = resample_new(&arena, 5);
	double weight[KINDS], mean = 0, square = 0;
	for (int draw = 0; draw < DRAWS; draw++) {
		double total = 0, some = 0;
		resample_draw(r, &plan, weight);
		for (int kind = 0; kind < KINDS; kind++)
			total += weight[kind];
		for (int kind = 0; kind < 50; kind++)
			some += weight[kind];
		double share = 2 * some / total;
		mean += share / DRAWS;
		square += share * share / DRAWS;
	}
	/* one cluster in ten */
	NEAR(mean, 0.1, 5e-4);
	NEAR(sqrt((square - mean * mean) / (0.1 * 0.9 / CLUSTERS)), 1, 0.1);
}

/* Mean and variance of a Poisson number are its mean; and one in e is 0. */
static void draws_poisson_numbers(void **state)
{
	(void)state;
	static const double means[] = { 1, 2, 7.5, 16, 40 };
	enum { DRAWS = 200000 };
	struct resample *r = resample_new(&arena, 6);
	for (size_t i = 0; i < sizeof means / sizeof means[0]; i++) {
		double mean = 0, square = 0, none = 0;
		for (int draw = 0; draw < DRAWS; draw++) {
			double n = resample_poisson(r, means[i]);
			mean += n / DRAWS;
			square += n * n / DRAWS;
			none += (n < 0.5) / (double)DRAWS;
		}
		NEAR(mean, means[i], 5 * sqrt(means[i] / DRAWS));
		NEAR((square - mean * mean) / means[i], 1, 0.02);
		NEAR(none, exp(-means[i]), 0.005);
	}
}

/* R's quantile(c(1, 3, 4, 8, 20), c(0, .1, .5, .9, 1)), type 7: 1, 1.8, 4, 15.2, 20. */
static void quantiles_are_those_of_r(void **state)
{
	(void)state;
	double values[] = { 20, 3, 1, 8, 4 };
	resample_sort(values, 5);
	NEAR(resample_quantile(values, 5, 0), 1, 1e-12);
	NEAR(resample_quantile(values, 5, 0.1), 1.8, 1e-12);
	NEAR(resample_quantile(values, 5, 0.5), 4, 1e-12);
	NEAR(resample_quantile(values, 5, 0.9), 15.2, 1e-12);
	NEAR(resample_quantile(values, 5, 1), 20, 1e-12);
	NEAR(resample_quantile(values, 1, 0.3), 1, 1e-12);
}

#define TEST(name) cmocka_unit_test_teardown(name, drop)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(counts_those_who_stand_alone_together),
		TEST(answers_of_a_cluster_come_and_go_together),
		TEST(the_order_of_rows_does_not_show),
		TEST(clusters_that_are_alike_are_one_number),
		TEST(columns_make_the_same_plan),
		TEST(many_clusters_are_dealt_into_groups),
		TEST(draws_poisson_numbers),
		TEST(quantiles_are_those_of_r),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
