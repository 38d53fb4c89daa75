/* base/utf16.h - UTF-16 that comes in pieces, as UTF-8.
 *
 * A surrogate without its other half, and half a unit at the end, become the byte FF, which no UTF-8 has: who reads the text sees
 * that it is damaged, and where.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_UTF16_H
#define BASE_UTF16_H

#include "base/buf.h"

struct utf16_reader {
	bool big_endian;
	unsigned char carry[4]; /* what is cut by the end of a piece */
	size_t carry_len;
};

/* Does the text begin with the byte order mark of UTF-16? */
bool utf16_begins(Str text, bool *big_endian);
/* The mark is text, too, and becomes that of UTF-8. */
void utf16_start(struct utf16_reader *u, bool big_endian);
void utf16_feed(struct utf16_reader *u, Str bytes, struct buf *out);
void utf16_end(struct utf16_reader *u, struct buf *out);

#endif
