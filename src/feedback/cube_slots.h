/* feedback/cube_slots.h - the answers of a few thousand owners side by side: what all of an owner's are together, and which are
 * in one cell.
 *
 * Most owners have few answers. Each answer goes into the next slot of its owner, in any order, and what is asked is asked of
 * the slots of many owners at once. Who has more answers than SLOTS is told apart, and left to the caller.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_SLOTS_H
#define FEEDBACK_CUBE_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#define SLOTS       8u
#define SLOT_OWNERS 8192u
/* Cells are numbers below this. */
#define SLOT_CELLS_MAX 16368u

struct slots {
	uint8_t counts[SLOT_OWNERS]; /* answers; more than SLOTS: left to the caller */
	uint16_t at[SLOTS]
		   [SLOT_OWNERS]; /* cell x 4 + 1 + x of an answer; beyond the count anything */
};

/* What a slot is to hold; SLOT_NOTHING is passed over, and lies where the next one goes. False: the owner has none left. */
#define SLOT_NOTHING UINT16_MAX
static inline bool slot_put(struct slots *slots, uint32_t owner, uint16_t what)
{
	uint32_t taken = slots->counts[owner];
	if (__builtin_expect(taken >= SLOTS, 0))
		return false;
	slots->at[taken][owner] = what;
	slots->counts[owner] = (uint8_t)(taken + (what != SLOT_NOTHING));
	return true;
}
/* The same of `count` rows: what slot_of_row has for each. Numbers of those for whose owner none was left go to `over`; how many. */
uint32_t slots_put(struct slots *slots, const uint16_t *owners, const uint16_t *rows,
                   uint32_t count, const uint16_t *slot_of_row, uint16_t *over);

/* How many owners have n answers, of which 1 + x is `value` in all, at n x SLOT_VALUES + value; to be added up over lanes. 0: those
 * without, and those with more than SLOTS. */
#define SLOT_VALUES (2 * SLOTS + 1)
#define SLOT_WAYS   ((SLOTS + 1) * SLOT_VALUES)
#define SLOT_LANES  4u
struct slot_ways {
	uint32_t owners[SLOT_LANES][SLOT_WAYS];
	int64_t passives; /* answers with x = 0 */
};
void slots_count_all(struct slot_ways *ways, const struct slots *slots);
/* Of answers in one cell alone. */
void slots_count_cell(struct slot_ways *ways, const struct slots *slots, uint32_t cell);

/* Where there is one cell, none is needed: answers of an owner x SLOT_SUM_ONE and 1 + x of them together, in one number that holds
 * SLOT_SUM_MOST answers. */
#define SLOT_SUM_ONE  (1u << 16)
#define SLOT_SUM_MOST 32767u
/* Adds `count` rows, whose two lowest bits are 1 + x, or 3: passed over. How many were passive. */
uint32_t slot_sums_add(uint32_t sums[static SLOT_OWNERS], const uint16_t *owners,
                       const uint16_t *rows, uint32_t count);
/* As slots_count_all, but for passives. A bit for each owner with more than SLOTS answers; how many they are. */
uint32_t slot_sums_count(struct slot_ways *ways, const uint32_t sums[static SLOT_OWNERS],
                         uint64_t many[static SLOT_OWNERS / 64]);

/* Which of an owner's slots are in one cell, of cells from `first` on: a bit for each two of them, i < k. */
#define SLOT_PAIR(i, k) ((k) * ((k)-1) / 2 + (i))
#define SLOT_PAIRS      SLOT_PAIR(0, SLOTS)
#define SLOT_PAIRS_LOW  15u /* of the first six slots */
struct slot_pairs {
	uint64_t any[SLOT_OWNERS / 64]; /* owners that have a bit */
	uint16_t low[SLOT_OWNERS], high[SLOT_OWNERS];
};
void slots_find_pairs(struct slot_pairs *pairs, const struct slots *slots, uint32_t first);

static inline uint32_t slot_pairs_of(const struct slot_pairs *pairs, uint32_t owner)
{
	return pairs->low[owner] | (uint32_t)pairs->high[owner] << SLOT_PAIRS_LOW;
}

#endif
