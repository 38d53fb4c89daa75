/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/sample.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define THINGS 400

static void draw(struct arena *a, uint64_t seed, size_t most, bool backwards, struct sample *out)
{
	sample_begin(out, a, seed, most);
	for (int64_t i = 0; i < THINGS; i++) {
		int64_t id = 1000 + 3 * (backwards ? THINGS - 1 - i : i);
		sample_offer(out, id, (uint64_t)id * 2);
	}
	sample_end(out);
}

static void is_the_same_for_the_same_seed_in_whatever_order(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct sample x, y, other;
	draw(&a, 7, 100, false, &x);
	draw(&a, 7, 100, true, &y);
	draw(&a, 8, 100, false, &other);
	size_t alike = 0;
	assert_int_equal(x.count, 100);
	assert_int_equal(x.offered, THINGS);
	for (size_t i = 0; i < 100; i++) {
		assert_true(x.at[i].id == y.at[i].id);
		assert_true(x.at[i].with == (uint64_t)x.at[i].id * 2);
		alike += x.at[i].id == other.at[i].id;
		for (size_t k = 0; k < i; k++)
			assert_true(x.at[i].id != x.at[k].id);
	}
	assert_true(alike < 5);
	arena_free(&a);
}

static void begins_with_the_smaller_sample(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct sample few, many, all;
	draw(&a, 3, 20, false, &few);
	draw(&a, 3, 150, false, &many);
	draw(&a, 3, 5000, false, &all);
	assert_int_equal(all.count, THINGS);
	for (size_t i = 0; i < 150; i++) {
		assert_true(i >= 20 || few.at[i].id == many.at[i].id);
		assert_true(many.at[i].id == all.at[i].id);
	}
	arena_free(&a);
}

/* Each is drawn alike often, and each pair: pairs under simple random sampling have n (n - 1) / (N (N - 1)). */
static void draws_each_thing_and_each_pair_alike_often(void **state)
{
	(void)state;
	enum { DRAWS = 4000, MOST = 40 };
	static int times[THINGS];
	int neighbours = 0;
	for (uint64_t seed = 0; seed < DRAWS; seed++) {
		struct arena a = { 0 };
		struct sample s;
		bool in[THINGS] = { false };
		draw(&a, seed, MOST, false, &s);
		for (size_t i = 0; i < s.count; i++) {
			size_t at = (size_t)(s.at[i].id - 1000) / 3;
			in[at] = true;
			times[at]++;
		}
		for (size_t i = 1; i < THINGS; i++)
			neighbours += in[i] && in[i - 1];
		arena_free(&a);
	}
	double expected = (double)DRAWS * MOST / THINGS, chi = 0;
	for (size_t i = 0; i < THINGS; i++)
		chi += (times[i] - expected) * (times[i] - expected) /
		       (expected * (1 - (double)MOST / THINGS));
	/* Of 399 degrees of freedom: a chance of 1 in 10,000 lies at 508. */
	assert_true(chi < 508 && chi > 300);
	double pairs =
	    (double)DRAWS * (THINGS - 1) * MOST * (MOST - 1) / ((double)THINGS * (THINGS - 1));
	assert_true(fabs(neighbours - pairs) < 5 * sqrt(pairs));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_same_for_the_same_seed_in_whatever_order),
		cmocka_unit_test(begins_with_the_smaller_sample),
		cmocka_unit_test(draws_each_thing_and_each_pair_alike_often),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
