/* stats/sample.h - a simple random sample of things with ids, without replacement.
 *
 * Each thing has a random number of its own, made of the seed and its id, and those with the smallest numbers are drawn
 * (permanent random numbers: E. Ohlsson, "Coordination of samples using permanent random numbers", in Business Survey
 * Methods, Wiley 1995). So the order in which things are offered does not matter, whoever has seed and ids draws the same, and
 * the first n of a larger sample are a simple random sample themselves: who stops early or goes on later draws nothing anew.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_SAMPLE_H
#define STATS_SAMPLE_H

#include "base/arena.h"

#include <stdint.h>

struct sampled {
	uint64_t number; /* its random number */
	int64_t id;
	uint64_t with; /* what the caller keeps with it */
};

struct sample {
	uint64_t seed;
	int64_t offered;
	size_t most, count;
	struct sampled *at; /* [count]; until sample_end a heap, the largest number first */
};

/* At most `most` are drawn, 1 or more. The arena's. */
void sample_begin(struct sample *s, struct arena *a, uint64_t seed, size_t most);
/* Each id once. */
void sample_offer(struct sample *s, int64_t id, uint64_t with);
/* Puts them into the order in which they were drawn. */
void sample_end(struct sample *s);

#endif
