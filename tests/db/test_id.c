/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/id.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define THREADS 4
#define EACH    50000

#define SOME_DAY INT64_C(1790000000000000) /* in 2026 */

static void ids_grow_while_the_clock_stands_or_goes_back(void **state)
{
	(void)state;
	struct id_maker *ids = id_maker_new(5);
	int64_t last = 0;
	for (int i = 0; i < 20000; i++) {
		int64_t id = id_make(ids, SOME_DAY - i);
		assert_true(id > last);
		last = id;
	}
	id_maker_free(ids);
}

static void ids_are_positive_and_carry_the_process_number(void **state)
{
	(void)state;
	struct id_maker *ids = id_maker_new(1023);
	int64_t before_the_epoch = id_make(ids, 0);
	int64_t id = id_make(ids, SOME_DAY);
	assert_true(before_the_epoch > 0);
	assert_int_equal(id >> 12 & 1023, 1023);
	assert_int_equal((id >> 22) + INT64_C(1735689600000), SOME_DAY / 1000);
	id_maker_renumber(ids, 7);
	assert_int_equal(id_make(ids, SOME_DAY) >> 12 & 1023, 7);
	id_maker_free(ids);
}

static void a_number_stays_busy_until_its_newest_id_is_past(void **state)
{
	(void)state;
	struct id_maker *ids = id_maker_new(1);
	for (int i = 0; i < 10000; i++) /* borrows from the milliseconds to come */
		id_make(ids, SOME_DAY);
	struct id_maker *successor = id_maker_new(1);
	int64_t last = id_make(ids, SOME_DAY);
	assert_true(id_maker_busy_until(ids) > SOME_DAY);
	assert_true(id_make(successor, id_maker_busy_until(ids)) > last);
	id_maker_free(ids);
	id_maker_free(successor);
}

struct worker {
	struct id_maker *ids;
	int64_t made[EACH];
};

static void *make_many(void *context)
{
	struct worker *w = context;
	for (int i = 0; i < EACH; i++)
		w->made[i] = id_make(w->ids, SOME_DAY + i);
	return NULL;
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void threads_never_make_the_same_id(void **state)
{
	(void)state;
	static struct worker workers[THREADS];
	static int64_t all[THREADS * EACH];
	pthread_t threads[THREADS];
	struct id_maker *ids = id_maker_new(3);
	for (int i = 0; i < THREADS; i++) {
		workers[i].ids = ids;
		pthread_create(&threads[i], NULL, make_many, &workers[i]);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		memcpy(all + i * EACH, workers[i].made, sizeof workers[i].made);
	}
	qsort(all, THREADS * EACH, sizeof all[0], by_value);
	for (int i = 1; i < THREADS * EACH; i++)
		assert_true(all[i] != all[i - 1]);
	id_maker_free(ids);
}

static void only_plain_positive_numbers_are_ids(void **state)
{
	(void)state;
	struct err err;
	int64_t id = 0;
	assert_true(id_parse(STR("9223372036854775807"), &id, &err));
	assert_true(id == INT64_MAX);
	const Str bad[] = { STR(""),
		            STR("0"),
		            STR("-1"),
		            STR("+1"),
		            STR("007"),
		            STR("1 "),
		            STR("1.0"),
		            STR("abc"),
		            STR("9223372036854775808"),
		            STR("1e3"),
		            STR("12345678901234567890") };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_false(id_parse(bad[i], &id, &err));
		assert_int_equal(err.kind, ERR_INVALID);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_grow_while_the_clock_stands_or_goes_back),
		cmocka_unit_test(ids_are_positive_and_carry_the_process_number),
		cmocka_unit_test(a_number_stays_busy_until_its_newest_id_is_past),
		cmocka_unit_test(threads_never_make_the_same_id),
		cmocka_unit_test(only_plain_positive_numbers_are_ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
