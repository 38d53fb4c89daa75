/* feedback/cube_scan.h - loops over columns: which rows of a block are meant, and the key that each is counted by.
 *
 * A block is at most SCAN_ROWS rows of one chunk, so that what is made of it stays in the nearest cache. A mask has a byte a
 * row: 0 or 255. A symbol is the score of a row that counts and is meant, else SCAN_NONE. Compiled for the processor's wide
 * registers where it has them; every version gives the same.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_SCAN_H
#define FEEDBACK_CUBE_SCAN_H

#include "feedback/cube_view.h"

#define SCAN_ROWS    4096u
#define SCAN_NONE    15u
#define SCAN_SYMBOLS 16u
/* Codes of an IN-list that are compared one by one; longer lists are looked up. */
#define SCAN_FEW 4u

/* What will be read soon. */
void scan_fetch(const void *at, size_t bytes);

/* Takes out of the mask the rows whose code is not among those of the list. */
struct scan_list {
	uint32_t few[SCAN_FEW];
	uint32_t few_count;   /* 0: look codes up */
	const uint8_t *takes; /* by code, 0 or 255 */
};
void scan_take_codes(uint8_t *mask, const struct cube_codes *codes, uint32_t from, uint32_t rows,
                     const struct scan_list *list);
/* Those from `low` to `high`, both meant. */
void scan_take_times(uint8_t *mask, const int32_t *times, uint32_t rows, int32_t low, int32_t high);
/* Those whose marks under `bits` are `wanted`. */
void scan_take_marks(uint8_t *mask, const uint8_t *marks, uint32_t rows, uint8_t bits,
                     uint8_t wanted);
/* Those whose byte in a table of 256, 0 or 255, is so. */
void scan_take_facts(uint8_t *mask, const uint8_t *facts, uint32_t rows, const uint8_t *takes);
/* Those whose score is from `low` to `high`, both meant. */
void scan_take_scores(uint8_t *mask, const uint8_t *facts, uint32_t rows, uint8_t low,
                      uint8_t high);
/* Those whose bit is set; `bits` begins with the block's first row. */
void scan_take_bits(uint8_t *mask, const uint64_t *bits, uint32_t rows);

/* The bits of bytes that are 0 or 1, which are written to behind the last row, up to a whole word. */
void scan_pack(uint64_t *bits, uint8_t *ones, uint32_t rows);
/* A bit a row: the mask takes it. How many it takes. */
uint32_t scan_bits(uint64_t *bits, const uint8_t *mask, uint32_t rows);
uint32_t scan_count_bits(const uint64_t *bits, uint32_t rows);
/* The numbers of the bits that are set, and how many; the list has room for SCAN_LIST_ROOM more. */
#define SCAN_LIST_ROOM 3u
uint32_t scan_list(uint16_t *list, const uint64_t *bits, uint32_t rows);

void scan_symbols(uint8_t *symbols, const uint8_t *mask, const uint8_t *facts, uint32_t rows);
/* Of rows that are meant, are there, and have no symbol: a bit, and the state; else 0. How many
 * they are. */
uint32_t scan_uncounted(uint64_t *bits, uint8_t *states, const uint8_t *mask,
                        const uint8_t *symbols, const uint8_t *facts, uint32_t rows);
/* A bit a row: it has a symbol. How many have. */
uint32_t scan_counted(uint64_t *bits, const uint8_t *symbols, uint32_t rows);

/* keys += codes x stride. */
void scan_add_codes(uint32_t *keys, const struct cube_codes *codes, uint32_t from, uint32_t rows,
                    uint32_t stride);
void scan_add_constant(uint32_t *keys, uint32_t rows, uint32_t value);
/* keys += how many of the ascending bounds the time has reached x stride. */
void scan_add_times(uint32_t *keys, const int32_t *times, uint32_t rows, const int32_t *bounds,
                    uint32_t count, uint32_t stride);
/* The same of many bounds: `start` says by (time - first) >> shift how many were reached when that span began, and there is
 * one more in it at most. */
struct scan_spans {
	int32_t first;
	uint32_t shift;
	const uint32_t *start;
	const int32_t *bounds; /* with one behind the last that no time reaches */
};
void scan_add_spans(uint32_t *keys, const int32_t *times, uint32_t rows,
                    const struct scan_spans *spans, uint32_t stride);

#endif
