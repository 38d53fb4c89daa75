/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/limit.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/rng.h"

#define WAYS 4

struct bucket {
	uint64_t tag;  /* hash of group and subject; 0: free */
	int64_t empty; /* how far ahead of now the tokens are spent; full again at this time */
};

struct limiter {
	pthread_mutex_t lock;
	uint64_t seed;
	size_t sets;
	struct bucket *buckets; /* sets of WAYS */
};

struct limiter *limiter_new(size_t buckets)
{
	struct limiter *limiter = mem_zeroed(1, sizeof *limiter);
	limiter->sets = 1;
	while (limiter->sets * WAYS < buckets)
		limiter->sets *= 2;
	limiter->buckets = mem_zeroed(limiter->sets * WAYS, sizeof *limiter->buckets);
	rng_bytes(&limiter->seed, sizeof limiter->seed);
	MUST(pthread_mutex_init(&limiter->lock, NULL) == 0);
	return limiter;
}

void limiter_free(struct limiter *limiter)
{
	if (!limiter)
		return;
	pthread_mutex_destroy(&limiter->lock);
	free(limiter->buckets);
	free(limiter);
}

/* FNV-1a from a secret start, its bits then mixed (the finaliser of MurmurHash3). */
static uint64_t hash_add(uint64_t hash, Str s)
{
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.at[i]) * UINT64_C(0x100000001b3);
	hash ^= hash >> 33;
	hash *= UINT64_C(0xff51afd7ed558ccd);
	return hash ^ hash >> 33;
}

/* The bucket's place: its own, else the one of its set that is full or nearest to it. */
static struct bucket *bucket_find(struct limiter *limiter, uint64_t tag)
{
	struct bucket *set = limiter->buckets + (tag >> 1 & (limiter->sets - 1)) * WAYS;
	struct bucket *fullest = set;
	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].tag == tag)
			return &set[i];
		if (set[i].empty < fullest->empty)
			fullest = &set[i];
	}
	*fullest = (struct bucket){ .tag = tag };
	return fullest;
}

static bool limiter_ask(struct limiter *limiter, Str group, Str subject, int per_minute,
                        int64_t now, int64_t tokens, int64_t *wait_us)
{
	MUST(per_minute > 0);
	uint64_t tag = hash_add(hash_add(limiter->seed, group), subject) | 1;
	int64_t step = CLOCK_MINUTE / per_minute;
	pthread_mutex_lock(&limiter->lock);
	struct bucket *bucket = bucket_find(limiter, tag);
	int64_t empty = bucket->empty > now ? bucket->empty : now;
	int64_t late = empty + step - (now + CLOCK_MINUTE);
	if (late <= 0)
		bucket->empty = empty + tokens * step;
	pthread_mutex_unlock(&limiter->lock);
	*wait_us = late > 0 ? late : 0;
	return late <= 0;
}

bool limiter_take(struct limiter *limiter, Str group, Str subject, int per_minute, int64_t now,
                  int64_t *wait_us)
{
	return limiter_ask(limiter, group, subject, per_minute, now, 1, wait_us);
}

bool limiter_has(struct limiter *limiter, Str group, Str subject, int per_minute, int64_t now,
                 int64_t *wait_us)
{
	return limiter_ask(limiter, group, subject, per_minute, now, 0, wait_us);
}
