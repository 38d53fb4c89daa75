/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/throttle.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/rng.h"

#define WAYS       8
#define WAIT_FIRST (5 * CLOCK_SECOND)
#define WAIT_MAX   (15 * CLOCK_MINUTE)
#define FORGOTTEN  (2 * CLOCK_HOUR) /* after the last try */

struct place {
	uint64_t tag; /* 0: free */
	int64_t last, free_at;
	uint32_t tries;
};

struct throttle {
	pthread_mutex_t lock;
	unsigned char key[crypto_shorthash_KEYBYTES];
	size_t sets;
	struct place *places; /* sets of WAYS */
};

struct throttle *throttle_new(size_t places)
{
	struct throttle *t = mem_zeroed(1, sizeof *t);
	t->sets = 1;
	while (t->sets * WAYS < places)
		t->sets *= 2;
	t->places = mem_zeroed(t->sets * WAYS, sizeof *t->places);
	rng_bytes(t->key, sizeof t->key);
	MUST(pthread_mutex_init(&t->lock, NULL) == 0);
	return t;
}

void throttle_free(struct throttle *t)
{
	if (!t)
		return;
	pthread_mutex_destroy(&t->lock);
	free(t->places);
	free(t);
}

static uint64_t hash_of(const struct throttle *t, uint64_t kind, Str text)
{
	uint64_t parts[2] = { kind, 0 }, tag;
	MUST(sizeof tag == crypto_shorthash_BYTES);
	crypto_shorthash((unsigned char *)&parts[1], (const unsigned char *)text.at, text.len,
	                 t->key);
	crypto_shorthash((unsigned char *)&tag, (const unsigned char *)parts, sizeof parts, t->key);
	return tag | 1;
}

/* Its own place, else the one of its set that was used longest ago. What is old starts anew. */
static struct place *place_of(struct throttle *t, uint64_t tag, int64_t now)
{
	struct place *set = t->places + (tag >> 1 & (t->sets - 1)) * WAYS, *oldest = set;
	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].tag == tag && now - set[i].last < FORGOTTEN)
			return &set[i];
		if (set[i].tag == tag || set[i].last < oldest->last)
			oldest = &set[i];
		if (set[i].tag == tag)
			break;
	}
	*oldest = (struct place){ .tag = tag, .last = now };
	return oldest;
}

static uint64_t pair_tag(const struct throttle *t, const struct attempt *who)
{
	bool known = who->device.len > 0;
	return hash_of(t, hash_of(t, known ? 2 : 1, who->account),
	               known ? who->device : who->address);
}

static void count(struct place *p, uint32_t free_tries, int64_t now)
{
	p->tries++;
	p->last = now;
	if (p->tries < free_tries)
		return;
	uint32_t beyond = p->tries - free_tries;
	int64_t wait = beyond < 10 ? WAIT_FIRST << beyond : WAIT_MAX;
	p->free_at = now + (wait < WAIT_MAX ? wait : WAIT_MAX);
}

static int64_t wait_of(const struct place *p, int64_t now)
{
	return p && p->free_at > now ? p->free_at - now : 0;
}

bool throttle_take(struct throttle *t, const struct attempt *who, int64_t now, int64_t *wait_us)
{
	bool known = who->device.len > 0;
	pthread_mutex_lock(&t->lock);
	struct place *pair = place_of(t, pair_tag(t, who), now);
	struct place *address = known ? NULL : place_of(t, hash_of(t, 3, who->address), now);
	struct place *crowd = place_of(t, hash_of(t, 4, who->account), now);
	int64_t wait = wait_of(pair, now), other = wait_of(address, now);
	wait = other > wait ? other : wait;
	if (wait == 0) {
		bool attacked = !known && crowd->tries >= THROTTLE_CROWD;
		count(pair, attacked ? 1 : THROTTLE_TRIES, now);
		if (address)
			count(address, THROTTLE_ADDRESS_TRIES, now);
		crowd->tries++;
		crowd->last = now;
	}
	pthread_mutex_unlock(&t->lock);
	*wait_us = wait;
	return wait == 0;
}

void throttle_forget(struct throttle *t, const struct attempt *who)
{
	uint64_t tags[3] = { pair_tag(t, who), hash_of(t, 3, who->address),
		             hash_of(t, 4, who->account) };
	pthread_mutex_lock(&t->lock);
	for (size_t k = 0; k < 3; k++) {
		struct place *set = t->places + (tags[k] >> 1 & (t->sets - 1)) * WAYS;
		for (size_t i = 0; i < WAYS; i++) {
			if (set[i].tag != tags[k])
				continue;
			if (k == 0)
				set[i] = (struct place){ 0 };
			else if (set[i].tries)
				set[i].tries--;
		}
	}
	pthread_mutex_unlock(&t->lock);
}
