/* feedback/cube_scan.h - loops over columns: which rows of a block are meant, what is counted of them, and where.
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
/* The number alone. */
uint32_t scan_count_counted(const uint8_t *symbols, uint32_t rows);

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

/* counts[symbol] += rows with it, of a few symbols that follow each other. */
void scan_count_all(int64_t counts[static SCAN_SYMBOLS], const uint8_t *symbols, uint32_t rows,
                    uint8_t first, uint8_t last);
/* counts[key x SCAN_SYMBOLS + symbol]++ for each row that has one. Counts stand in SCAN_LANES lanes, `lane` apart, to be added
 * up; 0: there is one. */
#define SCAN_LANES 4u
void scan_count_keys(uint32_t *counts, const uint32_t *keys, const uint8_t *symbols, uint32_t rows,
                     size_t lane);
/* The same with codes x stride for keys, of a column of one or two bytes without a base. */
bool scan_can_count(const struct cube_codes *codes);
void scan_count_codes(uint32_t *counts, const struct cube_codes *codes, uint32_t from,
                      const uint8_t *symbols, uint32_t rows, uint32_t stride, size_t lane);
/* The same of so many keys that their counts leave the nearest caches: a byte each, SCAN_BYTES a key, and what a byte cannot hold
 * in `counts`, as above. Keys are codes x stride + key; scan_close_bytes adds up. */
#define SCAN_BYTES          12u
#define SCAN_BYTES_KEYS_MAX (65536u / SCAN_BYTES)
void scan_count_bytes(uint8_t *bytes, uint32_t *counts, const struct cube_codes *codes,
                      uint32_t from, const uint8_t *symbols, uint32_t rows, uint32_t stride,
                      uint32_t key);
void scan_close_bytes(uint8_t *bytes, uint32_t *counts, uint32_t keys);
/* The same of rows that all have one key: counts are that key's. */
void scan_count_key(uint32_t *counts, const uint8_t *symbols, uint32_t rows);
/* The same of the rows of a list, which all count, so that their scores are their symbols; the first key is that of its first
 * row. */
void scan_count_few(uint32_t *counts, const uint32_t *keys, const uint8_t *facts,
                    const uint16_t *few, uint32_t count);

/* The same with codes x stride for keys, as scan_count_codes has them. */
void scan_count_few_codes(uint32_t *counts, const struct cube_codes *codes, uint32_t from,
                          const uint8_t *facts, const uint16_t *few, uint32_t count,
                          uint32_t stride);

/* out = key, one of the periods, and 1 + the value of the score, the latter in SCAN_VALUE_BITS with the period; SCAN_VALUE_NONE
 * without a symbol. keys NULL: all have `key`. */
#define SCAN_VALUE_BITS   3u
#define SCAN_VALUE_BEFORE 4u
#define SCAN_VALUE_NONE   3u
void scan_values(uint32_t *out, const uint32_t *keys, const uint8_t *symbols, uint32_t rows,
                 uint32_t key, uint32_t period);
/* The same of one period in two bytes: the key above SCAN_NARROW_BITS, of keys below SCAN_NARROW_KEYS. */
#define SCAN_NARROW_BITS 2u
#define SCAN_NARROW_KEYS 8192u
void scan_narrow_values(uint16_t *out, const uint32_t *keys, const uint8_t *symbols, uint32_t rows,
                        uint32_t key);
/* A bit for each of those rows that had a symbol. */
void scan_narrow_bits(uint64_t *bits, const uint16_t *narrow, uint32_t rows);
/* With codes x stride + key for keys, as scan_count_codes has them. */
void scan_narrow_codes(uint16_t *out, const struct cube_codes *codes, uint32_t from,
                       const uint8_t *symbols, uint32_t rows, uint32_t stride, uint32_t key);

/* Which of the SCAN_REPEATS - 1 rows behind each of the first SCAN_ROWS are the same but for their lowest bits: a bit for each,
 * the next row's being the lowest. And a bit for each row that has any. */
#define SCAN_REPEATS 8u
void scan_repeats(uint64_t bits[static SCAN_ROWS / 64], uint8_t repeats[static SCAN_ROWS],
                  const uint32_t *rows, uint32_t count, uint32_t low_bits);

#endif
