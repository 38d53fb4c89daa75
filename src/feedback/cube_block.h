/* feedback/cube_block.h - a chunk of CUBE_CHUNK_ROWS rows at most, as its one writer sees it.
 *
 * A block is made of slots, each a column or one number for all rows. It is private until it was shown in a view; then it
 * is copied before it changes (the copy shares the columns, and those that change are copied in turn). Rows behind those
 * that were shown are written in place. Slots of the kind SLOT_CODES and later are as narrow as their numbers
 * permit; cube_block_seal makes them as narrow as they can be, once a block is full.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_BLOCK_H
#define FEEDBACK_CUBE_BLOCK_H

#include "base/err.h"
#include "feedback/cube_ids.h"
#include "feedback/cube_view.h"

enum cube_slot_kind {
	SLOT_PLAIN_1, /* always a column, one byte each */
	SLOT_PLAIN_4,
	SLOT_CODES,   /* of a dictionary */
	SLOT_NUMBERS, /* may stand on a base when sealed */
	SLOT_OWNERS,  /* the same, and may have three bytes */
};

/* The slots that every block of a table has; those behind them are SLOT_CODES. */
struct cube_shape {
	const enum cube_slot_kind *fixed;
	size_t fixed_count;
	bool has_ids;
};

struct cube_block {
	_Atomic unsigned holds;
	const struct cube_shape *shape;
	struct cube_memory *memory;
	bool shown_now; /* stands in a view as it is: copy before a change */
	bool ids_sorted;
	uint32_t rows, shown; /* shown: what views have seen of its columns */
	int32_t min_time, max_time;
	int64_t min_id, max_id;
	struct cube_ids *ids;
	size_t slot_count;
	struct cube_codes *codes; /* [slot_count] */
	struct cube_column **columns;
	union { /* what a view shows, filled when it is published */
		struct cube_chunk chunk;
		struct cube_people people;
	};
};

struct cube_block *cube_block_new(struct cube_memory *memory, const struct cube_shape *shape);
struct cube_block *cube_block_hold(struct cube_block *b);
void cube_block_drop(struct cube_block *b); /* NULL is fine */
/* Gives back `b` or, when it is shown, its copy instead of it. */
struct cube_block *cube_block_private(struct cube_block *b);

/* The following change a private block. Adds slots whose rows are 0. */
void cube_block_add_slots(struct cube_block *b, size_t slot_count);
/* A new row is row number `rows`: each slot is put, then cube_block_end_row. */
void cube_block_put_slowly(struct cube_block *b, size_t slot, uint32_t row, uint32_t value);
static inline void cube_block_put(struct cube_block *b, size_t slot, uint32_t row, uint32_t value)
{
	struct cube_column *c = b->columns[slot];
	if (c && row >= b->shown && row < c->rows && !b->codes[slot].base &&
	    (c->width == 4 || value >> 8 * c->width == 0))
		cube_number_put(c->at, c->width, row, value);
	else
		cube_block_put_slowly(b, slot, row, value);
}
void cube_block_put_id(struct cube_block *b, int64_t id);
void cube_block_end_row(struct cube_block *b);
void cube_block_see_time(struct cube_block *b, int32_t time);
void cube_block_seal(struct cube_block *b);
/* Of a block that is filled from a snapshot: the column is the block's from now on, whatever is said; NULL: all rows have `base`. False:
 * the slot cannot have it. */
MUST_USE bool cube_block_take_column(struct cube_block *b, size_t slot, struct cube_column *column,
                                     uint32_t base);

static inline uint32_t cube_block_get(const struct cube_block *b, size_t slot, uint32_t row)
{
	return slot < b->slot_count ? cube_code(b->codes[slot], row) : 0;
}

#endif
