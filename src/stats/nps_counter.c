/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_counter.h"
#include "base/die.h"

#include <stdlib.h>

/* A person seen only inside accounts has a slot whose cluster stays empty: it is counted as a person alone. */
struct nps_counter_slot {
	uint64_t key; /* twice the id, plus one for an account; 0: free */
	struct nps_cluster cluster;
};

void nps_counter_free(struct nps_counter *c)
{
	free(c->slots);
	*c = (struct nps_counter){ 0 };
}

static size_t place_of(uint64_t key, size_t capacity)
{
	key ^= key >> 32;
	key *= UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(key >> 29) & (capacity - 1);
}

static struct nps_counter_slot *slot_for(struct nps_counter_slot *slots, size_t capacity,
                                         uint64_t key)
{
	size_t at = place_of(key, capacity);
	while (slots[at].key != 0 && slots[at].key != key)
		at = (at + 1) & (capacity - 1);
	return &slots[at];
}

static void grow(struct nps_counter *c)
{
	size_t capacity = c->capacity ? c->capacity * 2 : 64;
	struct nps_counter_slot *slots = mem_zeroed(capacity, sizeof(*slots));
	for (size_t i = 0; i < c->capacity; i++)
		if (c->slots[i].key != 0)
			*slot_for(slots, capacity, c->slots[i].key) = c->slots[i];
	free(c->slots);
	c->slots = slots;
	c->capacity = capacity;
}

static struct nps_counter_slot *slot_of(struct nps_counter *c, uint64_t key, bool *is_new)
{
	if ((c->used + 1) * 4 > c->capacity * 3)
		grow(c);
	struct nps_counter_slot *slot = slot_for(c->slots, c->capacity, key);
	*is_new = slot->key == 0;
	if (*is_new) {
		slot->key = key;
		c->used++;
	}
	return slot;
}

void nps_count(struct nps_counter *c, int64_t account, int64_t person, int score)
{
	bool is_new = true;
	struct nps_counter_slot *slot = NULL;
	if (person != 0)
		slot = slot_of(c, (uint64_t)person * 2, &is_new);
	c->sums.people += is_new;
	if (account != 0)
		slot = slot_of(c, (uint64_t)account * 2 + 1, &is_new);
	struct nps_cluster alone = { 0 };
	nps_add(&c->sums, slot ? &slot->cluster : &alone, score);
}

static const struct nps_counter_slot *slot_find(const struct nps_counter *c, uint64_t key)
{
	if (c->capacity == 0)
		return NULL;
	const struct nps_counter_slot *slot = slot_for(c->slots, c->capacity, key);
	return slot->key ? slot : NULL;
}

void nps_counter_pair(const struct nps_counter *now, const struct nps_counter *before,
                      struct nps_pair *out)
{
	*out = (struct nps_pair){ 0 };
	for (size_t i = 0; i < now->capacity; i++) {
		const struct nps_counter_slot *slot = &now->slots[i];
		const struct nps_counter_slot *other =
		    slot->key ? slot_find(before, slot->key) : NULL;
		if (!other)
			continue;
		out->people += slot->key % 2 == 0;
		const struct nps_cluster *a = &slot->cluster, *b = &other->cluster;
		out->clusters += a->n > 0 && b->n > 0;
		out->ss += a->s * b->s;
		out->sn += a->s * b->n;
		out->ns += a->n * b->s;
		out->nn += a->n * b->n;
	}
}
