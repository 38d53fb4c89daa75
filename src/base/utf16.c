/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/utf16.h"

#include <string.h>

#include "base/utf8.h"

#define DAMAGED '\xFF'

bool utf16_begins(Str text, bool *big_endian)
{
	*big_endian = str_starts(text, STR("\xFE\xFF"));
	return *big_endian || str_starts(text, STR("\xFF\xFE"));
}

void utf16_start(struct utf16_reader *u, bool big_endian)
{
	*u = (struct utf16_reader){ .big_endian = big_endian };
}

static uint32_t unit_at(const struct utf16_reader *u, size_t at)
{
	unsigned first = u->carry[at], second = u->carry[at + 1];
	return u->big_endian ? first << 8 | second : second << 8 | first;
}

static void step(struct utf16_reader *u, size_t bytes)
{
	u->carry_len -= bytes;
	memmove(u->carry, u->carry + bytes, u->carry_len);
}

static void put(struct buf *out, uint32_t code_point)
{
	char bytes[4];
	size_t len = utf8_encode(code_point, bytes);
	buf_add(out, (Str){ bytes, len });
}

/* What is whole of the carry. */
static void take(struct utf16_reader *u, struct buf *out)
{
	while (u->carry_len >= 2) {
		uint32_t first = unit_at(u, 0);
		bool high = first >= 0xD800 && first < 0xDC00;
		if (high && u->carry_len < 4)
			return;
		uint32_t second = high ? unit_at(u, 2) : 0;
		bool pair = second >= 0xDC00 && second < 0xE000;
		if (pair)
			put(out, 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
		else if (first >= 0xD800 && first < 0xE000)
			buf_add_char(out, DAMAGED);
		else
			put(out, first);
		step(u, pair ? 4 : 2);
	}
}

void utf16_feed(struct utf16_reader *u, Str bytes, struct buf *out)
{
	for (size_t i = 0; i < bytes.len; i++) {
		u->carry[u->carry_len++] = (unsigned char)bytes.at[i];
		take(u, out);
	}
}

void utf16_end(struct utf16_reader *u, struct buf *out)
{
	if (u->carry_len > 0)
		buf_add_char(out, DAMAGED);
	u->carry_len = 0;
}
