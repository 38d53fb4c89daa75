/* feedback/cells_whose_own.h - what cells_whose.c puts aside and cells_whose_read.c reads.
 *
 * A row is a number: its owner within the part, its key, in which period it is, and 1 + x.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_WHOSE_OWN_H
#define FEEDBACK_CELLS_WHOSE_OWN_H

#include "feedback/cells_whose.h"
#include "feedback/cube_order.h"

#define VALUE_X 3u /* the bits that 1 + x, or SCAN_VALUE_NONE, stands in */

/* Of one chunk, by part. */
struct whose_piece {
	const uint32_t *rows;
	uint32_t *ends; /* [part_count] */
};

struct cells_whose {
	uint32_t owner_bits, key_bits; /* owner_bits: CUBE_UNIT_BITS at most */
	uint32_t part_count;
	struct whose_piece *pieces;
	size_t piece_count, piece_cap;
	void **slabs; /* rows of pieces */
	size_t slab_count, slab_cap;
	uint32_t *next, *end; /* of the newest slab */
};

#endif
