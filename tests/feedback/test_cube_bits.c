/* Bits that are kept with a column: made once, by whichever thread asks first, as many as a column keeps, and gone when it changes. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_bits.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/die.h"
#include "feedback/cube_column.h"

#define THREADS 4
#define CODES   11u

static struct cube_memory memory;
static struct cube_codes codes;

static uint8_t code_at(uint32_t row)
{
	return (uint8_t)(row * 7 % CODES);
}

static int make(void **state)
{
	(void)state;
	struct cube_column *c = cube_column_new(&memory, 1, CUBE_CHUNK_ROWS);
	codes = (struct cube_codes){ .at = c->at, .width = 1, .column = c };
	for (uint32_t row = 0; row < CUBE_CHUNK_ROWS; row++)
		c->at[row] = code_at(row);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	cube_column_drop(codes.column);
	assert_int_equal(atomic_load(&memory.bytes), 0);
	return 0;
}

static void fill(uint64_t bits[static CUBE_BITS_WORDS], const struct cube_codes *of, uint32_t what)
{
	memset(bits, 0, CUBE_BITS_WORDS * sizeof *bits);
	for (uint32_t row = 0; row < CUBE_CHUNK_ROWS; row++)
		if (cube_code(*of, row) == what)
			bits[row / 64] |= UINT64_C(1) << row % 64;
}

static bool is_right(const uint64_t *bits, uint32_t what)
{
	uint64_t expected[CUBE_BITS_WORDS];
	fill(expected, &codes, what);
	return memcmp(bits, expected, sizeof expected) == 0;
}

static void who_asks_again_gets_the_same_until_the_column_changes(void **state)
{
	(void)state;
	const uint64_t *three = cube_bits_of(&codes, 3, fill);
	assert_true(is_right(three, 3));
	assert_true(is_right(cube_bits_of(&codes, 4, fill), 4));
	assert_ptr_equal(cube_bits_of(&codes, 3, fill), three);
	cube_column_forget(codes.column);
	codes.column->at[5] = 3;
	assert_true(is_right(cube_bits_of(&codes, 3, fill), 3));
}

static void a_column_keeps_those_that_were_asked_first(void **state)
{
	(void)state;
	for (uint32_t what = 0; what < CUBE_BITS_MAX; what++)
		assert_non_null(cube_bits_of(&codes, what, fill));
	size_t bytes = atomic_load(&memory.bytes);
	assert_null(cube_bits_of(&codes, CUBE_BITS_MAX, fill));
	assert_true(is_right(cube_bits_of(&codes, 0, fill), 0));
	assert_int_equal(atomic_load(&memory.bytes), bytes);
}

static void *ask(void *wrong)
{
	for (uint32_t i = 0; i < 4 * CODES; i++)
		if (!is_right(cube_bits_of(&codes, i % CODES, fill), i % CODES))
			*(bool *)wrong = true;
	return NULL;
}

static void threads_that_ask_at_once_share_them(void **state)
{
	(void)state;
	pthread_t threads[THREADS];
	bool wrong[THREADS] = { false };
	for (int i = 0; i < THREADS; i++)
		MUST(pthread_create(&threads[i], NULL, ask, &wrong[i]) == 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < THREADS; i++)
		assert_false(wrong[i]);
	size_t bytes = atomic_load(&memory.bytes);
	assert_true(bytes < CUBE_CHUNK_ROWS + (CODES + 1) * (CUBE_CHUNK_ROWS / 8));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_asks_again_gets_the_same_until_the_column_changes),
		TEST(a_column_keeps_those_that_were_asked_first),
		TEST(threads_that_ask_at_once_share_them),
	};
	return cmocka_run_group_tests_name("bits of columns", tests, NULL, NULL);
}
