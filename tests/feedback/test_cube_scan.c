/* Loops over columns against the same row by row, over blocks of any length. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw.h"
#include "feedback/cube_scan_count.h"
#include "feedback/cube_scan_values.h"

#define WORDS (SCAN_ROWS / 64)
/* So often that bytes do not hold what is counted. */
#define BYTES_TIMES 20

struct block {
	uint32_t rows;
	uint8_t mask[SCAN_ROWS], facts[SCAN_ROWS], symbols[SCAN_ROWS];
};

/* States from none to deleted, scores and none, one in `few` of the mask. */
static void draw_block(struct block *b, uint64_t *random)
{
	uint64_t few = 1 + draw_next(random) % 30;
	b->rows = draw_next(random) % 4 ? SCAN_ROWS : 1 + (uint32_t)(draw_next(random) % SCAN_ROWS);
	for (uint32_t i = 0; i < b->rows; i++) {
		uint32_t state = (uint32_t)(draw_next(random) % 8),
			 score = (uint32_t)(draw_next(random) % 12);
		b->mask[i] = draw_next(random) % few == 0 ? 255 : 0;
		b->facts[i] = (uint8_t)(state << 4 | (score > 10 ? CUBE_NO_SCORE : score));
	}
	scan_symbols(b->symbols, b->mask, b->facts, b->rows);
}

static bool bit_of(const uint64_t *bits, uint32_t row)
{
	return bits[row / 64] >> row % 64 & 1;
}

static void finds_which_rows_are_meant_and_count(const struct block *b)
{
	uint64_t meant[WORDS], counted[WORDS], left[WORDS];
	uint8_t states[SCAN_ROWS];
	uint16_t list[SCAN_ROWS + SCAN_LIST_ROOM];
	uint32_t count = 0, of_counted = 0, of_left = 0;
	uint32_t said = scan_bits(meant, b->mask, b->rows);
	uint32_t said_counted = scan_counted(counted, b->symbols, b->rows);
	uint32_t said_left = scan_uncounted(left, states, b->mask, b->symbols, b->facts, b->rows);
	scan_list(list, meant, b->rows);
	for (uint32_t i = 0; i < b->rows; i++) {
		uint32_t state = CUBE_STATE(b->facts[i]), score = CUBE_SCORE(b->facts[i]);
		bool counts = b->mask[i] && (state == 1 || state == 2) && score <= 10;
		bool is_left = b->mask[i] && !counts && state > 0;
		assert_int_equal(b->symbols[i], counts ? score : SCAN_NONE);
		assert_int_equal(bit_of(meant, i), b->mask[i] != 0);
		assert_int_equal(bit_of(counted, i), counts);
		assert_int_equal(bit_of(left, i), is_left);
		assert_int_equal(states[i], is_left ? state : 0);
		if (b->mask[i])
			assert_int_equal(list[count++], i);
		of_counted += counts;
		of_left += is_left;
	}
	assert_int_equal(said, count);
	assert_int_equal(said_counted, of_counted);
	assert_int_equal(said_left, of_left);
}

static void counts_by_key(const struct block *b, uint32_t keys, uint64_t *random)
{
	static uint32_t key[SCAN_ROWS], own[SCAN_ROWS], values[SCAN_ROWS];
	static uint16_t narrow[SCAN_ROWS];
	static uint16_t list[SCAN_ROWS + SCAN_LIST_ROOM];
	uint32_t size = keys * SCAN_SYMBOLS;
	uint32_t *counts = calloc(size * SCAN_LANES, sizeof(*counts));
	uint32_t *few = calloc(size, sizeof(*few)), *expected = calloc(size, sizeof(*expected));
	int64_t all[SCAN_SYMBOLS] = { 0 };
	uint64_t bits[WORDS];
	for (uint32_t i = 0; i < b->rows; i++)
		key[i] = (uint32_t)(draw_next(random) % keys);
	uint32_t meant = scan_counted(bits, b->symbols, b->rows);
	scan_list(list, bits, b->rows);
	for (uint32_t i = 0; i < meant; i++)
		own[i] = key[list[i]];
	scan_count_keys(counts, key, b->symbols, b->rows, size);
	scan_count_few(few, own, b->symbols, list, meant);
	scan_count_all(all, b->symbols, b->rows, 0, 10);
	scan_values(values, key, b->symbols, b->rows, 0, SCAN_VALUE_BEFORE);
	scan_narrow_values(narrow, key, b->symbols, b->rows, 0);
	for (uint32_t i = 0; i < b->rows; i++) {
		uint32_t symbol = b->symbols[i], x = (uint32_t)(symbol >= 7) + (symbol >= 9);
		if (symbol == SCAN_NONE) {
			assert_int_equal(values[i] & 3, SCAN_VALUE_NONE);
			assert_int_equal(narrow[i] & 3, SCAN_VALUE_NONE);
			continue;
		}
		expected[key[i] * SCAN_SYMBOLS + symbol]++;
		all[symbol]--;
		assert_int_equal(values[i], key[i] << SCAN_VALUE_BITS | SCAN_VALUE_BEFORE | x);
		assert_int_equal(narrow[i], key[i] << SCAN_NARROW_BITS | x);
	}
	for (uint32_t i = 0; i < size; i++) {
		uint32_t sum = 0;
		for (uint32_t lane = 0; lane < SCAN_LANES; lane++)
			sum += counts[lane * size + i];
		if (i % SCAN_SYMBOLS != SCAN_NONE)
			assert_int_equal(sum, expected[i]);
		assert_int_equal(few[i], expected[i]);
		assert_int_equal(all[i % SCAN_SYMBOLS], 0);
	}
	free(counts);
	free(few);
	free(expected);
}

/* Keys are five of a code and two. */
static void says_narrow(const struct block *b, const uint16_t *narrow,
                        const struct cube_codes *codes)
{
	uint64_t bits[WORDS];
	scan_narrow_bits(bits, narrow, b->rows);
	for (uint32_t i = 0; i < b->rows; i++) {
		uint32_t symbol = b->symbols[i], x = (uint32_t)(symbol >= 7) + (symbol >= 9);
		uint32_t key = cube_code(*codes, i + 5) * 5 + 2;
		assert_int_equal(bit_of(bits, i), symbol != SCAN_NONE);
		if (symbol != SCAN_NONE)
			assert_int_equal(narrow[i], key << SCAN_NARROW_BITS | x);
		else
			assert_int_equal(narrow[i] & 3, SCAN_VALUE_NONE);
	}
}

/* Of a column as it stands, with another dimension's code for a stride. */
static void counts_by_column(const struct block *b, uint32_t width, uint64_t *random)
{
	static uint16_t column[SCAN_ROWS + 5];
	static uint32_t counts[50 * SCAN_SYMBOLS * SCAN_LANES], expected[50 * SCAN_SYMBOLS];
	const struct cube_codes codes = { .at = column, .width = width };
	memset(counts, 0, sizeof(counts));
	memset(expected, 0, sizeof(expected));
	for (uint32_t i = 0; i < b->rows; i++) {
		uint32_t code = (uint32_t)(draw_next(random) % 10);
		if (width == 1)
			((uint8_t *)column)[i + 5] = (uint8_t)code;
		else
			column[i + 5] = (uint16_t)code;
		expected[code * 5 * SCAN_SYMBOLS + b->symbols[i]]++;
	}
	static uint8_t bytes[50 * SCAN_BYTES];
	static uint32_t of_bytes[50 * SCAN_SYMBOLS];
	static uint16_t narrow[SCAN_ROWS];
	memset(of_bytes, 0, sizeof(of_bytes));
	assert_true(scan_can_count(&codes));
	for (int i = 0; i < BYTES_TIMES; i++)
		scan_count_bytes(bytes, of_bytes, &codes, 5, b->symbols, b->rows, 5, 2);
	scan_close_bytes(bytes, of_bytes, 50);
	scan_narrow_codes(narrow, &codes, 5, b->symbols, b->rows, 5, 2);
	says_narrow(b, narrow, &codes);
	scan_count_codes(counts, &codes, 5, b->symbols, b->rows, 5, sizeof(expected) / 4);
	for (uint32_t i = 0; i < sizeof(expected) / 4; i++) {
		for (uint32_t lane = 1; lane < SCAN_LANES; lane++)
			counts[i] += counts[lane * (sizeof(expected) / 4) + i];
		assert_int_equal(counts[i], expected[i]);
		/* Two keys further on. */
		if (i % SCAN_SYMBOLS <= 10 && i + 2 * SCAN_SYMBOLS < sizeof(expected) / 4)
			assert_int_equal(of_bytes[i + 2 * SCAN_SYMBOLS], BYTES_TIMES * expected[i]);
	}
}

static void blocks_say_what_their_rows_say(void **state)
{
	(void)state;
	static struct block b;
	uint64_t random = draw_seed();
	for (int i = 0; i < 200; i++) {
		draw_block(&b, &random);
		finds_which_rows_are_meant_and_count(&b);
		counts_by_column(&b, 1 + (uint32_t)i % 2, &random);
		counts_by_key(&b, i % 3 ? 1 + (uint32_t)(draw_next(&random) % 70) : 1, &random);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(blocks_say_what_their_rows_say) };
	return cmocka_run_group_tests_name("cube_scan", tests, NULL, NULL);
}
