/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_drivers.h"

#include <stdlib.h>

/* A theme that fewer speak of, well or badly, makes no driver. */
#define DRIVER_MENTIONS 10
#define DRIVER_ROUNDS   200
#define SAME_SHARE      .9

struct candidate {
	const struct blind_rating *rating;
	size_t mentions;
	uint16_t theme;
	bool good;
};

static int most_mentioned_first(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;
	if (a->mentions != b->mentions)
		return a->mentions < b->mentions ? 1 : -1;
	return a->theme * 2 + a->good - (b->theme * 2 + b->good);
}

/* Do (nearly) the same comments have both? Then the data cannot tell them apart, and one stands for both. */
static bool is_same(const struct candidate *a, const struct candidate *b)
{
	size_t both = 0, any = 0;
	for (size_t i = 0; i < blind_rating_count(a->rating); i++) {
		int x = blind_rating_at(a->rating, i), y = blind_rating_at(b->rating, i);
		both += x && y;
		any += x || y;
	}
	return (double)both >= SAME_SHARE * (double)any;
}

/* The first `most` that are unlike those before them; the others go. */
static size_t keep_unlike(struct candidate *all, size_t count, size_t most)
{
	size_t kept = 0;
	for (size_t i = 0; i < count && kept < most; i++) {
		bool same = false;
		for (size_t k = 0; k < kept && !same; k++)
			same = is_same(&all[i], &all[k]);
		if (!same)
			all[kept++] = all[i];
	}
	return kept;
}

void theme_drivers_find(struct arena *a, const struct blind_mentions *mentions, uint32_t themes,
                        const int8_t *x, const uint64_t *cluster, size_t comments,
                        struct theme_drivers *out)
{
	struct candidate all[2 * TAXONOMY_THEMES_MAX];
	const struct blind_rating *ratings[DRIVERS_MAX];
	size_t n = 0;
	*out = (struct theme_drivers){ 0 };
	for (uint32_t t = 0; t < themes; t++)
		for (int good = 0; good < 2; good++) {
			struct candidate *c = &all[n];
			*c = (struct candidate){ .theme = (uint16_t)t, .good = good };
			c->rating =
			    blind_mentions_rating(mentions, a, c->theme, good, &c->mentions);
			n += c->mentions >= DRIVER_MENTIONS;
		}
	qsort(all, n, sizeof *all, most_mentioned_first);
	n = keep_unlike(all, n, DRIVERS_MAX);
	for (size_t i = 0; i < n; i++) {
		ratings[i] = all[i].rating;
		out->of[i] = (struct theme_driver){ .theme = all[i].theme,
			                            .good = all[i].good,
			                            .comments = (int64_t)all[i].mentions };
	}
	const struct driver_question q = { comments, n, x, cluster, ratings, 1, DRIVER_ROUNDS };
	if (n > 0)
		drivers_of(a, &q, &out->list);
	for (size_t i = 0; i < out->list.count; i++)
		out->of[i].driver = out->list.items[i];
}
