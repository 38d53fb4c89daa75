/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/die.h"

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void buf_free(struct buf *b)
{
	free(b->at);
	buf_init(b, b->max);
}

static void free_with_arena(void *buf)
{
	buf_free(buf);
}

struct buf *buf_in(struct arena *a, size_t max)
{
	struct buf *b = ARENA_NEW(a, struct buf);
	buf_init(b, max);
	arena_defer(a, free_with_arena, b);
	return b;
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->overflowed = false;
}

char *buf_room(struct buf *b, size_t more)
{
	if (b->overflowed || more > b->max - b->len) {
		b->overflowed = true;
		return NULL;
	}
	if (!b->at || more > b->cap - b->len) {
		size_t cap = b->cap ? b->cap : 256;
		while (cap - b->len < more)
			cap *= 2;
		/* One more, for the NUL that vsnprintf writes behind its text. */
		b->at = mem_resize(b->at, cap + 1);
		b->cap = cap;
	}
	return b->at + b->len;
}

bool buf_add(struct buf *b, Str s)
{
	char *room = buf_room(b, s.len);
	if (!room)
		return false;
	if (s.len)
		memcpy(room, s.at, s.len);
	b->len += s.len;
	return true;
}

bool buf_add_char(struct buf *b, char c)
{
	return buf_add(b, (Str){ &c, 1 });
}

bool buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	int len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	MUST(len >= 0);
	char *room = buf_room(b, (size_t)len);
	if (!room)
		return false;
	va_start(args, fmt);
	vsnprintf(room, (size_t)len + 1, fmt, args);
	va_end(args);
	b->len += (size_t)len;
	return true;
}

Str buf_str(const struct buf *b)
{
	return (Str){ b->at, b->len };
}
