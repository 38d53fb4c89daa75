/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "feedback/cube_wide.h"

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

void scan_pack(uint64_t *bits, uint8_t *ones, uint32_t rows)
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
	scan_pack(bits, ones, rows);
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
	scan_pack(bits, ones, rows);
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
