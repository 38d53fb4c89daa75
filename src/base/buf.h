/* base/buf.h - a growing buffer with a stated maximum.
 *
 * Bytes past `max` are refused: the buffer keeps what it had and remembers `overflowed`, so that one check at
 * the end is enough. Owns its memory; buf_free gives it back. Not shared between threads.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
	char *at;
	size_t len, cap, max;
	bool overflowed;
};

void buf_init(struct buf *b, size_t max); /* nothing allocated yet */
void buf_free(struct buf *b);
/* A buffer that goes with the arena. */
struct buf *buf_in(struct arena *a, size_t max);
void buf_clear(struct buf *b); /* keeps the memory */

/* False when it does not fit under max. */
bool buf_add(struct buf *b, Str s);
bool buf_add_char(struct buf *b, char c);
bool buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Room for `more` bytes at b->at + b->len, which the caller fills and adds to b->len; NULL past max. */
char *buf_room(struct buf *b, size_t more);

Str buf_str(const struct buf *b); /* valid until the next change */

#endif
