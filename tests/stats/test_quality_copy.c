/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/quality_copy.h"
#include "tests/stats/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static struct arena arena;

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void same_words_alone_are_no_copy(void **state)
{
	(void)state;
	static const struct quality_answer answers[] = { { 5, 1, 100 }, { 5, 2, 200 },
		                                         { 5, 3, 300 }, { 0, 4, 100 },
		                                         { 0, 4, 100 }, { 6, 0, 7 } };
	struct quality_copies c = quality_copy_of(&arena, answers, 6);
	assert_int_equal(c.copies, 0);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(c.answers[i].by_device, 1);
		assert_int_equal(c.answers[i].by_minute, 1);
	}
	/* without words there is still the device */
	assert_int_equal(c.answers[3].of_device, 2);
	assert_int_equal(c.largest_device, 2);
	assert_int_equal(quality_copy_of(&arena, answers, 0).copies, 0);
}

static void same_words_of_a_device_or_a_minute_are_copies(void **state)
{
	(void)state;
	static const struct quality_answer answers[] = {
		{ 5, 1, 100 }, { 5, 1, 200 }, { 5, 2, 200 }, { 5, 1, 100 }, { 8, 1, 100 }
	};
	struct quality_copies c = quality_copy_of(&arena, answers, 5);
	assert_int_equal(c.answers[0].by_device, 3);
	assert_int_equal(c.answers[0].by_minute, 2);
	assert_int_equal(c.answers[2].by_device, 1);
	assert_int_equal(c.answers[2].by_minute, 2);
	assert_int_equal(c.answers[4].of_device, 4);
	/* all but the first of each group: 1, 3 by device, 2, 3 by minute */
	assert_int_equal(c.copies, 3);
}

static void is_what_sql_counts(void **state)
{
	(void)state;
	static struct quality_answer answers[500];
	uint64_t seed = 5;
	for (size_t i = 0; i < 500; i++) {
		answers[i].text = reference_pick(&seed, 40);
		answers[i].device = reference_pick(&seed, 60);
		answers[i].minute = reference_pick(&seed, 30);
	}
	struct quality_copies c = quality_copy_of(&arena, answers, 500);
	/* the sum of squares of groups is the sum of their sizes over answers */
	unsigned device = 0, minute = 0, same = 0, most_device = 0, most_minute = 0;
	for (size_t i = 0; i < 500; i++) {
		const struct quality_likes *x = &c.answers[i];
		device += answers[i].text && answers[i].device ? x->by_device : 0;
		minute += answers[i].text ? x->by_minute : 0;
		same += answers[i].device ? x->of_device : 0;
		most_device = x->by_device > most_device ? x->by_device : most_device;
		most_minute = x->by_minute > most_minute ? x->by_minute : most_minute;
	}
	assert_int_equal(device, (int)reference_value("quality", "copies-device-squares"));
	assert_int_equal(minute, (int)reference_value("quality", "copies-minute-squares"));
	assert_int_equal(same, (int)reference_value("quality", "copies-same-squares"));
	assert_int_equal(most_device, (int)reference_value("quality", "copies-device-most"));
	assert_int_equal(most_minute, (int)reference_value("quality", "copies-minute-most"));
	assert_int_equal(c.largest_device, (int)reference_value("quality", "copies-same-most"));
	assert_int_equal(c.copies, (int)reference_value("quality", "copies"));
}

#define TEST(name) cmocka_unit_test_teardown(name, drop)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(same_words_alone_are_no_copy),
		TEST(same_words_of_a_device_or_a_minute_are_copies),
		TEST(is_what_sql_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
