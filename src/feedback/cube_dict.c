/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_dict.h"

#include <pthread.h>
#include <string.h>

#include "base/die.h"
#include "base/rng.h"

#define FIRST_TEXTS 32u /* of the first segment; each further one is as large as all before it */
#define SEGMENTS    27
#define FIRST_SLOTS 64u
#define TEXT_BLOCK  ((size_t)16 * 1024)

struct slot {
	uint32_t hash, code; /* code 0: empty */
};

/* Blocks of text bytes, in a list so that they can be given back. */
struct texts {
	struct texts *before;
	size_t size, used;
	char at[];
};

struct cube_dict {
	struct cube_memory *memory;
	uint64_t seed; /* names come from outside: nobody is to choose which collide */
	struct texts *texts;
	Str *segments[SEGMENTS];
	pthread_mutex_t lock; /* of the slots, when others look while one adds */
	uint32_t count, slot_count;
	struct slot *slots;
};

struct cube_dict *cube_dict_new(struct cube_memory *memory)
{
	struct cube_dict *d = cube_alloc(memory, sizeof *d);
	memset(d, 0, sizeof *d);
	d->memory = memory;
	rng_bytes(&d->seed, sizeof d->seed);
	d->count = 1;
	d->slot_count = FIRST_SLOTS;
	d->slots = cube_alloc(memory, FIRST_SLOTS * sizeof *d->slots);
	memset(d->slots, 0, FIRST_SLOTS * sizeof *d->slots);
	MUST(pthread_mutex_init(&d->lock, NULL) == 0);
	return d;
}

static size_t segment_size(unsigned segment)
{
	return segment ? (size_t)FIRST_TEXTS << (segment - 1) : FIRST_TEXTS;
}

void cube_dict_free(struct cube_dict *d)
{
	if (!d)
		return;
	for (struct texts *t = d->texts, *before; t; t = before) {
		before = t->before;
		cube_free(d->memory, t, sizeof *t + t->size);
	}
	for (unsigned i = 0; i < SEGMENTS; i++)
		cube_free(d->memory, d->segments[i], segment_size(i) * sizeof(Str));
	cube_free(d->memory, d->slots, d->slot_count * sizeof *d->slots);
	pthread_mutex_destroy(&d->lock);
	cube_free(d->memory, d, sizeof *d);
}

/* Segment 0 holds FIRST_TEXTS, number s the FIRST_TEXTS << (s - 1) behind them. */
static unsigned segment_of(uint32_t code, uint32_t *place)
{
	unsigned segment =
	    code < FIRST_TEXTS ? 0 : 32 - (unsigned)__builtin_clz(code / FIRST_TEXTS);
	*place = segment ? code - (FIRST_TEXTS << (segment - 1)) : code;
	return segment;
}

Str cube_dict_text(const struct cube_dict *d, uint32_t code)
{
	uint32_t place;
	unsigned segment = segment_of(code, &place);
	return code ? d->segments[segment][place] : (Str){ 0 };
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The next eight bytes of a text, with 0 behind its end. */
static uint64_t word_at(const char *at, size_t left)
{
	uint64_t word = 0;
	uint32_t low, high;
	if (left >= 8) {
		memcpy(&word, at, 8);
	} else if (left >= 4) {
		memcpy(&low, at, 4);
		memcpy(&high, at + left - 4, 4);
		word = low | (uint64_t)high << 8 * (left - 4);
	} else {
		for (size_t i = 0; i < left; i++)
			word |= (uint64_t)(unsigned char)at[i] << 8 * i;
	}
	return word;
}

static uint32_t hash_of(const struct cube_dict *d, Str text)
{
	uint64_t hash = d->seed ^ text.len;
	const char *at = text.at;
	for (size_t left = text.len; left > 0; left = left > 8 ? left - 8 : 0, at += 8)
		hash = mix(hash ^ UINT64_C(0x9e3779b97f4a7c15), word_at(at, left) ^ d->seed);
	return (uint32_t)(hash ^ hash >> 32);
}

/* Of the same length. Texts of a dictionary are short: no call is worth it. */
static bool is_same(const char *a, const char *b, size_t len)
{
	for (size_t left = len; left > 0; left = left > 8 ? left - 8 : 0, a += 8, b += 8)
		if (word_at(a, left) != word_at(b, left))
			return false;
	return true;
}

/* The slot of the text, or the empty one where it would stand. */
static struct slot *slot_of(const struct cube_dict *d, Str text, uint32_t hash)
{
	for (uint32_t i = hash & (d->slot_count - 1);; i = (i + 1) & (d->slot_count - 1)) {
		struct slot *slot = &d->slots[i];
		if (!slot->code)
			return slot;
		if (slot->hash != hash)
			continue;
		Str known = cube_dict_text(d, slot->code);
		if (known.len == text.len && is_same(known.at, text.at, text.len))
			return slot;
	}
}

static void grow_slots(struct cube_dict *d)
{
	struct slot *old = d->slots;
	uint32_t count = d->slot_count;
	d->slot_count = 2 * count;
	d->slots = cube_alloc(d->memory, d->slot_count * sizeof *d->slots);
	memset(d->slots, 0, d->slot_count * sizeof *d->slots);
	for (uint32_t k = 0; k < count; k++) {
		uint32_t i = old[k].hash & (d->slot_count - 1);
		while (old[k].code && d->slots[i].code)
			i = (i + 1) & (d->slot_count - 1);
		if (old[k].code)
			d->slots[i] = old[k];
	}
	cube_free(d->memory, old, count * sizeof *old);
}

static Str keep_text(struct cube_dict *d, Str text)
{
	struct texts *t = d->texts;
	if (!t || t->size - t->used < text.len) {
		/* Small dictionaries stay small. */
		size_t size = t ? TEXT_BLOCK : 512;
		size = text.len > size ? text.len : size;
		t = cube_alloc(d->memory, sizeof *t + size);
		*t = (struct texts){ .before = d->texts, .size = size };
		d->texts = t;
	}
	char *at = t->at + t->used;
	if (text.len)
		memcpy(at, text.at, text.len);
	t->used += text.len;
	return (Str){ at, text.len };
}

/* The place of the next number's text. */
static Str *make_place(struct cube_dict *d)
{
	uint32_t place, code = d->count;
	unsigned segment = segment_of(code, &place);
	MUST(code < UINT32_MAX / 2);
	if (!d->segments[segment])
		d->segments[segment] = cube_alloc(d->memory, segment_size(segment) * sizeof(Str));
	return &d->segments[segment][place];
}

static uint32_t add_new(struct cube_dict *d, Str text, uint32_t hash)
{
	uint32_t code = d->count;
	*make_place(d) = keep_text(d, text);
	pthread_mutex_lock(&d->lock);
	if (2 * (code + 1) > d->slot_count)
		grow_slots(d);
	*slot_of(d, text, hash) = (struct slot){ hash, code };
	d->count++;
	pthread_mutex_unlock(&d->lock);
	return code;
}

uint32_t cube_dict_add(struct cube_dict *d, Str text)
{
	if (!text.at)
		return 0;
	uint32_t hash = hash_of(d, text);
	uint32_t code = slot_of(d, text, hash)->code;
	return code ? code : add_new(d, text, hash);
}

void cube_dict_append(struct cube_dict *d, Str text)
{
	if (text.at) {
		add_new(d, text, hash_of(d, text));
		return;
	}
	*make_place(d) = (Str){ 0 };
	d->count++;
}

uint32_t cube_dict_count(const struct cube_dict *d)
{
	return d->count;
}

/* The lock is the dictionary's own business: to whoever looks, it does not change. */
static pthread_mutex_t *lock_of(const struct cube_dict *d)
{
	return (pthread_mutex_t *)(uintptr_t)&d->lock;
}

uint32_t cube_dict_find(const struct cube_dict *d, Str text, uint32_t count)
{
	if (!text.at)
		return 0;
	uint32_t hash = hash_of(d, text);
	pthread_mutex_lock(lock_of(d));
	uint32_t code = slot_of(d, text, hash)->code;
	pthread_mutex_unlock(lock_of(d));
	return code < count ? code : 0;
}
