/* feedback/value_counts.h - how often each of many values comes.
 *
 * Up to VALUE_COUNTS_MAX different ones; further ones are counted together. Lives in an arena, which also keeps the values.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_VALUE_COUNTS_H
#define FEEDBACK_VALUE_COUNTS_H

#include "base/arena.h"
#include "base/str.h"

#define VALUE_COUNTS_MAX 1000

struct value_count {
	Str value;
	int64_t count; /* 0: a free slot */
	uint64_t hash;
};

/* Zero-initialise. */
struct value_counts {
	struct value_count *slots;
	size_t used, capacity;
	int64_t rest; /* of values past the limit */
};

/* `count` more of the value; at least one. */
void value_counts_add(struct value_counts *c, struct arena *a, Str value, int64_t count);
int64_t value_counts_total(const struct value_counts *c);
/* Most first, then in byte order; in the arena. */
struct value_count *value_counts_sorted(const struct value_counts *c, struct arena *a);

#endif
