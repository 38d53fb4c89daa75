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

const struct blind_rating *blind_mentions_rating(const struct blind_mentions *b, struct arena *a,
                                                 uint16_t theme, bool good, size_t *mentions)
{
	struct blind_rating *r = ARENA_NEW(a, struct blind_rating);
	int16_t *values = ARENA_ARRAY(a, int16_t, b->count + 1);
	*mentions = 0;
	for (size_t i = 0; i < b->count; i++) {
		values[i] = (good ? b->good[i] : b->bad[i]) >> theme & 1;
		*mentions += (size_t)values[i];
	}
	*r = (struct blind_rating){ b->count, values };
	return r;
}
