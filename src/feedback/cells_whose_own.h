/* feedback/cells_whose_own.h - what cells_whose.c puts aside, and cells_whose_read.c and cells_whose_slots.c read.
 *
 * A row is a number: its owner within the part, its key, in which period it is, and 1 + x. Where there are few keys and no pairs
 * are asked for, it is narrow: two bytes without an owner. A chunk of which most rows are meant has one for each row of its
 * order then, which says whose it is.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_WHOSE_OWN_H
#define FEEDBACK_CELLS_WHOSE_OWN_H

#include "feedback/cells_whose.h"
#include "feedback/cube_order.h"
#include "feedback/cube_scan_values.h"
#include "feedback/cube_slots.h"

#define VALUE_X 3u /* the bits that 1 + x, or SCAN_VALUE_NONE, stands in */

/* As another row, without an owner. */
static inline uint32_t whose_widen(uint16_t narrow)
{
	return (uint32_t)narrow >> SCAN_NARROW_BITS << SCAN_VALUE_BITS | (narrow & VALUE_X);
}

/* Of one chunk, by part. */
struct whose_piece {
	const uint32_t *rows; /* NULL: the following */
	uint32_t *ends;       /* [part_count] */
	const struct cube_order *order;
	const uint16_t *narrow; /* as the order has them; parts are its units */
};

struct cells_whose {
	bool is_narrow, pairs;
	uint32_t owner_bits, key_bits; /* owner_bits: CUBE_UNIT_BITS at most */
	uint32_t keys, part_count;
	uint64_t most; /* nobody has more rows; at least where rows are narrow */
	struct whose_piece *pieces;
	size_t piece_count, piece_cap;
	void **slabs; /* rows of pieces */
	size_t slab_count, slab_cap;
	uint32_t *next, *end; /* of the newest slab */
};

/* Owners with few rows, by how many and by how much of 1 + x; and all of their rows, and those not passive. */
struct whose_alike {
	uint32_t owners[SLOT_WAYS];
	int64_t total, squares;
};

/* One owner's answers in one cell, good while `stamp` is the owner's. */
struct whose_tally {
	uint32_t stamp;
	int32_t n, s, square; /* now; square: answers that are not passive */
	int32_t before_n, before_s, before_square;
};

#define WHOSE_SM  16
#define WHOSE_TWO 16u /* ways of two rows: 4 x (1 + x) of the one and 1 + x of the other */

/* One part after the other. */
struct whose_reading {
	const struct cells_whose *w;
	const uint32_t *cell_of_key;
	uint32_t cells;
	struct whose_cell *out, *all;
	int64_t sm[WHOSE_SM][WHOSE_SM]; /* by n and |s| */
	uint32_t *sorted;               /* rows of the part by owner, with cells for keys */
	size_t room;
	uint64_t *counts; /* of each owner of the part, all cells together; else 0 */
	uint32_t *ends;   /* of each owner's sorted rows */
	uint32_t *many;   /* owners with many rows */
	uint32_t many_count;
	uint32_t *spread; /* of a narrow piece: its rows with their owners */
	struct whose_alike alike;
	int64_t *twos;               /* by cell, and by WHOSE_TWO */
	struct whose_tally *tallies; /* by cell */
	uint32_t *touched;           /* cells of the owner at hand */
	uint32_t stamp;
	struct whose_slots *slots; /* made when a part first needs them */
};

/* n answers were taken for n clusters, and are one. */
void whose_join(const struct whose_reading *r, struct nps_sums *sums, int64_t n, int64_t s,
                int64_t square);
/* To be joined, of owners that are alike, each of n answers: whose_join() but for what their answers were taken for. */
void whose_add_alike(const struct whose_reading *r, struct nps_sums *sums, int64_t owners,
                     int64_t n, int64_t s);
/* The same as whose_join() for all those owners. */
void whose_join_alike(const struct whose_reading *r, struct nps_sums *sums,
                      const struct whose_alike *alike);
/* Rows of one owner, with cells for keys, in all and in their cells. */
void whose_join_many(struct whose_reading *r, const uint32_t *rows, uint32_t count);

/* Of narrow rows. */
void whose_slots_free(struct whose_slots *s); /* NULL is fine */
void whose_slots_read_part(struct whose_reading *r, uint32_t part);
/* When all parts were read. */
void whose_slots_close(struct whose_reading *r);

#endif
