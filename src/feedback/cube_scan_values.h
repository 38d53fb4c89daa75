/* feedback/cube_scan_values.h - loops over columns: the rows of a block as numbers that hold key and value, and rows that are
 * alike.
 *
 * Blocks, symbols and keys are those of feedback/cube_scan.h.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_SCAN_VALUES_H
#define FEEDBACK_CUBE_SCAN_VALUES_H

#include "feedback/cube_scan.h"

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
