/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "feedback/cube_wide.h"

typedef uint8_t Bytes __attribute__((vector_size(64)));
#define BYTES ((uint32_t)sizeof(Bytes))

#define LINE 64u /* bytes that come at once */

void scan_fetch(const void *at, size_t bytes)
{
	for (size_t i = 0; i < bytes; i += LINE)
		__builtin_prefetch((const char *)at + i);
}

/* A code as the column stores it; 0 where it can have none: then no row is of it, as a list never holds 0 and others. */
WIDE static void take_one_1(uint8_t *mask, const uint8_t *codes, uint32_t rows, uint8_t code)
{
	for (uint32_t i = 0; i < rows; i++)
		mask[i] &= (uint8_t) - (codes[i] == code);
}

WIDE static void take_one_2(uint8_t *mask, const uint16_t *codes, uint32_t rows, uint16_t code)
{
	for (uint32_t i = 0; i < rows; i++)
		mask[i] &= (uint8_t) - (codes[i] == code);
}

WIDE static void take_few_1(uint8_t *mask, const uint8_t *codes, uint32_t rows, const uint32_t *few,
                            uint32_t count)
{
	uint8_t a = (uint8_t)few[0], b = (uint8_t)few[count > 1 ? 1 : 0];
	uint8_t c = (uint8_t)few[count > 2 ? 2 : 0], d = (uint8_t)few[count > 3 ? 3 : 0];
	for (uint32_t i = 0; i < rows; i++)
		mask[i] &= (uint8_t) -
		           ((codes[i] == a) | (codes[i] == b) | (codes[i] == c) | (codes[i] == d));
}

WIDE static void take_few_2(uint8_t *mask, const uint16_t *codes, uint32_t rows,
                            const uint32_t *few, uint32_t count)
{
	uint16_t a = (uint16_t)few[0], b = (uint16_t)few[count > 1 ? 1 : 0];
	uint16_t c = (uint16_t)few[count > 2 ? 2 : 0], d = (uint16_t)few[count > 3 ? 3 : 0];
	for (uint32_t i = 0; i < rows; i++)
		mask[i] &= (uint8_t) -
		           ((codes[i] == a) | (codes[i] == b) | (codes[i] == c) | (codes[i] == d));
}

static void take_looked_up(uint8_t *mask, const struct cube_codes *codes, uint32_t from,
                           uint32_t rows, const uint8_t *takes)
{
	const uint8_t *narrow = codes->at;
	const uint16_t *middle = codes->at;
	if (codes->width == 1)
		for (uint32_t i = 0; i < rows; i++)
			mask[i] &= takes[narrow[from + i]];
	else if (codes->width == 2)
		for (uint32_t i = 0; i < rows; i++)
			mask[i] &= takes[middle[from + i]];
	else
		for (uint32_t i = 0; i < rows; i++)
			mask[i] &= takes[cube_code(*codes, from + i)];
}

void scan_take_codes(uint8_t *mask, const struct cube_codes *codes, uint32_t from, uint32_t rows,
                     const struct scan_list *list)
{
	uint32_t fits = codes->width == 1 ? UINT8_MAX : codes->width == 2 ? UINT16_MAX : 0;
	uint32_t few[SCAN_FEW], count = 0;
	if (!codes->at) {
		if (!list->takes[codes->base])
			memset(mask, 0, rows);
		return;
	}
	if (!list->few_count || !fits || codes->base) {
		take_looked_up(mask, codes, from, rows, list->takes);
		return;
	}
	for (uint32_t i = 0; i < list->few_count; i++)
		if (list->few[i] <= fits)
			few[count++] = list->few[i];
	if (count == 0)
		memset(mask, 0, rows);
	else if (count == 1 && codes->width == 1)
		take_one_1(mask, (const uint8_t *)codes->at + from, rows, (uint8_t)few[0]);
	else if (count == 1)
		take_one_2(mask, (const uint16_t *)codes->at + from, rows, (uint16_t)few[0]);
	else if (codes->width == 1)
		take_few_1(mask, (const uint8_t *)codes->at + from, rows, few, count);
	else
		take_few_2(mask, (const uint16_t *)codes->at + from, rows, few, count);
}

WIDE static void take_times(uint8_t *mask, const int32_t *times, uint32_t rows, int32_t low,
                            int32_t high)
{
	for (uint32_t i = 0; i < rows; i++)
		mask[i] &= (uint8_t) - ((times[i] >= low) & (times[i] <= high));
}

void scan_take_times(uint8_t *mask, const int32_t *times, uint32_t rows, int32_t low, int32_t high)
{
	take_times(mask, times, rows, low, high);
}

WIDE static void take_marks(uint8_t *mask, const uint8_t *marks, uint32_t rows, uint8_t bits,
                            uint8_t wanted)
{
	for (uint32_t i = 0; i < rows; i++)
		mask[i] &= (uint8_t) - ((marks[i] & bits) == wanted);
}

void scan_take_marks(uint8_t *mask, const uint8_t *marks, uint32_t rows, uint8_t bits,
                     uint8_t wanted)
{
	take_marks(mask, marks, rows, bits, wanted);
}

void scan_take_facts(uint8_t *mask, const uint8_t *facts, uint32_t rows, const uint8_t *takes)
{
	for (uint32_t i = 0; i < rows; i++)
		mask[i] &= takes[facts[i]];
}

WIDE static void take_scores(uint8_t *mask, const uint8_t *facts, uint32_t rows, uint8_t low,
                             uint8_t span)
{
	for (uint32_t i = 0; i < rows; i++)
		mask[i] &= (uint8_t) - ((uint8_t)((facts[i] & 15) - low) <= span);
}

void scan_take_scores(uint8_t *mask, const uint8_t *facts, uint32_t rows, uint8_t low, uint8_t high)
{
	take_scores(mask, facts, rows, low, (uint8_t)(high - low));
}

void scan_take_bits(uint8_t *mask, const uint64_t *bits, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		mask[i] &= (uint8_t) - (uint8_t)(bits[i / 64] >> (i % 64) & 1);
}

/* RESPONSE_PARTIAL and RESPONSE_COMPLETE with a score count. */
WIDE static void symbols_of(uint8_t *symbols, const uint8_t *mask, const uint8_t *facts,
                            uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++) {
		uint8_t state = facts[i] >> 4, score = facts[i] & 15;
		uint8_t counts = (uint8_t)((uint8_t)(state - 1) < 2) & (uint8_t)(score <= 10);
		uint8_t meant = mask[i] & (uint8_t)-counts;
		symbols[i] = (uint8_t)((score & meant) | (SCAN_NONE & ~meant));
	}
}

void scan_symbols(uint8_t *symbols, const uint8_t *mask, const uint8_t *facts, uint32_t rows)
{
	symbols_of(symbols, mask, facts, rows);
}

/* 64 bytes, each 0 or 1, to 64 bits. */
#ifdef __SSE2__
static uint64_t bits_of(const uint8_t *ones)
{
	uint64_t bits = 0;
	for (unsigned i = 0; i < 4; i++) {
		__m128i some;
		memcpy(&some, ones + (size_t)16 * i, 16);
		bits |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_slli_epi16(some, 7)) << 16 * i;
	}
	return bits;
}
#else
/* The multiplication brings each of eight to its place. */
static uint64_t bits_of(const uint8_t *ones)
{
	uint64_t bits = 0;
	for (unsigned i = 0; i < 8; i++) {
		uint64_t eight;
		memcpy(&eight, ones + (size_t)8 * i, 8);
		bits |= (eight * UINT64_C(0x0102040810204080) >> 56) << 8 * i;
	}
	return bits;
}
#endif

WIDE static void states_of(uint8_t *states, uint8_t *ones, const uint8_t *mask,
                           const uint8_t *symbols, const uint8_t *facts, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++) {
		uint8_t left = mask[i] & (uint8_t) - (symbols[i] == SCAN_NONE);
		states[i] = left & (facts[i] >> 4);
		ones[i] = states[i] != 0;
	}
}

static void to_bits(uint64_t *bits, uint8_t *ones, uint32_t rows)
{
	memset(ones + rows, 0, (64 - rows % 64) % 64);
	for (uint32_t i = 0; i < (rows + 63) / 64; i++)
		bits[i] = bits_of(ones + (size_t)64 * i);
}

WIDE static uint32_t count_bits(const uint64_t *bits, uint32_t words)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < words; i++)
		count += (uint32_t)__builtin_popcountll(bits[i]);
	return count;
}

uint32_t scan_count_bits(const uint64_t *bits, uint32_t rows)
{
	return count_bits(bits, (rows + 63) / 64);
}

uint32_t scan_bits(uint64_t *bits, const uint8_t *mask, uint32_t rows)
{
	uint8_t last[64] = { 0 };
	uint32_t whole = rows / 64;
	for (uint32_t i = 0; i < whole; i++)
		bits[i] = bits_of(mask + (size_t)64 * i);
	if (rows % 64) {
		memcpy(last, mask + (size_t)64 * whole, rows % 64);
		bits[whole] = bits_of(last);
	}
	return count_bits(bits, (rows + 63) / 64);
}

/* Four at a time, of which as many are kept as there are: most words have few. */
WIDE static uint32_t list_of(uint16_t *list, const uint64_t *bits, uint32_t words)
{
	const uint16_t *begin = list;
	for (uint32_t word = 0; word < words; word++) {
		uint64_t left = bits[word];
		uint16_t *end = list + __builtin_popcountll(left);
		while (list < end) {
			for (uint32_t i = 0; i < 4; i++) {
				list[i] = (uint16_t)(word * 64 + (uint32_t)__builtin_ctzll(
								     left | UINT64_C(1) << 63));
				left &= left - 1;
			}
			list += 4;
		}
		list = end;
	}
	return (uint32_t)(list - begin);
}

uint32_t scan_list(uint16_t *list, const uint64_t *bits, uint32_t rows)
{
	return list_of(list, bits, (rows + 63) / 64);
}

uint32_t scan_uncounted(uint64_t *bits, uint8_t *states, const uint8_t *mask,
                        const uint8_t *symbols, const uint8_t *facts, uint32_t rows)
{
	uint8_t ones[SCAN_ROWS];
	states_of(states, ones, mask, symbols, facts, rows);
	to_bits(bits, ones, rows);
	return count_bits(bits, (rows + 63) / 64);
}

WIDE static void mark_counted(uint8_t *ones, const uint8_t *symbols, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		ones[i] = symbols[i] != SCAN_NONE;
}

uint32_t scan_counted(uint64_t *bits, const uint8_t *symbols, uint32_t rows)
{
	uint8_t ones[SCAN_ROWS];
	mark_counted(ones, symbols, rows);
	to_bits(bits, ones, rows);
	return count_bits(bits, (rows + 63) / 64);
}

WIDE static void add_1(uint32_t *keys, const uint8_t *codes, uint32_t rows, uint32_t stride)
{
	for (uint32_t i = 0; i < rows; i++)
		keys[i] += codes[i] * stride;
}

WIDE static void add_2(uint32_t *keys, const uint16_t *codes, uint32_t rows, uint32_t stride)
{
	for (uint32_t i = 0; i < rows; i++)
		keys[i] += codes[i] * stride;
}

WIDE static void add_constant(uint32_t *keys, uint32_t rows, uint32_t value)
{
	for (uint32_t i = 0; i < rows; i++)
		keys[i] += value;
}

void scan_add_constant(uint32_t *keys, uint32_t rows, uint32_t value)
{
	add_constant(keys, rows, value);
}

void scan_add_codes(uint32_t *keys, const struct cube_codes *codes, uint32_t from, uint32_t rows,
                    uint32_t stride)
{
	if (!codes->at)
		scan_add_constant(keys, rows, codes->base * stride);
	else if (codes->width == 1 && !codes->base)
		add_1(keys, (const uint8_t *)codes->at + from, rows, stride);
	else if (codes->width == 2 && !codes->base)
		add_2(keys, (const uint16_t *)codes->at + from, rows, stride);
	else
		for (uint32_t i = 0; i < rows; i++)
			keys[i] += cube_code(*codes, from + i) * stride;
}

WIDE static void add_times(uint32_t *keys, const int32_t *times, uint32_t rows,
                           const int32_t *bounds, uint32_t count, uint32_t stride)
{
	for (uint32_t b = 0; b < count; b++) {
		int32_t bound = bounds[b];
		for (uint32_t i = 0; i < rows; i++)
			keys[i] += times[i] >= bound ? stride : 0;
	}
}

void scan_add_times(uint32_t *keys, const int32_t *times, uint32_t rows, const int32_t *bounds,
                    uint32_t count, uint32_t stride)
{
	add_times(keys, times, rows, bounds, count, stride);
}

WIDE static void add_spans(uint32_t *keys, const int32_t *times, uint32_t rows,
                           const struct scan_spans *spans, uint32_t stride)
{
	const uint32_t *start = spans->start;
	const int32_t *bounds = spans->bounds;
	uint32_t shift = spans->shift, first = (uint32_t)spans->first;
	for (uint32_t i = 0; i < rows; i++) {
		uint32_t reached = start[((uint32_t)times[i] - first) >> shift];
		reached += times[i] >= bounds[reached];
		keys[i] += reached * stride;
	}
}

void scan_add_spans(uint32_t *keys, const int32_t *times, uint32_t rows,
                    const struct scan_spans *spans, uint32_t stride)
{
	add_spans(keys, times, rows, spans, stride);
}

#ifdef __SSE2__
static uint32_t sum_of(const uint8_t each[static sizeof(Bytes)])
{
	__m128i sums = _mm_setzero_si128(), some;
	for (uint32_t i = 0; i < BYTES; i += 16) {
		memcpy(&some, each + i, 16);
		sums = _mm_add_epi64(sums, _mm_sad_epu8(some, _mm_setzero_si128()));
	}
	return (uint32_t)_mm_cvtsi128_si32(sums) + (uint32_t)_mm_extract_epi16(sums, 4);
}
#else
static uint32_t sum_of(const uint8_t each[static sizeof(Bytes)])
{
	uint32_t sum = 0;
	for (uint32_t i = 0; i < BYTES; i++)
		sum += each[i];
	return sum;
}
#endif

/* Of whole vectors: at most 255, so that a byte holds the count. */
WIDE static int64_t count_symbol(const uint8_t *symbols, uint32_t vectors, uint8_t symbol)
{
	Bytes counts = { 0 }, wanted = { 0 };
	uint8_t each[sizeof(Bytes)];
	wanted += symbol;
	for (uint32_t i = 0; i < vectors; i++) {
		Bytes some;
		memcpy(&some, symbols + (size_t)i * BYTES, BYTES);
		counts -= (Bytes)(some == wanted);
	}
	memcpy(each, &counts, BYTES);
	return sum_of(each);
}

void scan_count_all(int64_t counts[static SCAN_SYMBOLS], const uint8_t *symbols, uint32_t rows,
                    uint8_t first, uint8_t last)
{
	uint32_t vectors = rows / BYTES;
	for (uint8_t symbol = first; symbol <= last; symbol++)
		counts[symbol] += count_symbol(symbols, vectors, symbol);
	for (uint32_t i = vectors * BYTES; i < rows; i++)
		counts[symbols[i]] += symbols[i] >= first && symbols[i] <= last;
}

uint32_t scan_count_counted(const uint8_t *symbols, uint32_t rows)
{
	uint32_t vectors = rows / BYTES;
	uint32_t count = vectors * BYTES - (uint32_t)count_symbol(symbols, vectors, SCAN_NONE);
	for (uint32_t i = vectors * BYTES; i < rows; i++)
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

WIDE static void put_values(uint32_t *out, const uint8_t *symbols, uint32_t rows, uint32_t with)
{
	for (uint32_t i = 0; i < rows; i++) {
		uint32_t symbol = symbols[i], none = symbol == SCAN_NONE;
		out[i] = with | ((uint32_t)(symbol >= 7) + (uint32_t)(symbol >= 9) + none);
	}
}

WIDE static void put_keys(uint32_t *out, const uint32_t *keys, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] |= keys[i] << SCAN_VALUE_BITS;
}

void scan_values(uint32_t *out, const uint32_t *keys, const uint8_t *symbols, uint32_t rows,
                 uint32_t key, uint32_t period)
{
	put_values(out, symbols, rows, key << SCAN_VALUE_BITS | period);
	if (keys)
		put_keys(out, keys, rows);
}

/* 1 + the value of the score. */
static inline uint32_t value_of(uint32_t symbol)
{
	return (uint32_t)(symbol >= 7) + (uint32_t)(symbol >= 9) + (symbol == SCAN_NONE);
}

WIDE static void put_narrow(uint16_t *out, const uint8_t *symbols, uint32_t rows, uint16_t with)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] = (uint16_t)(with | value_of(symbols[i]));
}

WIDE static void put_narrow_keys(uint16_t *out, const uint32_t *keys, const uint8_t *symbols,
                                 uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] = (uint16_t)(keys[i] << SCAN_NARROW_BITS | value_of(symbols[i]));
}

void scan_narrow_values(uint16_t *out, const uint32_t *keys, const uint8_t *symbols, uint32_t rows,
                        uint32_t key)
{
	if (keys)
		put_narrow_keys(out, keys, symbols, rows);
	else
		put_narrow(out, symbols, rows, (uint16_t)(key << SCAN_NARROW_BITS));
}

WIDE static void put_narrow_1(uint16_t *out, const uint8_t *codes, const uint8_t *symbols,
                              uint32_t rows, uint16_t step, uint16_t with)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] = (uint16_t)((uint32_t)codes[i] * step + with + value_of(symbols[i]));
}

WIDE static void put_narrow_2(uint16_t *out, const uint16_t *codes, const uint8_t *symbols,
                              uint32_t rows, uint16_t step, uint16_t with)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] = (uint16_t)((uint32_t)codes[i] * step + with + value_of(symbols[i]));
}

void scan_narrow_codes(uint16_t *out, const struct cube_codes *codes, uint32_t from,
                       const uint8_t *symbols, uint32_t rows, uint32_t stride, uint32_t key)
{
	uint16_t step = (uint16_t)(stride << SCAN_NARROW_BITS);
	uint16_t with = (uint16_t)(key << SCAN_NARROW_BITS);
	if (codes->width == 1)
		put_narrow_1(out, (const uint8_t *)codes->at + from, symbols, rows, step, with);
	else
		put_narrow_2(out, (const uint16_t *)codes->at + from, symbols, rows, step, with);
}

WIDE static void mark_narrow(uint8_t *ones, const uint16_t *narrow, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		ones[i] = (narrow[i] & SCAN_VALUE_NONE) != SCAN_VALUE_NONE;
}

void scan_narrow_bits(uint64_t *bits, const uint16_t *narrow, uint32_t rows)
{
	uint8_t ones[SCAN_ROWS];
	for (uint32_t from = 0; from < rows; from += SCAN_ROWS) {
		uint32_t some = rows - from < SCAN_ROWS ? rows - from : SCAN_ROWS;
		mark_narrow(ones, narrow + from, some);
		to_bits(bits + from / 64, ones, some);
	}
}

typedef uint32_t Words __attribute__((vector_size(64)));
#define WORDS ((uint32_t)(sizeof(Words) / sizeof(uint32_t)))

/* Of whole vectors, with SCAN_REPEATS - 1 rows behind them. */
WIDE static void mark_repeats(uint8_t *repeats, const uint32_t *rows, uint32_t count,
                              uint32_t low_bits)
{
	uint32_t each[WORDS];
	Words first = { 0 };
	first += UINT32_C(1) << low_bits;
	for (uint32_t i = 0; i < count; i += WORDS) {
		Words row, marks = { 0 };
		memcpy(&row, rows + i, sizeof(row));
		for (uint32_t k = 1; k < SCAN_REPEATS; k++) {
			Words other;
			memcpy(&other, rows + i + k, sizeof(other));
			marks |= (Words)((row ^ other) < first) & (UINT32_C(1) << (k - 1));
		}
		memcpy(each, &marks, sizeof(each));
		for (uint32_t k = 0; k < WORDS; k++)
			repeats[i + k] = (uint8_t)each[k];
	}
}

WIDE static void mark_any(uint8_t *ones, const uint8_t *repeats, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		ones[i] = repeats[i] != 0;
}

void scan_repeats(uint64_t bits[static SCAN_ROWS / 64], uint8_t repeats[static SCAN_ROWS],
                  const uint32_t *rows, uint32_t count, uint32_t low_bits)
{
	uint8_t ones[SCAN_ROWS];
	uint32_t asked = count < SCAN_ROWS ? count : SCAN_ROWS;
	uint32_t whole = count < SCAN_REPEATS ? 0 : count - (SCAN_REPEATS - 1);
	whole = (whole < asked ? whole : asked) / WORDS * WORDS;
	mark_repeats(repeats, rows, whole, low_bits);
	for (uint32_t i = whole; i < asked; i++) {
		repeats[i] = 0;
		for (uint32_t k = 1; k < SCAN_REPEATS && i + k < count; k++)
			if ((rows[i] ^ rows[i + k]) >> low_bits == 0)
				repeats[i] |= (uint8_t)(1u << (k - 1));
	}
	mark_any(ones, repeats, asked);
	to_bits(bits, ones, asked);
}
