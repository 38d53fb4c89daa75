/* feedback/cube_scan_count.h - loops over columns: how many rows of a block have a symbol, and a key with it.
 *
 * Blocks, symbols and keys are those of feedback/cube_scan.h.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_SCAN_COUNT_H
#define FEEDBACK_CUBE_SCAN_COUNT_H

#include "feedback/cube_scan.h"

/* Of rows that have a symbol. */
uint32_t scan_count_counted(const uint8_t *symbols, uint32_t rows);
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

#endif
