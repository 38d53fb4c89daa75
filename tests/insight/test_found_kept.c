/* What was found is there for the same question at the same rev alone, and stays while somebody holds it. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/found_kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct found_kept *kept;
static struct arena arena;

static int make(void **state)
{
	(void)state;
	kept = found_kept_new();
	return 0;
}

static int drop(void **state)
{
	(void)state;
	arena_free(&arena);
	found_kept_free(kept);
	return 0;
}

static struct found_key key_of(int64_t workspace, int64_t rev, Str question)
{
	return (struct found_key){ workspace, rev, question };
}

static const int *put(const struct found_key *key, int number, size_t bytes, bool is_good)
{
	struct arena own = { 0 };
	int *finding = ARENA_NEW(&own, int);
	*finding = number;
	if (bytes)
		arena_alloc(&own, bytes);
	found_kept_put(kept, key, &own, finding, is_good, &arena);
	assert_int_equal(own.bytes, 0);
	return finding;
}

static int found(int64_t workspace, int64_t rev, Str question)
{
	const struct found_key key = key_of(workspace, rev, question);
	struct arena once = { 0 };
	const int *finding = found_kept_find(kept, &key, &once);
	int number = finding ? *finding : -1;
	arena_free(&once);
	return number;
}

static void a_finding_is_for_its_question_and_rev_alone(void **state)
{
	(void)state;
	const struct found_key one = key_of(1, 7, STR("themes a")),
			       other = key_of(1, 7, STR("themes b")),
			       apart = key_of(2, 7, STR("themes a"));
	put(&one, 1, 0, true);
	put(&other, 2, 0, true);
	put(&apart, 3, 0, true);
	assert_int_equal(found(1, 7, STR("themes a")), 1);
	assert_int_equal(found(1, 7, STR("themes b")), 2);
	assert_int_equal(found(2, 7, STR("themes a")), 3);
	assert_int_equal(found(1, 8, STR("themes a")), -1);
	assert_int_equal(found(1, 6, STR("themes a")), -1);
	assert_int_equal(found(1, 7, STR("themes")), -1);
	assert_int_equal(found(3, 7, STR("themes a")), -1);
}

static void a_later_finding_takes_the_place_of_an_earlier_one(void **state)
{
	(void)state;
	const struct found_key then = key_of(1, 7, STR("q")), now = key_of(1, 8, STR("q"));
	put(&now, 2, 0, true);
	put(&then, 1, 0, true);
	assert_int_equal(found(1, 8, STR("q")), 2);
	assert_int_equal(found(1, 7, STR("q")), -1);
}

static void what_is_not_good_or_too_large_is_only_held(void **state)
{
	(void)state;
	const struct found_key old = key_of(1, 7, STR("old")), large = key_of(1, 7, STR("large"));
	const int *a = put(&old, 1, 0, false), *b = put(&large, 2, FOUND_KEPT_BYTES / 8, true);
	assert_int_equal(found(1, 7, STR("old")), -1);
	assert_int_equal(found(1, 7, STR("large")), -1);
	assert_int_equal(*a + *b, 3);
}

static void what_is_held_stays_when_it_is_forgotten(void **state)
{
	(void)state;
	const struct found_key one = key_of(1, 7, STR("q")), other = key_of(2, 7, STR("q"));
	const int *held = put(&one, 5, 0, true);
	put(&other, 6, 0, true);
	found_kept_forget(kept, 1);
	assert_int_equal(found(1, 7, STR("q")), -1);
	assert_int_equal(found(2, 7, STR("q")), 6);
	assert_int_equal(*held, 5);
}

static void what_was_asked_longest_ago_goes(void **state)
{
	(void)state;
	for (int i = 0; i < FOUND_KEPT_MAX; i++) {
		const struct found_key key = key_of(1, 7, str_printf(&arena, "question %d", i));
		put(&key, i, 0, true);
	}
	assert_int_equal(found(1, 7, STR("question 0")), 0);
	const struct found_key more = key_of(1, 7, STR("one more"));
	put(&more, 99, 0, true);
	assert_int_equal(found(1, 7, STR("one more")), 99);
	assert_int_equal(found(1, 7, STR("question 0")), 0);
	assert_int_equal(found(1, 7, STR("question 1")), -1);
	for (int i = 0; i < 20; i++) {
		const struct found_key key = key_of(2, 7, str_printf(&arena, "of some size %d", i));
		put(&key, i, FOUND_KEPT_BYTES / 9, true);
	}
	assert_int_equal(found(2, 7, STR("of some size 19")), 19);
	assert_int_equal(found(2, 7, STR("of some size 1")), -1);
	assert_int_equal(found(1, 7, STR("question 0")), -1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_finding_is_for_its_question_and_rev_alone),
		TEST(a_later_finding_takes_the_place_of_an_earlier_one),
		TEST(what_is_not_good_or_too_large_is_only_held),
		TEST(what_is_held_stays_when_it_is_forgotten),
		TEST(what_was_asked_longest_ago_goes),
	};
	return cmocka_run_group_tests_name("what was found", tests, NULL, NULL);
}
