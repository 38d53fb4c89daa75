/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/sample.h"

#include <stdlib.h>

#include "base/die.h"

/* The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). */
static uint64_t mixed(uint64_t z)
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static uint64_t number_of(uint64_t seed, int64_t id)
{
	static const uint64_t golden = 0x9e3779b97f4a7c15u;
	return mixed(mixed(seed + golden) ^ mixed((uint64_t)id + golden));
}

static bool is_before(const struct sampled *x, const struct sampled *y)
{
	return x->number < y->number || (x->number == y->number && x->id < y->id);
}

static void swap(struct sampled *x, struct sampled *y)
{
	struct sampled kept = *x;
	*x = *y;
	*y = kept;
}

static void sift_up(struct sampled *at, size_t i)
{
	for (; i > 0 && is_before(&at[(i - 1) / 2], &at[i]); i = (i - 1) / 2)
		swap(&at[i], &at[(i - 1) / 2]);
}

static void sift_down(struct sampled *at, size_t count)
{
	for (size_t i = 0, child; (child = 2 * i + 1) < count; i = child) {
		if (child + 1 < count && is_before(&at[child], &at[child + 1]))
			child++;
		if (!is_before(&at[i], &at[child]))
			return;
		swap(&at[i], &at[child]);
	}
}

void sample_begin(struct sample *s, struct arena *a, uint64_t seed, size_t most)
{
	MUST(most > 0);
	*s = (struct sample){ .seed = seed,
		              .most = most,
		              .at = ARENA_ARRAY(a, struct sampled, most) };
}

void sample_offer(struct sample *s, int64_t id, uint64_t with)
{
	const struct sampled one = { number_of(s->seed, id), id, with };
	s->offered++;
	if (s->count < s->most) {
		s->at[s->count] = one;
		sift_up(s->at, s->count++);
	} else if (is_before(&one, &s->at[0])) {
		s->at[0] = one;
		sift_down(s->at, s->count);
	}
}

static int drawn_first(const void *x, const void *y)
{
	return is_before(x, y) ? -1 : is_before(y, x);
}

void sample_end(struct sample *s)
{
	if (s->count)
		qsort(s->at, s->count, sizeof *s->at, drawn_first);
}
