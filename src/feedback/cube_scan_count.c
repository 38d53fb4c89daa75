/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_scan_count.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "feedback/cube_wide.h"

#define BYTES 64u /* rows that are counted side by side */

#ifdef __SSE2__
static uint32_t sum_of(const uint8_t each[static BYTES])
{
	__m128i sums = _mm_setzero_si128(), some;
	for (uint32_t i = 0; i < BYTES; i += 16) {
		memcpy(&some, each + i, 16);
		sums = _mm_add_epi64(sums, _mm_sad_epu8(some, _mm_setzero_si128()));
	}
	return (uint32_t)_mm_cvtsi128_si32(sums) + (uint32_t)_mm_extract_epi16(sums, 4);
}
#else
static uint32_t sum_of(const uint8_t each[static BYTES])
{
	uint32_t sum = 0;
	for (uint32_t i = 0; i < BYTES; i++)
		sum += each[i];
	return sum;
}
#endif

/* Of `times` times BYTES rows: at most 255 times, so that a byte holds the count. */
WIDE static int64_t count_symbol(const uint8_t *symbols, uint32_t times, uint8_t symbol)
{
	uint8_t each[BYTES] = { 0 };
	for (uint32_t i = 0; i < times; i++, symbols += BYTES)
		for (uint32_t k = 0; k < BYTES; k++)
			each[k] = (uint8_t)(each[k] + (symbols[k] == symbol));
	return sum_of(each);
}

void scan_count_all(int64_t counts[static SCAN_SYMBOLS], const uint8_t *symbols, uint32_t rows,
                    uint8_t first, uint8_t last)
{
	uint32_t times = rows / BYTES;
	for (uint8_t symbol = first; symbol <= last; symbol++)
		counts[symbol] += count_symbol(symbols, times, symbol);
	for (uint32_t i = times * BYTES; i < rows; i++)
		counts[symbols[i]] += symbols[i] >= first && symbols[i] <= last;
}

uint32_t scan_count_counted(const uint8_t *symbols, uint32_t rows)
{
	uint32_t times = rows / BYTES;
	uint32_t count = times * BYTES - (uint32_t)count_symbol(symbols, times, SCAN_NONE);
	for (uint32_t i = times * BYTES; i < rows; i++)
		count += symbols[i] != SCAN_NONE;
	return count;
}

WIDE static bool all_same(const uint32_t *keys, uint32_t rows)
{
	uint32_t differ = 0;
	for (uint32_t i = 0; i < rows; i++)
		differ |= keys[i] ^ keys[0];
	return differ == 0;
}

void scan_count_key(uint32_t *counts, const uint8_t *symbols, uint32_t rows)
{
	int64_t sums[SCAN_SYMBOLS] = { 0 };
	scan_count_all(sums, symbols, rows, 0, 10);
	for (uint32_t i = 0; i < SCAN_SYMBOLS; i++)
		counts[i] += (uint32_t)sums[i];
}

void scan_count_few(uint32_t *counts, const uint32_t *keys, const uint8_t *facts,
                    const uint16_t *few, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		counts[(size_t)keys[i] * SCAN_SYMBOLS + CUBE_SCORE(facts[few[i]])]++;
}

/* Rows that follow each other are counted in different lanes, so that none waits for the one before it to be written. */
static void count_lanes(uint32_t *counts, const uint32_t *keys, const uint8_t *symbols,
                        uint32_t rows, size_t lane)
{
	uint32_t i = 0;
	for (; i + 4 <= rows; i += 4) {
		counts[(size_t)keys[i] * SCAN_SYMBOLS + symbols[i]]++;
		counts[lane + (size_t)keys[i + 1] * SCAN_SYMBOLS + symbols[i + 1]]++;
		counts[2 * lane + (size_t)keys[i + 2] * SCAN_SYMBOLS + symbols[i + 2]]++;
		counts[3 * lane + (size_t)keys[i + 3] * SCAN_SYMBOLS + symbols[i + 3]]++;
	}
	for (; i < rows; i++)
		counts[(size_t)keys[i] * SCAN_SYMBOLS + symbols[i]]++;
}

bool scan_can_count(const struct cube_codes *codes)
{
	return codes->at && !codes->base && codes->width <= 2;
}

WIDE static void put_places(uint16_t *places, const uint8_t *codes, const uint8_t *symbols,
                            uint32_t rows, uint16_t step)
{
	for (uint32_t i = 0; i < rows; i++)
		places[i] = (uint16_t)(codes[i] * step + symbols[i]);
}

/* Where to count is made of all rows at once, and read four at a time. */
static void count_near(uint32_t *counts, const uint8_t *codes, const uint8_t *symbols,
                       uint32_t rows, uint16_t step, size_t lane)
{
	uint16_t places[SCAN_ROWS];
	uint64_t four;
	uint32_t i = 0;
	put_places(places, codes, symbols, rows, step);
	for (; i + 4 <= rows; i += 4) {
		memcpy(&four, places + i, sizeof four);
		counts[four & UINT16_MAX]++;
		counts[lane + (four >> 16 & UINT16_MAX)]++;
		counts[2 * lane + (four >> 32 & UINT16_MAX)]++;
		counts[3 * lane + (four >> 48)]++;
	}
	for (; i < rows; i++)
		counts[places[i]]++;
}

static void count_codes_1(uint32_t *counts, const uint8_t *codes, const uint8_t *symbols,
                          uint32_t rows, size_t step, size_t lane)
{
	uint32_t i = 0;
	for (; i + 4 <= rows; i += 4) {
		counts[codes[i] * step + symbols[i]]++;
		counts[lane + codes[i + 1] * step + symbols[i + 1]]++;
		counts[2 * lane + codes[i + 2] * step + symbols[i + 2]]++;
		counts[3 * lane + codes[i + 3] * step + symbols[i + 3]]++;
	}
	for (; i < rows; i++)
		counts[codes[i] * step + symbols[i]]++;
}

static void count_codes_2(uint32_t *counts, const uint16_t *codes, const uint8_t *symbols,
                          uint32_t rows, size_t step, size_t lane)
{
	uint32_t i = 0;
	for (; i + 4 <= rows; i += 4) {
		counts[codes[i] * step + symbols[i]]++;
		counts[lane + codes[i + 1] * step + symbols[i + 1]]++;
		counts[2 * lane + codes[i + 2] * step + symbols[i + 2]]++;
		counts[3 * lane + codes[i + 3] * step + symbols[i + 3]]++;
	}
	for (; i < rows; i++)
		counts[codes[i] * step + symbols[i]]++;
}

void scan_count_codes(uint32_t *counts, const struct cube_codes *codes, uint32_t from,
                      const uint8_t *symbols, uint32_t rows, uint32_t stride, size_t lane)
{
	size_t step = (size_t)stride * SCAN_SYMBOLS;
	const uint8_t *narrow = (const uint8_t *)codes->at + from;
	if (codes->width == 1 && step <= (UINT16_MAX - SCAN_SYMBOLS) / UINT8_MAX)
		count_near(counts, narrow, symbols, rows, (uint16_t)step, lane);
	else if (codes->width == 1)
		count_codes_1(counts, narrow, symbols, rows, step, lane);
	else
		count_codes_2(counts, (const uint16_t *)codes->at + from, symbols, rows, step,
		              lane);
}

#define BYTES_NONE (SCAN_BYTES - 1) /* a symbol's place is the symbol, that of SCAN_NONE this */

WIDE static void put_byte_places_1(uint16_t *places, const uint8_t *codes, const uint8_t *symbols,
                                   uint32_t rows, uint16_t step, uint16_t first)
{
	for (uint32_t i = 0; i < rows; i++) {
		uint8_t symbol = symbols[i] < BYTES_NONE ? symbols[i] : BYTES_NONE;
		places[i] = (uint16_t)(codes[i] * step + first + symbol);
	}
}

WIDE static void put_byte_places_2(uint16_t *places, const uint16_t *codes, const uint8_t *symbols,
                                   uint32_t rows, uint16_t step, uint16_t first)
{
	for (uint32_t i = 0; i < rows; i++) {
		uint8_t symbol = symbols[i] < BYTES_NONE ? symbols[i] : BYTES_NONE;
		places[i] = (uint16_t)((uint32_t)codes[i] * step + first + symbol);
	}
}

static inline void count_byte(uint8_t *bytes, uint32_t *counts, uint32_t place)
{
	if (++bytes[place] == 0)
		counts[place / SCAN_BYTES * SCAN_SYMBOLS + place % SCAN_BYTES] += 256;
}

void scan_count_bytes(uint8_t *bytes, uint32_t *counts, const struct cube_codes *codes,
                      uint32_t from, const uint8_t *symbols, uint32_t rows, uint32_t stride,
                      uint32_t key)
{
	uint16_t places[SCAN_ROWS], step = (uint16_t)(stride * SCAN_BYTES);
	uint16_t first = (uint16_t)(key * SCAN_BYTES);
	uint64_t four;
	uint32_t i = 0;
	if (codes->width == 1)
		put_byte_places_1(places, (const uint8_t *)codes->at + from, symbols, rows, step,
		                  first);
	else
		put_byte_places_2(places, (const uint16_t *)codes->at + from, symbols, rows, step,
		                  first);
	for (; i + 4 <= rows; i += 4) {
		memcpy(&four, places + i, sizeof four);
		count_byte(bytes, counts, four & UINT16_MAX);
		count_byte(bytes, counts, four >> 16 & UINT16_MAX);
		count_byte(bytes, counts, four >> 32 & UINT16_MAX);
		count_byte(bytes, counts, (uint32_t)(four >> 48));
	}
	for (; i < rows; i++)
		count_byte(bytes, counts, places[i]);
}

void scan_close_bytes(uint8_t *bytes, uint32_t *counts, uint32_t keys)
{
	for (uint32_t key = 0; key < keys; key++)
		for (uint32_t symbol = 0; symbol < BYTES_NONE; symbol++)
			counts[key * SCAN_SYMBOLS + symbol] += bytes[key * SCAN_BYTES + symbol];
	memset(bytes, 0, (size_t)keys * SCAN_BYTES);
}

void scan_count_few_codes(uint32_t *counts, const struct cube_codes *codes, uint32_t from,
                          const uint8_t *facts, const uint16_t *few, uint32_t count,
                          uint32_t stride)
{
	const uint8_t *narrow = (const uint8_t *)codes->at + from;
	const uint16_t *middle = (const uint16_t *)codes->at + from;
	size_t step = (size_t)stride * SCAN_SYMBOLS;
	if (codes->width == 1)
		for (uint32_t i = 0; i < count; i++) {
			/* Rows of the next block are as far from each other. */
			__builtin_prefetch(narrow + SCAN_ROWS + few[i]);
			__builtin_prefetch(facts + SCAN_ROWS + few[i]);
			counts[narrow[few[i]] * step + CUBE_SCORE(facts[few[i]])]++;
		}
	else
		for (uint32_t i = 0; i < count; i++)
			counts[middle[few[i]] * step + CUBE_SCORE(facts[few[i]])]++;
}

void scan_count_keys(uint32_t *counts, const uint32_t *keys, const uint8_t *symbols, uint32_t rows,
                     size_t lane)
{
	if (keys[0] == keys[rows / 2] && keys[0] == keys[rows - 1] && all_same(keys, rows))
		scan_count_key(counts + (size_t)keys[0] * SCAN_SYMBOLS, symbols, rows);
	else
		count_lanes(counts, keys, symbols, rows, lane);
}
