/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/radix.h"

#include "base/die.h"

#include <stdlib.h>
#include <string.h>

#define BYTES 16 /* of an item: `what` first, for later passes decide */
#define RADIX 256
/* Fewer are sorted as fast by comparing. */
#define FEW 256

static unsigned byte_of(const struct radix_item *item, unsigned byte)
{
	uint64_t number = byte < 8 ? item->what : item->key;
	return (unsigned)(number >> byte % 8 * 8) & (RADIX - 1);
}

static int in_order(const void *a, const void *b)
{
	const struct radix_item *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->what > y->what) - (x->what < y->what);
}

/* A bit each byte that differs anywhere. */
static unsigned differing(const struct radix_item *items, size_t count)
{
	struct radix_item any = { 0 };
	unsigned bits = 0;
	for (size_t i = 1; i < count; i++) {
		any.key |= items[i].key ^ items[0].key;
		any.what |= items[i].what ^ items[0].what;
	}
	for (unsigned byte = 0; byte < BYTES; byte++)
		bits |= (unsigned)(byte_of(&any, byte) != 0) << byte;
	return bits;
}

static void pass(const struct radix_item *from, struct radix_item *to, size_t count, unsigned byte)
{
	size_t at[RADIX] = { 0 }, sum = 0;
	for (size_t i = 0; i < count; i++)
		at[byte_of(&from[i], byte)]++;
	for (size_t i = 0; i < RADIX; i++) {
		size_t here = at[i];
		at[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < count; i++)
		to[at[byte_of(&from[i], byte)]++] = from[i];
}

void radix_sort(struct radix_item *items, size_t count)
{
	if (count < 2)
		return;
	if (count < FEW) {
		qsort(items, count, sizeof *items, in_order);
		return;
	}
	unsigned bytes = differing(items, count);
	struct radix_item *room = mem_alloc(count * sizeof *room), *from = items, *to = room;
	for (unsigned byte = 0; byte < BYTES; byte++) {
		if (!(bytes >> byte & 1))
			continue;
		pass(from, to, count, byte);
		struct radix_item *sorted = to;
		to = from;
		from = sorted;
	}
	if (from != items)
		memcpy(items, from, count * sizeof *items);
	free(room);
}
