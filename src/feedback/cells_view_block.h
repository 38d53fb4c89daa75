/* feedback/cells_view_block.h - a few thousand rows of a view at once: which are meant, their symbols and keys.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_BLOCK_H
#define FEEDBACK_CELLS_VIEW_BLOCK_H

#include "feedback/cells_view_bits.h"

#define BLOCK_WORDS (SCAN_ROWS / 64)
/* With fewer than one in so many meant, rows are listed: all that is asked of them is asked of those alone. */
#define BLOCK_FEW 8u

#define BLOCK_ROOM (SCAN_ROWS / BLOCK_FEW + SCAN_LIST_ROOM)

struct view_block {
	size_t chunk_index;
	const struct cube_chunk *chunk;
	struct view_bits bits; /* of the chunk */
	uint32_t from, rows;
	bool any_now, any_before;
	bool is_few; /* rows with a symbol are in lists, too */
	bool
	    only_lists; /* the caller's: then such rows are in lists alone, and their scores in the facts */
	uint8_t mask[SCAN_ROWS], now[SCAN_ROWS], before[SCAN_ROWS]; /* the latter two are symbols */
	uint64_t uncounted[BLOCK_WORDS]; /* rows of now that do not count */
	uint8_t states[SCAN_ROWS];       /* theirs; else 0, or anything where rows are in lists */
	uint32_t left;                   /* how many they are */
	uint16_t few_now[BLOCK_ROOM], few_before[BLOCK_ROOM], few_left[BLOCK_ROOM];
	uint32_t few_now_count, few_before_count, few_left_count; /* the last: of uncounted */
};

/* The chunk's blocks are next, with symbols and lists; it stands at `index` of the view, which matters where the plan chooses rows one by one. False: none of
 * its rows is meant. */
bool view_block_begin(const struct view_plan *v, struct view_block *b,
                      const struct cube_chunk *chunk, size_t index);
/* The block that begins with b->from. False: nothing in it is meant. */
bool view_block_take(const struct view_plan *v, struct view_block *b);
/* Has each row the same code of the dimension? As far as can be known without looking at rows. */
bool view_block_key(const struct view_plan *v, const struct view_block *b, int d, uint32_t *code);
/* Its column, when the code of each row is what stands in one. */
bool view_block_column(const struct view_plan *v, const struct view_block *b, int d,
                       struct cube_codes *codes);
/* keys += each row's code of the dimension x stride. */
void view_block_add_keys(const struct view_plan *v, const struct view_block *b, int d,
                         uint32_t stride, uint32_t *keys);
/* The same of the rows of a list: the first key is that of its first row. */
void view_block_add_few(const struct view_plan *v, const struct view_block *b, int d,
                        uint32_t stride, const uint16_t *few, uint32_t count, uint32_t *keys);

/* Rows that count in either period, a bit each, and every row's codes of both dimensions. */
void view_block_counted(const struct view_plan *v, const struct view_block *b,
                        uint64_t bits[static BLOCK_WORDS], uint32_t codes[static 2][SCAN_ROWS]);

/* The next set bit at or after `bit`, `rows` when there is none. */
uint32_t view_bit_next(const uint64_t *bits, uint32_t bit, uint32_t rows);

#endif
