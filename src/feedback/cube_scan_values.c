/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_scan_values.h"

#include <string.h>

#include "feedback/cube_wide.h"

/* 1 + the value of the score. As narrow as the symbol: so many more are made at once. */
static inline uint8_t value_of(uint8_t symbol)
{
	uint8_t passive = symbol >= 7, promoter = symbol >= 9, none = symbol == SCAN_NONE;
	return (uint8_t)(passive + promoter + none);
}

WIDE static void put_values(uint32_t *out, const uint8_t *symbols, uint32_t rows, uint32_t with)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] = with | value_of(symbols[i]);
}

WIDE static void put_keys(uint32_t *out, const uint32_t *keys, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] |= keys[i] << SCAN_VALUE_BITS;
}

void scan_values(uint32_t *out, const uint32_t *keys, const uint8_t *symbols, uint32_t rows,
                 uint32_t key, uint32_t period)
{
	put_values(out, symbols, rows, key << SCAN_VALUE_BITS | period);
	if (keys)
		put_keys(out, keys, rows);
}

WIDE static void put_narrow(uint16_t *out, const uint8_t *symbols, uint32_t rows, uint16_t with)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] = (uint16_t)(with | value_of(symbols[i]));
}

WIDE static void put_narrow_keys(uint16_t *out, const uint32_t *keys, const uint8_t *symbols,
                                 uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] = (uint16_t)(keys[i] << SCAN_NARROW_BITS | value_of(symbols[i]));
}

void scan_narrow_values(uint16_t *out, const uint32_t *keys, const uint8_t *symbols, uint32_t rows,
                        uint32_t key)
{
	if (keys)
		put_narrow_keys(out, keys, symbols, rows);
	else
		put_narrow(out, symbols, rows, (uint16_t)(key << SCAN_NARROW_BITS));
}

WIDE static void put_narrow_1(uint16_t *out, const uint8_t *codes, const uint8_t *symbols,
                              uint32_t rows, uint16_t step, uint16_t with)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] = (uint16_t)((uint32_t)codes[i] * step + with + value_of(symbols[i]));
}

WIDE static void put_narrow_2(uint16_t *out, const uint16_t *codes, const uint8_t *symbols,
                              uint32_t rows, uint16_t step, uint16_t with)
{
	for (uint32_t i = 0; i < rows; i++)
		out[i] = (uint16_t)((uint32_t)codes[i] * step + with + value_of(symbols[i]));
}

void scan_narrow_codes(uint16_t *out, const struct cube_codes *codes, uint32_t from,
                       const uint8_t *symbols, uint32_t rows, uint32_t stride, uint32_t key)
{
	uint16_t step = (uint16_t)(stride << SCAN_NARROW_BITS);
	uint16_t with = (uint16_t)(key << SCAN_NARROW_BITS);
	if (codes->width == 1)
		put_narrow_1(out, (const uint8_t *)codes->at + from, symbols, rows, step, with);
	else
		put_narrow_2(out, (const uint16_t *)codes->at + from, symbols, rows, step, with);
}

WIDE static void mark_narrow(uint8_t *ones, const uint16_t *narrow, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		ones[i] = (narrow[i] & SCAN_VALUE_NONE) != SCAN_VALUE_NONE;
}

void scan_narrow_bits(uint64_t *bits, const uint16_t *narrow, uint32_t rows)
{
	uint8_t ones[SCAN_ROWS];
	for (uint32_t from = 0; from < rows; from += SCAN_ROWS) {
		uint32_t some = rows - from < SCAN_ROWS ? rows - from : SCAN_ROWS;
		mark_narrow(ones, narrow + from, some);
		scan_pack(bits + from / 64, ones, some);
	}
}

/* Of rows with SCAN_REPEATS - 1 behind them. */
WIDE static void mark_repeats(uint8_t *restrict repeats, const uint32_t *rows, uint32_t count,
                              uint32_t low_bits)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t marks = 0;
		EACH_OF_FEW
		for (uint32_t k = 1; k < SCAN_REPEATS; k++)
			marks |= (uint32_t)((rows[i] ^ rows[i + k]) >> low_bits == 0) << (k - 1);
		repeats[i] = (uint8_t)marks;
	}
}

WIDE static void mark_any(uint8_t *ones, const uint8_t *repeats, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		ones[i] = repeats[i] != 0;
}

void scan_repeats(uint64_t bits[static SCAN_ROWS / 64], uint8_t repeats[static SCAN_ROWS],
                  const uint32_t *rows, uint32_t count, uint32_t low_bits)
{
	uint8_t ones[SCAN_ROWS];
	uint32_t asked = count < SCAN_ROWS ? count : SCAN_ROWS;
	uint32_t whole = count < SCAN_REPEATS ? 0 : count - (SCAN_REPEATS - 1);
	whole = whole < asked ? whole : asked;
	mark_repeats(repeats, rows, whole, low_bits);
	for (uint32_t i = whole; i < asked; i++) {
		repeats[i] = 0;
		for (uint32_t k = 1; k < SCAN_REPEATS && i + k < count; k++)
			if ((rows[i] ^ rows[i + k]) >> low_bits == 0)
				repeats[i] |= (uint8_t)(1u << (k - 1));
	}
	mark_any(ones, repeats, asked);
	scan_pack(bits, ones, asked);
}
