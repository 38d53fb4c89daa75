/* stats/nps_counter.h - counts answers as they stream by, knowing whose they are.
 *
 * One table of 24 bytes a person or account seen. Owns its memory: nps_counter_free. Any order of answers gives the same
 * sums. Not shared between threads.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_COUNTER_H
#define STATS_NPS_COUNTER_H

#include "stats/nps_change.h"

#include <stddef.h>

struct nps_counter_slot;

/* Zero-initialised is an empty one. Read `sums` at any time. */
struct nps_counter {
	struct nps_sums sums;
	struct nps_counter_slot *slots;
	size_t used, capacity;
};

void nps_counter_free(struct nps_counter *c);

/* Adds an answer. Its cluster is the account, else the person, else its own; 0 is unknown. */
void nps_count(struct nps_counter *c, int64_t account, int64_t person, int score);

/* What two counters share: the people and the clusters that have answers in both. */
void nps_counter_pair(const struct nps_counter *now, const struct nps_counter *before,
                      struct nps_pair *out);

#endif
