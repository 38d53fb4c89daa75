/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_keys.h"

#include <string.h>

#include "base/die.h"

/* The first ids stand in segments that double; the others in such of one size, which a directory knows. */
#define FIRST_IDS    64u
#define SMALL        11 /* segments of 64, 64, 128 .. 32,768: 65,536 ids */
#define SEGMENT_BITS 16
#define SEGMENT_IDS  (UINT32_C(1) << SEGMENT_BITS)
#define PART         256u /* segments that one part of the directory knows */
#define PARTS        128u
#define FIRST_SLOTS  128u
#define FULL         4u  /* of so many slots, one is left empty at least */
#define AHEAD        16u /* ids that memory is asked for before their turn */

struct cube_keys {
	struct cube_memory *memory;
	int64_t *small[SMALL];
	int64_t **parts[PARTS];
	uint32_t count, slot_count;
	uint32_t *slots; /* numbers; 0: empty */
};

struct cube_keys *cube_keys_new(struct cube_memory *memory)
{
	struct cube_keys *k = cube_alloc(memory, sizeof *k);
	memset(k, 0, sizeof *k);
	k->memory = memory;
	k->count = 1;
	k->slot_count = FIRST_SLOTS;
	k->slots = cube_alloc(memory, FIRST_SLOTS * sizeof *k->slots);
	memset(k->slots, 0, FIRST_SLOTS * sizeof *k->slots);
	return k;
}

static size_t small_size(unsigned segment)
{
	return segment ? (size_t)FIRST_IDS << (segment - 1) : FIRST_IDS;
}

void cube_keys_free(struct cube_keys *k)
{
	if (!k)
		return;
	for (unsigned i = 0; i < SMALL; i++)
		cube_free(k->memory, k->small[i], small_size(i) * sizeof(int64_t));
	for (unsigned i = 0; i < PARTS && k->parts[i]; i++) {
		for (unsigned s = 0; s < PART; s++)
			cube_free(k->memory, k->parts[i][s], SEGMENT_IDS * sizeof(int64_t));
		cube_free(k->memory, (void *)k->parts[i], PART * sizeof(int64_t *));
	}
	cube_free(k->memory, k->slots, k->slot_count * sizeof *k->slots);
	cube_free(k->memory, k, sizeof *k);
}

static unsigned small_of(uint32_t code, uint32_t *place)
{
	unsigned segment = code < FIRST_IDS ? 0 : 32 - (unsigned)__builtin_clz(code / FIRST_IDS);
	*place = segment ? code - (FIRST_IDS << (segment - 1)) : code;
	return segment;
}

static const int64_t *place_of(const struct cube_keys *k, uint32_t code)
{
	uint32_t place, segment = code >> SEGMENT_BITS;
	if (segment)
		return &k->parts[segment / PART][segment % PART][code % SEGMENT_IDS];
	segment = small_of(code, &place);
	return &k->small[segment][place];
}

int64_t cube_keys_id(const struct cube_keys *k, uint32_t code)
{
	return code ? *place_of(k, code) : 0;
}

static int64_t *make_place(struct cube_keys *k, uint32_t code)
{
	uint32_t place, segment = code >> SEGMENT_BITS;
	if (!segment) {
		segment = small_of(code, &place);
		if (!k->small[segment])
			k->small[segment] =
			    cube_alloc(k->memory, small_size(segment) * sizeof(int64_t));
		return &k->small[segment][place];
	}
	int64_t ***part = &k->parts[segment / PART];
	if (!*part) {
		*part = cube_alloc(k->memory, PART * sizeof(int64_t *));
		memset((void *)*part, 0, PART * sizeof(int64_t *));
	}
	int64_t **ids = &(*part)[segment % PART];
	if (!*ids)
		*ids = cube_alloc(k->memory, SEGMENT_IDS * sizeof(int64_t));
	return &(*ids)[code % SEGMENT_IDS];
}

uint32_t cube_keys_count(const struct cube_keys *k)
{
	return k->count;
}

/* Ids are made by Heed: nobody chooses which collide. */
static uint32_t hash_of(int64_t id)
{
	uint64_t hash = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(hash >> 32 ^ hash >> 50);
}

static uint32_t *slot_of(const struct cube_keys *k, int64_t id)
{
	uint32_t i = hash_of(id);
	for (;; i++) {
		uint32_t *slot = &k->slots[i & (k->slot_count - 1)];
		if (!*slot || cube_keys_id(k, *slot) == id)
			return slot;
	}
}

void cube_keys_warm_slot(const struct cube_keys *k, int64_t id)
{
	__builtin_prefetch(&k->slots[hash_of(id) & (k->slot_count - 1)]);
}

void cube_keys_warm_id(const struct cube_keys *k, int64_t id)
{
	uint32_t code = k->slots[hash_of(id) & (k->slot_count - 1)];
	if (code)
		__builtin_prefetch(place_of(k, code));
}

uint32_t cube_keys_find(const struct cube_keys *k, int64_t id)
{
	return id ? *slot_of(k, id) : 0;
}

static void make_slots(struct cube_keys *k, uint32_t count)
{
	cube_free(k->memory, k->slots, k->slot_count * sizeof *k->slots);
	k->slot_count = count;
	k->slots = cube_alloc(k->memory, k->slot_count * sizeof *k->slots);
	memset(k->slots, 0, k->slot_count * sizeof *k->slots);
}

/* For an id that has none: nobody else's has to be looked at. */
static uint32_t *empty_slot_of(const struct cube_keys *k, int64_t id)
{
	uint32_t i = hash_of(id);
	while (k->slots[i & (k->slot_count - 1)])
		i++;
	return &k->slots[i & (k->slot_count - 1)];
}

/* Nobody's numbers are not found. */
static void fill_slots(struct cube_keys *k)
{
	for (uint32_t code = 1; code < k->count; code++) {
		int64_t id = cube_keys_id(k, code);
		if (code + AHEAD < k->count)
			cube_keys_warm_slot(k, cube_keys_id(k, code + AHEAD));
		if (id)
			*empty_slot_of(k, id) = code;
	}
}

static bool is_full(const struct cube_keys *k)
{
	return (uint64_t)k->count * FULL > (uint64_t)k->slot_count * (FULL - 1);
}

static void grow(struct cube_keys *k)
{
	make_slots(k, 2 * k->slot_count);
	fill_slots(k);
}

uint32_t cube_keys_add(struct cube_keys *k, int64_t id)
{
	uint32_t code = cube_keys_find(k, id);
	if (code || !id)
		return code;
	code = k->count;
	MUST(code < UINT32_C(0x80000000));
	*make_place(k, code) = id;
	k->count++;
	if (is_full(k))
		grow(k);
	else
		*slot_of(k, id) = code;
	return code;
}

void cube_keys_fill(struct cube_keys *k, const int64_t *ids, size_t count)
{
	uint32_t slots = k->slot_count;
	MUST(k->count == 1 && count < UINT32_C(0x80000000) - 1);
	for (size_t i = 0; i < count; i++, k->count++)
		*make_place(k, k->count) = ids[i];
	while ((uint64_t)k->count * FULL > (uint64_t)slots * (FULL - 1))
		slots *= 2;
	make_slots(k, slots);
	fill_slots(k);
}

void cube_homes_free(struct cube_homes *h, struct cube_memory *memory)
{
	cube_free(memory, h->at, h->count * sizeof *h->at);
	*h = (struct cube_homes){ 0 };
}

void cube_homes_warm(const struct cube_homes *h, uint32_t code)
{
	if (code < h->count)
		__builtin_prefetch(&h->at[code], 1);
}

uint32_t *cube_homes_at(struct cube_homes *h, struct cube_memory *memory, uint32_t code)
{
	if (code >= h->count) {
		uint32_t count = h->count ? h->count : 64;
		while (count <= code)
			count = count < 65536 ? 2 * count : count + count / 8;
		uint32_t *at = cube_alloc(memory, count * sizeof *at);
		memset(at, 0, count * sizeof *at);
		if (h->at)
			memcpy(at, h->at, h->count * sizeof *at);
		cube_free(memory, h->at, h->count * sizeof *at);
		*h = (struct cube_homes){ at, count };
	}
	return &h->at[code];
}
