/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/blind_mentions.h"

#include "base/die.h"
#include "stats/blind_make.h"

struct blind_mentions {
	size_t count, room;
	uint64_t *good, *bad; /* [count] a bit a theme */
};

_Static_assert(TAXONOMY_THEMES_MAX <= 64, "a bit a theme");

struct blind_mentions *blind_mentions_new(struct arena *a, size_t count)
{
	struct blind_mentions *b = ARENA_NEW(a, struct blind_mentions);
	*b = (struct blind_mentions){ 0, count, ARENA_ARRAY(a, uint64_t, count + 1),
		                      ARENA_ARRAY(a, uint64_t, count + 1) };
	return b;
}

void blind_mentions_add(struct blind_mentions *b, const struct theme_mentions *m)
{
	MUST(b->count < b->room);
	size_t i = b->count++;
	for (size_t k = 0; k < m->count; k++) {
		uint64_t bit = (uint64_t)1 << m->mention[k].theme;
		b->good[i] |= m->mention[k].polarity > THEME_PLAIN ? bit : 0;
		b->bad[i] |= m->mention[k].polarity < -THEME_PLAIN ? bit : 0;
	}
}

static void count_bits(uint64_t bits, size_t *counts)
{
	for (; bits; bits &= bits - 1)
		counts[2 * __builtin_ctzll(bits)]++;
}

void blind_mentions_count(const struct blind_mentions *b,
                          size_t counts[static 2 * TAXONOMY_THEMES_MAX])
{
	for (size_t i = 0; i < 2 * TAXONOMY_THEMES_MAX; i++)
		counts[i] = 0;
	for (size_t i = 0; i < b->count; i++) {
		count_bits(b->bad[i], counts);
		count_bits(b->good[i], counts + 1);
	}
}

static const uint64_t *bits_of(const struct blind_mentions *b, struct blind_side side)
{
	return side.good ? b->good : b->bad;
}

size_t blind_mentions_both(const struct blind_mentions *b, struct blind_side x, struct blind_side y)
{
	const uint64_t *p = bits_of(b, x), *q = bits_of(b, y);
	size_t both = 0;
	for (size_t i = 0; i < b->count; i++)
		both += p[i] >> x.theme & q[i] >> y.theme & 1;
	return both;
}

const struct blind_rating *blind_mentions_rating(const struct blind_mentions *b, struct arena *a,
                                                 struct blind_side side)
{
	struct blind_rating *r = ARENA_NEW(a, struct blind_rating);
	int16_t *values = ARENA_ARRAY(a, int16_t, b->count + 1);
	const uint64_t *bits = bits_of(b, side);
	for (size_t i = 0; i < b->count; i++)
		values[i] = bits[i] >> side.theme & 1;
	*r = (struct blind_rating){ b->count, values };
	return r;
}
