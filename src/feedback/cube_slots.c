/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_slots.h"

#include <string.h>

#include "feedback/cube_scan.h"
#include "feedback/cube_wide.h"

/* A cell that no answer is in, another one for each slot. */
#define NOWHERE(slot) (uint16_t)(SLOT_CELLS_MAX + (slot))

uint32_t slots_put(struct slots *slots, const uint16_t *owners, const uint16_t *rows,
                   uint32_t count, const uint16_t *slot_of_row, uint16_t *over)
{
	uint32_t beyond = 0;
	for (uint32_t i = 0; i < count; i++) {
		if (!slot_put(slots, owners[i], slot_of_row[rows[i]]))
			over[beyond++] = (uint16_t)i;
	}
	return beyond;
}

/* All bits where so, else none: nothing that the processor would have to decide owner by owner. */
static inline uint16_t all_bits(bool so)
{
	return (uint16_t)-so;
}

/* How many of an owner's slots hold an answer: none are looked at where it has more answers. */
static inline uint16_t slots_of(const struct slots *slots, uint32_t owner)
{
	uint16_t count = slots->counts[owner];
	return count & all_bits(count <= SLOTS);
}

WIDE static uint32_t put_ways(uint16_t *restrict ways, const struct slots *slots)
{
	uint32_t passives = 0;
	for (uint32_t i = 0; i < SLOT_OWNERS; i++) {
		uint16_t count = slots_of(slots, i), sum = 0, passive = 0;
		EACH_OF_FEW
		for (uint32_t k = 0; k < SLOTS; k++) {
			uint16_t value = slots->at[k][i] & 3u & all_bits(count > k);
			sum = (uint16_t)(sum + value);
			passive = (uint16_t)(passive + (value & 1u));
		}
		ways[i] = (uint16_t)(count * SLOT_VALUES + sum);
		passives += passive;
	}
	return passives;
}

WIDE static uint32_t put_cell_ways(uint16_t *restrict ways, const struct slots *slots,
                                   uint16_t cell)
{
	uint32_t passives = 0;
	for (uint32_t i = 0; i < SLOT_OWNERS; i++) {
		uint16_t count = slots_of(slots, i), n = 0, sum = 0, passive = 0;
		EACH_OF_FEW
		for (uint32_t k = 0; k < SLOTS; k++) {
			uint16_t row = slots->at[k][i];
			uint16_t meant = all_bits(count > k) & all_bits(row >> 2 == cell);
			uint16_t value = row & 3u & meant;
			n = (uint16_t)(n - meant);
			sum = (uint16_t)(sum + value);
			passive = (uint16_t)(passive + (value & 1u));
		}
		ways[i] = (uint16_t)(n * SLOT_VALUES + sum);
		passives += passive;
	}
	return passives;
}

/* Owners that follow each other are counted in different lanes, so that none waits for the one before it to be written. */
static void count_ways(struct slot_ways *out, const uint16_t *ways)
{
	uint64_t four;
	for (uint32_t i = 0; i < SLOT_OWNERS; i += SLOT_LANES) {
		memcpy(&four, ways + i, sizeof(four));
		out->owners[0][four & UINT16_MAX]++;
		out->owners[1][four >> 16 & UINT16_MAX]++;
		out->owners[2][four >> 32 & UINT16_MAX]++;
		out->owners[3][four >> 48]++;
	}
}

void slots_count_all(struct slot_ways *out, const struct slots *slots)
{
	uint16_t ways[SLOT_OWNERS];
	out->passives += put_ways(ways, slots);
	count_ways(out, ways);
}

void slots_count_cell(struct slot_ways *out, const struct slots *slots, uint32_t cell)
{
	uint16_t ways[SLOT_OWNERS];
	out->passives += put_cell_ways(ways, slots, (uint16_t)cell);
	count_ways(out, ways);
}

WIDE static uint32_t count_passives(const uint16_t *rows, uint32_t count)
{
	uint32_t passives = 0;
	for (uint32_t i = 0; i < count; i++)
		passives += (rows[i] & 3u) == 1;
	return passives;
}

uint32_t slot_sums_add(uint32_t sums[static SLOT_OWNERS], const uint16_t *owners,
                       const uint16_t *rows, uint32_t count)
{
	static const uint32_t one_of[4] = { SLOT_SUM_ONE, SLOT_SUM_ONE + 1, SLOT_SUM_ONE + 2, 0 };
	for (uint32_t i = 0; i < count; i++)
		sums[owners[i]] += one_of[rows[i] & 3u];
	return count_passives(rows, count);
}

WIDE static void put_sum_ways(uint16_t *restrict ways, uint8_t *restrict many, const uint32_t *sums)
{
	for (uint32_t i = 0; i < SLOT_OWNERS; i++) {
		uint32_t count = sums[i] / SLOT_SUM_ONE, value = sums[i] % SLOT_SUM_ONE;
		uint32_t few = 0 - (uint32_t)(count <= SLOTS);
		ways[i] = (uint16_t)((count * SLOT_VALUES + value) & few);
		many[i] = (uint8_t)(few + 1);
	}
}

uint32_t slot_sums_count(struct slot_ways *out, const uint32_t sums[static SLOT_OWNERS],
                         uint64_t many[static SLOT_OWNERS / 64])
{
	uint16_t ways[SLOT_OWNERS];
	uint8_t ones[SLOT_OWNERS];
	put_sum_ways(ways, ones, sums);
	count_ways(out, ways);
	return scan_bits(many, ones, SLOT_OWNERS);
}

/* Bits of those of the slots before slot k that are in its cell, the first at `bit`. */
static inline uint16_t pairs_of(const uint16_t *cells, uint32_t k, uint32_t bit)
{
	uint16_t bits = 0;
	EACH_OF_FEW
	for (uint32_t i = 0; i < k; i++)
		bits = (uint16_t)(bits | (1u << (bit + i) & all_bits(cells[i] == cells[k])));
	return bits;
}

WIDE static void put_pairs(uint16_t *restrict lows, uint16_t *restrict highs,
                           const struct slots *slots, uint16_t first)
{
	for (uint32_t i = 0; i < SLOT_OWNERS; i++) {
		uint16_t count = slots_of(slots, i), cells[SLOTS], low = 0;
		EACH_OF_FEW
		for (uint32_t k = 0; k < SLOTS; k++) {
			uint16_t cell = slots->at[k][i] >> 2;
			uint16_t meant = all_bits(count > k) & all_bits(cell >= first);
			cells[k] = (cell & meant) | (NOWHERE(k) & (uint16_t)~meant);
		}
		low |= pairs_of(cells, 1, SLOT_PAIR(0, 1));
		low |= pairs_of(cells, 2, SLOT_PAIR(0, 2));
		low |= pairs_of(cells, 3, SLOT_PAIR(0, 3));
		low |= pairs_of(cells, 4, SLOT_PAIR(0, 4));
		low |= pairs_of(cells, 5, SLOT_PAIR(0, 5));
		lows[i] = low;
		highs[i] = pairs_of(cells, 6, SLOT_PAIR(0, 6) - SLOT_PAIRS_LOW) |
		           pairs_of(cells, 7, SLOT_PAIR(0, 7) - SLOT_PAIRS_LOW);
	}
}

WIDE static void mark_owners(uint8_t *restrict ones, const uint16_t *lows, const uint16_t *highs)
{
	for (uint32_t i = 0; i < SLOT_OWNERS; i++)
		ones[i] = (lows[i] | highs[i]) != 0;
}

void slots_find_pairs(struct slot_pairs *pairs, const struct slots *slots, uint32_t first)
{
	uint8_t ones[SLOT_OWNERS];
	put_pairs(pairs->low, pairs->high, slots, (uint16_t)first);
	mark_owners(ones, pairs->low, pairs->high);
	scan_bits(pairs->any, ones, SLOT_OWNERS);
}
