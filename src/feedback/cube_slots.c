/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_slots.h"

#include <string.h>

#include "feedback/cube_scan.h"
#include "feedback/cube_wide.h"

typedef uint16_t Halves __attribute__((vector_size(64)));
#define HALVES  ((uint32_t)(sizeof(Halves) / sizeof(uint16_t)))
#define EACH(n) ((Halves){ 0 } + (uint16_t)(n))
/* A cell that no answer is in, another one for each slot. */
#define NOWHERE(slot) EACH((SLOT_CELLS_MAX + (slot)) * 4)

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

static uint32_t sum_of(const uint16_t each[static sizeof(Halves) / sizeof(uint16_t)])
{
	uint32_t sum = 0;
	for (uint32_t i = 0; i < HALVES; i++)
		sum += each[i];
	return sum;
}

WIDE static uint32_t put_ways(uint16_t *ways, const struct slots *slots)
{
	Halves passives = { 0 };
	uint16_t each[sizeof(Halves) / sizeof(uint16_t)];
	for (uint32_t i = 0; i < SLOT_OWNERS; i += HALVES) {
		Halves count, row, sum = { 0 };
		memcpy(&count, slots->counts + i, sizeof(count));
		count &= (Halves)(count <= EACH(SLOTS));
		for (uint32_t k = 0; k < SLOTS; k++) {
			memcpy(&row, slots->at[k] + i, sizeof(row));
			row &= (Halves)(count > EACH(k)) & EACH(3);
			sum += row;
			passives += row & EACH(1);
		}
		count = count * EACH(SLOT_VALUES) + sum;
		memcpy(ways + i, &count, sizeof(count));
	}
	memcpy(each, &passives, sizeof(each));
	return sum_of(each);
}

WIDE static uint32_t put_cell_ways(uint16_t *ways, const struct slots *slots, uint16_t cell)
{
	Halves passives = { 0 };
	uint16_t each[sizeof(Halves) / sizeof(uint16_t)];
	for (uint32_t i = 0; i < SLOT_OWNERS; i += HALVES) {
		Halves count, row, n = { 0 }, sum = { 0 };
		memcpy(&count, slots->counts + i, sizeof(count));
		count &= (Halves)(count <= EACH(SLOTS));
		for (uint32_t k = 0; k < SLOTS; k++) {
			memcpy(&row, slots->at[k] + i, sizeof(row));
			Halves is_meant =
			    (Halves)(count > EACH(k)) & (Halves)((row >> 2) == EACH(cell));
			row &= is_meant & EACH(3);
			n -= is_meant;
			sum += row;
			passives += row & EACH(1);
		}
		n = n * EACH(SLOT_VALUES) + sum;
		memcpy(ways + i, &n, sizeof(n));
	}
	memcpy(each, &passives, sizeof(each));
	return sum_of(each);
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

/* Bits of those of the slots before slot k that are in its cell, the first at `bit`. */
static inline void add_pairs(Halves *bits, const Halves *rows, uint32_t k, uint32_t bit)
{
	for (uint32_t i = 0; i < k; i++)
		*bits |= (Halves)((rows[i] ^ rows[k]) < EACH(4)) & EACH(1u << (bit + i));
}

WIDE static void put_pairs(uint16_t *lows, uint16_t *highs, uint8_t *ones,
                           const struct slots *slots, uint16_t first)
{
	for (uint32_t i = 0; i < SLOT_OWNERS; i += HALVES) {
		Halves count, rows[SLOTS], low = { 0 }, high = { 0 };
		memcpy(&count, slots->counts + i, sizeof(count));
		count &= (Halves)(count <= EACH(SLOTS));
		for (uint32_t k = 0; k < SLOTS; k++) {
			Halves row;
			memcpy(&row, slots->at[k] + i, sizeof(row));
			Halves is_meant =
			    (Halves)(count > EACH(k)) & (Halves)((row >> 2) >= EACH(first));
			rows[k] = (row & is_meant) | (NOWHERE(k) & ~is_meant);
		}
		add_pairs(&low, rows, 1, SLOT_PAIR(0, 1));
		add_pairs(&low, rows, 2, SLOT_PAIR(0, 2));
		add_pairs(&low, rows, 3, SLOT_PAIR(0, 3));
		add_pairs(&low, rows, 4, SLOT_PAIR(0, 4));
		add_pairs(&low, rows, 5, SLOT_PAIR(0, 5));
		add_pairs(&high, rows, 6, SLOT_PAIR(0, 6) - SLOT_PAIRS_LOW);
		add_pairs(&high, rows, 7, SLOT_PAIR(0, 7) - SLOT_PAIRS_LOW);
		memcpy(lows + i, &low, sizeof(low));
		memcpy(highs + i, &high, sizeof(high));
	}
	for (uint32_t i = 0; i < SLOT_OWNERS; i++)
		ones[i] = (lows[i] | highs[i]) != 0;
}

void slots_find_pairs(struct slot_pairs *pairs, const struct slots *slots, uint32_t first)
{
	uint8_t ones[SLOT_OWNERS];
	put_pairs(pairs->low, pairs->high, ones, slots, (uint16_t)first);
	scan_bits(pairs->any, ones, SLOT_OWNERS);
}
