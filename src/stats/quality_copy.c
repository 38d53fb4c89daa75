/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/quality_copy.h"

#include <stdlib.h>

struct pair {
	uint64_t one, two;
	size_t answer;
};

static int by_pair(const void *a, const void *b)
{
	const struct pair *p = a, *q = b;
	if (p->one != q->one)
		return p->one < q->one ? -1 : 1;
	if (p->two != q->two)
		return p->two < q->two ? -1 : 1;
	return (p->answer > q->answer) - (p->answer < q->answer);
}

/* Sorts the pairs and tells each answer the size of its group. `is_copy` is marked for all but the first of each, if it is
 * given. */
static void count_groups(struct pair *pairs, size_t count, uint32_t *sizes, bool *is_copy)
{
	if (count > 0)
		qsort(pairs, count, sizeof *pairs, by_pair);
	for (size_t from = 0, to = 0; from < count; from = to) {
		while (to < count && pairs[to].one == pairs[from].one &&
		       pairs[to].two == pairs[from].two)
			to++;
		for (size_t i = from; i < to; i++) {
			sizes[pairs[i].answer] = (uint32_t)(to - from);
			if (is_copy && i > from)
				is_copy[pairs[i].answer] = true;
		}
	}
}

enum way { BY_DEVICE, BY_MINUTE, OF_DEVICE };

static size_t list_pairs(const struct quality_answer *answers, size_t count, enum way way,
                         struct pair *pairs)
{
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		const struct quality_answer *x = &answers[i];
		if (way != BY_MINUTE && x->device == 0)
			continue;
		if (way != OF_DEVICE && x->text == 0)
			continue;
		uint64_t two = way == BY_DEVICE ? x->device : (uint64_t)x->minute;
		pairs[used++] = way == OF_DEVICE ? (struct pair){ x->device, 0, i }
		                                 : (struct pair){ x->text, two, i };
	}
	return used;
}

struct quality_copies quality_copy_of(struct arena *a, const struct quality_answer *answers,
                                      size_t count)
{
	struct quality_copies out = { .answers = ARENA_ARRAY(a, struct quality_likes, count) };
	struct pair *pairs = ARENA_ARRAY(a, struct pair, count);
	uint32_t *sizes[3];
	bool *is_copy = ARENA_ARRAY(a, bool, count);
	for (int way = BY_DEVICE; way <= OF_DEVICE; way++) {
		sizes[way] = ARENA_ARRAY(a, uint32_t, count);
		size_t used = list_pairs(answers, count, (enum way)way, pairs);
		count_groups(pairs, used, sizes[way], way == OF_DEVICE ? NULL : is_copy);
	}
	for (size_t i = 0; i < count; i++) {
		uint32_t device = sizes[OF_DEVICE][i];
		out.answers[i] = (struct quality_likes){
			sizes[BY_DEVICE][i] ? sizes[BY_DEVICE][i] : 1,
			sizes[BY_MINUTE][i] ? sizes[BY_MINUTE][i] : 1,
			device ? device : 1,
		};
		out.copies += is_copy[i];
		out.largest_device = device > out.largest_device ? device : out.largest_device;
	}
	return out;
}
