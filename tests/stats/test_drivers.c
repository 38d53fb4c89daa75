/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/drivers.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b, by) assert_true(fabs((a) - (b)) < (by))
#define ANSWERS        1200

static struct arena arena;
static int16_t values[DRIVERS_MAX][ANSWERS];
static int8_t x[ANSWERS];
static uint64_t cluster[ANSWERS];
static const struct blind_rating *ratings[DRIVERS_MAX];

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* Ratings that share a mood; the first three go with the score, less and less. As in reference/drivers.py. */
static void draw_answers(uint64_t seed, size_t answers, size_t count)
{
	for (size_t i = 0; i < answers; i++) {
		unsigned mood = reference_pick(&seed, 7);
		for (size_t k = 0; k < count; k++) {
			unsigned value = mood + reference_pick(&seed, 5);
			values[k][i] = (int16_t)(value > 10 ? 10 : value);
		}
		int lean = 4 * values[0][i] + 2 * values[1][i] - values[2][i] +
		           (int)reference_pick(&seed, 20);
		x[i] = lean > 42 ? 1 : lean > 32 ? 0 : -1;
		cluster[i] = i + 1;
	}
}

static struct driver_list analyse(size_t answers, size_t count, size_t rounds)
{
	struct driver_list list;
	for (size_t k = 0; k < count; k++)
		ratings[k] = blind_rating_of_question(&arena, values[k], answers, 0, 10);
	struct driver_question q = { .answers = answers,
		                     .count = count,
		                     .x = x,
		                     .cluster = cluster,
		                     .ratings = ratings,
		                     .seed = 7,
		                     .rounds = rounds };
	drivers_of(&arena, &q, &list);
	return list;
}

static void is_what_fitting_each_set_anew_gives(void **state)
{
	(void)state;
	static const size_t answers[] = { 120, 400, 300 }, counts[] = { 3, 5, 8 };
	double largest = 0;
	for (size_t s = 0; s < 3; s++) {
		size_t seed = s + 1;
		draw_answers(seed, answers[s], counts[s]);
		struct driver_list list = analyse(answers[s], counts[s], 2);
		double sum = 0;
		NEAR(list.r2, reference_value("drivers", "%zu-r2", seed), 1e-10);
		for (size_t k = 0; k < counts[s]; k++) {
			const struct driver *d = &list.items[k];
			double pairs[4][2] = {
				{ d->dominance,
				  reference_value("drivers", "%zu-%zu-part", seed, k) },
				{ d->effect,
				  reference_value("drivers", "%zu-%zu-effect", seed, k) },
				{ d->alone, reference_value("drivers", "%zu-%zu-alone", seed, k) },
				{ d->spread,
				  reference_value("drivers", "%zu-%zu-spread", seed, k) },
			};
			for (size_t i = 0; i < 4; i++)
				largest = fmax(largest, fabs(pairs[i][0] - pairs[i][1]));
			sum += d->dominance;
		}
		NEAR(sum, list.r2, 1e-12);
	}
	print_message("largest difference to the reference: %g\n", largest);
	assert_true(largest < 1e-10);
}

static void puts_ratings_in_the_order_of_an_ordered_logit(void **state)
{
	(void)state;
	draw_answers(2, 400, 4);
	struct driver_list list = analyse(400, 4, 2);
	for (size_t j = 0; j < 4; j++)
		for (size_t k = 0; k < 4; k++) {
			bool ours = list.items[j].dominance > list.items[k].dominance;
			bool theirs = reference_value("drivers", "logit-%zu", j) >
			              reference_value("drivers", "logit-%zu", k);
			assert_int_equal(ours, theirs);
		}
}

static void what_drives_stands_and_has_its_sign(void **state)
{
	(void)state;
	draw_answers(9, 1200, 5);
	struct driver_list list = analyse(1200, 5, 150);
	assert_true(list.items[0].stands && list.items[1].stands);
	assert_true(list.items[0].effect_lo > 0);
	assert_true(list.items[2].effect_hi < 0); /* goes down with the score, the mood aside */
	assert_true(list.items[2].alone > 0);
	assert_true(list.items[3].effect_lo < 0 && list.items[3].effect_hi > 0);
	for (size_t k = 0; k < 5; k++) {
		const struct driver *d = &list.items[k];
		assert_true(d->lo < d->dominance && d->dominance < d->hi);
		assert_true(d->effect_lo < d->effect && d->effect < d->effect_hi);
	}
}

static void two_of_one_mind_share_and_both_stand(void **state)
{
	(void)state;
	draw_answers(4, 600, 3);
	for (size_t i = 0; i < 600; i++)
		values[1][i] = values[0][i];
	struct driver_list list = analyse(600, 2, 60);
	NEAR(list.items[0].dominance, list.items[1].dominance, 1e-9);
	NEAR(list.items[0].dominance + list.items[1].dominance, list.r2, 1e-12);
	assert_true(list.items[0].stands && list.items[1].stands);
}

static void leaves_out_answers_without_a_rating(void **state)
{
	(void)state;
	draw_answers(1, 120, 3);
	struct driver_list whole = analyse(120, 3, 20);
	for (size_t i = 120; i < 200; i++) {
		for (size_t k = 0; k < 3; k++)
			values[k][i] = k == i % 3 ? BLIND_NONE : 9;
		x[i] = -1;
		cluster[i] = 500 + i;
	}
	struct driver_list more = analyse(200, 3, 20);
	assert_int_equal(more.used, 120);
	assert_memory_equal(&more.items, &whole.items, sizeof more.items);
}

static void the_order_of_answers_does_not_show(void **state)
{
	(void)state;
	draw_answers(1, 400, 4);
	struct driver_list one = analyse(400, 4, 30);
	for (size_t i = 0, j = 399; i < j; i++, j--) {
		for (size_t k = 0; k < 4; k++) {
			int16_t value = values[k][i];
			values[k][i] = values[k][j];
			values[k][j] = value;
		}
		int8_t kept = x[i];
		x[i] = x[j];
		x[j] = kept;
		uint64_t key = cluster[i];
		cluster[i] = cluster[j];
		cluster[j] = key;
	}
	struct driver_list other = analyse(400, 4, 30);
	assert_memory_equal(one.items, other.items, sizeof one.items);
}

static void says_nothing_of_few_or_of_one_account(void **state)
{
	(void)state;
	draw_answers(1, 200, 4);
	assert_false(analyse(49, 4, 20).shown);
	assert_true(analyse(50, 4, 20).shown);
	assert_false(analyse(100, 12, 20).shown);
	for (size_t i = 0; i < 200; i++)
		cluster[i] = 1 + i % 10;
	assert_false(analyse(200, 4, 20).shown);
}

static void a_rating_that_never_differs_tells_nothing(void **state)
{
	(void)state;
	draw_answers(1, 200, 3);
	for (size_t i = 0; i < 200; i++)
		values[2][i] = 5;
	struct driver_list list = analyse(200, 3, 30);
	NEAR(list.items[2].dominance, 0, 1e-12);
	NEAR(list.items[2].effect, 0, 1e-12);
	assert_false(list.items[2].stands);
}

/* Accounts of 5, each of one mind in score and ratings, in ratings regardless of the score. */
static bool any_stands_of_shuffled(uint64_t seed, size_t answers, size_t count, size_t size)
{
	for (size_t i = 0; i < answers; i++) {
		if (i % size == 0)
			x[i] = (int8_t)((int)reference_pick(&seed, 3) - 1);
		else
			x[i] = x[i - 1];
		for (size_t k = 0; k < count; k++)
			values[k][i] =
			    i % size ? values[k][i - 1] : (int16_t)reference_pick(&seed, 11);
		cluster[i] = 1 + i / size;
	}
	struct driver_list list = analyse(answers, count, 100);
	bool any = false;
	for (size_t k = 0; k < count; k++)
		any = any || list.items[k].stands;
	return any;
}

static void shuffled_ratings_are_no_drivers(void **state)
{
	(void)state;
	enum { RUNS = 200 };
	int alone = 0, grouped = 0;
	for (unsigned run = 1; run <= RUNS; run++) {
		alone += any_stands_of_shuffled(run, 300, 5, 1);
		grouped += any_stands_of_shuffled(run + 1000, 600, 4, 5);
		arena_free(&arena);
	}
	print_message("shuffled: a driver in %d of %d, of accounts of one mind in %d\n", alone,
	              RUNS, grouped);
	assert_true(alone <= RUNS * 5 / 100);
	assert_true(grouped <= RUNS * 5 / 100);
}

static void the_reference_runs_again(void **state)
{
	(void)state;
	reference_runs_again("drivers");
}

#define TEST(name) cmocka_unit_test_teardown(name, drop)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(is_what_fitting_each_set_anew_gives),
		TEST(puts_ratings_in_the_order_of_an_ordered_logit),
		TEST(what_drives_stands_and_has_its_sign),
		TEST(two_of_one_mind_share_and_both_stand),
		TEST(leaves_out_answers_without_a_rating),
		TEST(the_order_of_answers_does_not_show),
		TEST(says_nothing_of_few_or_of_one_account),
		TEST(a_rating_that_never_differs_tells_nothing),
		TEST(shuffled_ratings_are_no_drivers),
		TEST(the_reference_runs_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
