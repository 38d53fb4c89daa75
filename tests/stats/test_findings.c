/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/findings.h"
#include "tests/stats/reference.h"

#include <gsl/gsl_cdf.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)
#define MANY       400

static struct arena arena;

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* The fifteen of Benjamini and Hochberg 1995, with what R's p.adjust(p, "BY") says of them. */
static void adjusts_the_published_fifteen_as_r_does(void **state)
{
	(void)state;
	static const double p[] = { .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
		                    .0459, .3240, .4262, .5719, .6528, .7590, 1 };
	static const double rates[] = { .00497734348984, .00995468697969, .03152317543568 };
	struct candidate list[15];
	for (int i = 0; i < 15; i++)
		list[i] = (struct candidate){ .size = 3 - .1 * i, .p = p[14 - i] };
	struct findings f = findings_among(&arena, list, 15);
	assert_int_equal(f.tried, 15);
	assert_int_equal(f.beyond_chance, 3);
	assert_int_equal(f.count, 3);
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 3; k++)
			if (f.list[i].candidate == (size_t)(14 - k))
				assert_true(fabs(f.list[i].rate - rates[k]) < 1e-12);
}

static void agrees_with_numpy(void **state)
{
	(void)state;
	struct candidate list[200];
	uint64_t seed = 9;
	double largest = 0;
	size_t beyond = 0;
	for (int i = 0; i < 200; i++) {
		list[i] =
		    (struct candidate){ .size = 1, .p = pow(reference_draw(&seed), i % 4 ? 1 : 6) };
		beyond += reference_value("share", "rate-%d", i) <= FINDINGS_RATE;
	}
	struct findings f = findings_among(&arena, list, 200);
	assert_int_equal(f.beyond_chance, beyond);
	assert_int_equal(f.count, FINDINGS_MAX);
	for (size_t i = 0; i < f.count; i++) {
		double rate = reference_value("share", "rate-%zu", f.list[i].candidate);
		largest = fmax(largest, fabs(f.list[i].rate - rate));
	}
	print_message("%zu of 200, rates %.1e off at most\n", beyond, largest);
	assert_true(largest < 1e-9);
}

static void tells_the_larger_and_surer_first(void **state)
{
	(void)state;
	static const struct candidate list[] = { { .size = 4, .p = 1e-9 },
		                                 { .size = -12, .p = 1e-7 },
		                                 { .size = 12.1, .p = .001 },
		                                 { .size = 30, .p = .2 } };
	struct findings f = findings_among(&arena, list, 4);
	assert_int_equal(f.count, 3);
	assert_int_equal(f.list[0].candidate, 1);
	assert_int_equal(f.list[1].candidate, 2);
	assert_int_equal(f.list[2].candidate, 0);
	double z = 3.290526731491926; /* of .001 */
	NEAR(f.list[1].certainty, 1 - 1 / (z * z));
}

static void nothing_stands_out_is_an_answer(void **state)
{
	(void)state;
	struct candidate list[MANY];
	for (int i = 0; i < MANY; i++)
		list[i] = (struct candidate){ .size = 20, .p = (i + 1) / (double)MANY };
	struct findings f = findings_among(&arena, list, MANY);
	assert_int_equal(f.count, 0);
	assert_int_equal(f.tried, MANY);
	assert_int_equal(findings_among(&arena, list, 0).count, 0);
}

static struct answer_sketch sketch(int64_t from, int64_t before)
{
	struct answer_sketch s = { 0 };
	for (int64_t id = from; id < before; id++)
		answer_sketch_add(&s, id * INT64_C(4194304));
	return s;
}

static void tells_the_same_answers_once(void **state)
{
	(void)state;
	struct answer_sketch north = sketch(0, 1000), old_plan = sketch(20, 1010);
	struct answer_sketch other = sketch(2000, 3000);
	const struct candidate list[] = { { -9, 1e-6, 1, &old_plan }, { -10, 1e-6, 1, &north },
		                          { -8, 1e-6, 1, &other },    { 7, 1e-6, 1, &north },
		                          { -6, 1e-6, 2, &north },    { -5, 1e-6, 1, NULL } };
	struct findings f = findings_among(&arena, list, 6);
	assert_int_equal(f.beyond_chance, 6);
	assert_int_equal(f.count, 5);
	static const size_t told[] = { 1, 2, 3, 4, 5 };
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(f.list[i].candidate, told[i]);
}

static void a_sketch_knows_how_much_two_have_in_common(void **state)
{
	(void)state;
	struct answer_sketch none = { 0 }, few = sketch(0, 3), all = sketch(0, 100000);
	NEAR(answer_sketch_likeness(&none, &none), 0);
	NEAR(answer_sketch_likeness(&none, &few), 0);
	NEAR(answer_sketch_likeness(&few, &few), 1);
	double largest = 0;
	for (int64_t overlap = 0; overlap <= 100000; overlap += 10000) {
		struct answer_sketch b = sketch(100000 - overlap, 200000 - overlap);
		double truth = (double)overlap / (double)(200000 - overlap);
		double off = fabs(answer_sketch_likeness(&all, &b) - truth);
		largest = fmax(largest, off);
	}
	print_message("likeness: %.3f off at most\n", largest);
	assert_true(largest < .13); /* three standard errors */
	assert_true(answer_sketch_likeness(&few, &all) < .1);
}

/* Candidates in groups that share a part of their noise, as segments of one attribute do; the first ones are real. */
static void draw_candidates(struct candidate *list, bool *real, int real_count, double effect,
                            uint64_t *seed)
{
	double shared = 0;
	for (int i = 0; i < MANY; i++) {
		if (i % 10 == 0)
			shared = gsl_cdf_ugaussian_Pinv(reference_draw(seed));
		double own = gsl_cdf_ugaussian_Pinv(reference_draw(seed));
		double se = 1 + 9 * reference_draw(seed); /* points: small segments err more */
		real[i] = i < real_count * 3 && i % 3 == 0;
		double z = sqrt(.5) * shared + sqrt(.5) * own + (real[i] ? effect : 0);
		list[i] =
		    (struct candidate){ .size = z * se, .p = 2 * gsl_cdf_ugaussian_Q(fabs(z)) };
	}
}

static void tells_chance_as_seldom_as_it_says(void **state)
{
	(void)state;
	enum { RUNS = 1000 };
	static const int real_counts[] = { 0, 3, 10, 40 };
	for (size_t k = 0; k < sizeof real_counts / sizeof real_counts[0]; k++) {
		uint64_t seed = k + 1;
		double false_share = 0;
		int told = 0;
		for (int run = 0; run < RUNS; run++) {
			struct candidate list[MANY];
			bool real[MANY];
			int chance = 0;
			draw_candidates(list, real, real_counts[k], 5, &seed);
			struct findings f = findings_among(&arena, list, MANY);
			for (size_t i = 0; i < f.count; i++)
				chance += !real[f.list[i].candidate];
			false_share += f.count ? chance / (double)f.count : 0;
			told += (int)f.count;
			arena_free(&arena);
		}
		print_message("%d real: %.2f told, %.4f of them chance\n", real_counts[k],
		              told / (double)RUNS, false_share / RUNS);
		assert_true(false_share < .05 * RUNS);
		assert_true(told >= (real_counts[k] < 10 ? real_counts[k] : 10) * RUNS / 3);
	}
}

static void numpy_still_says_what_stands_in_the_table(void **state)
{
	(void)state;
	reference_runs_again("share");
}

#define TEST(name) cmocka_unit_test_teardown(name, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(adjusts_the_published_fifteen_as_r_does),
		TEST(agrees_with_numpy),
		TEST(tells_the_larger_and_surer_first),
		TEST(nothing_stands_out_is_an_answer),
		TEST(tells_the_same_answers_once),
		TEST(a_sketch_knows_how_much_two_have_in_common),
		TEST(tells_chance_as_seldom_as_it_says),
		TEST(numpy_still_says_what_stands_in_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
