/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/value_counts.h"

#include <stdlib.h>

#define CAPACITY_FIRST 16

/* FNV-1a. */
static uint64_t hash_of(Str value)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < value.len; i++)
		hash = (hash ^ (unsigned char)value.at[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static struct value_count *slot_for(struct value_count *slots, size_t capacity, uint64_t hash,
                                    Str value)
{
	size_t at = (size_t)(hash ^ hash >> 32) & (capacity - 1);
	while (slots[at].count && (slots[at].hash != hash || !str_eq(slots[at].value, value)))
		at = (at + 1) & (capacity - 1);
	return &slots[at];
}

static void grow(struct value_counts *c, struct arena *a)
{
	size_t capacity = c->capacity ? c->capacity * 4 : CAPACITY_FIRST;
	struct value_count *slots = ARENA_ARRAY(a, struct value_count, capacity);
	for (size_t i = 0; i < c->capacity; i++)
		if (c->slots[i].count)
			*slot_for(slots, capacity, c->slots[i].hash, c->slots[i].value) =
			    c->slots[i];
	c->slots = slots;
	c->capacity = capacity;
}

void value_counts_add(struct value_counts *c, struct arena *a, Str value, int64_t count)
{
	uint64_t hash = hash_of(value);
	if (c->used * 2 >= c->capacity)
		grow(c, a);
	struct value_count *slot = slot_for(c->slots, c->capacity, hash, value);
	if (slot->count == 0 && c->used == VALUE_COUNTS_MAX) {
		c->rest += count;
		return;
	}
	if (slot->count == 0) {
		slot->value = str_copy(a, value);
		slot->hash = hash;
		c->used++;
	}
	slot->count += count;
}

int64_t value_counts_total(const struct value_counts *c)
{
	int64_t total = c->rest;
	for (size_t i = 0; i < c->capacity; i++)
		total += c->slots[i].count;
	return total;
}

static int most_first(const void *a, const void *b)
{
	const struct value_count *left = a, *right = b;
	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	return str_cmp(left->value, right->value);
}

struct value_count *value_counts_sorted(const struct value_counts *c, struct arena *a)
{
	struct value_count *all = ARENA_ARRAY(a, struct value_count, c->used + 1);
	size_t count = 0;
	for (size_t i = 0; i < c->capacity; i++)
		if (c->slots[i].count)
			all[count++] = c->slots[i];
	qsort(all, count, sizeof(all[0]), most_first);
	return all;
}
