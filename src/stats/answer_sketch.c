/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/answer_sketch.h"

/* The finaliser of splitmix64. */
static uint64_t hash_of(int64_t id)
{
	uint64_t z = (uint64_t)id + UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

void answer_sketch_add(struct answer_sketch *sketch, int64_t id)
{
	uint64_t hash = hash_of(id);
	uint32_t *most = &sketch->most[hash % ANSWER_SKETCH_BINS];
	uint32_t value = (uint32_t)(hash >> 32) | 1; /* 0 is an empty bin */
	if (value > *most)
		*most = value;
}

double answer_sketch_likeness(const struct answer_sketch *a, const struct answer_sketch *b)
{
	int either = 0, both = 0;
	for (int i = 0; i < ANSWER_SKETCH_BINS; i++) {
		either += a->most[i] != 0 || b->most[i] != 0;
		both += a->most[i] != 0 && a->most[i] == b->most[i];
	}
	return either ? (double)both / either : 0;
}
