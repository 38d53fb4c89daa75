/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_drivers.h"

#include <stdlib.h>

/* A theme that fewer speak of, well or badly, makes no driver. */
#define DRIVER_MENTIONS 10
#define DRIVER_ROUNDS   200
#define SAME_SHARE      .9

struct candidate {
	struct blind_side side;
	size_t mentions;
};

static int most_mentioned_first(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;
	if (a->mentions != b->mentions)
		return a->mentions < b->mentions ? 1 : -1;
	return a->side.theme * 2 + a->side.good - (b->side.theme * 2 + b->side.good);
}

/* Do (nearly) the same comments have both? Then the data cannot tell them apart, and one stands for both. */
static bool is_same(const struct blind_mentions *mentions, const struct candidate *a,
                    const struct candidate *b)
{
	size_t all = a->mentions + b->mentions,
	       most = a->mentions < b->mentions ? a->mentions : b->mentions;
	/* Were all of the one among those of the other, would it be enough? */
	if ((double)most < SAME_SHARE * (double)(all - most))
		return false;
	size_t both = blind_mentions_both(mentions, a->side, b->side);
	return (double)both >= SAME_SHARE * (double)(all - both);
}

/* The first `most` that are unlike those before them; the others go. */
static size_t keep_unlike(const struct blind_mentions *mentions, struct candidate *all,
                          size_t count, size_t most)
{
	size_t kept = 0;
	for (size_t i = 0; i < count && kept < most; i++) {
		bool same = false;
		for (size_t k = 0; k < kept && !same; k++)
			same = is_same(mentions, &all[i], &all[k]);
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
	size_t counts[2 * TAXONOMY_THEMES_MAX];
	const struct blind_rating *ratings[DRIVERS_MAX];
	size_t n = 0;
	*out = (struct theme_drivers){ 0 };
	blind_mentions_count(mentions, counts);
	for (uint32_t i = 0; i < 2 * themes; i++)
		if (counts[i] >= DRIVER_MENTIONS)
			all[n++] =
			    (struct candidate){ { (uint16_t)(i / 2), i % 2 == 1 }, counts[i] };
	qsort(all, n, sizeof *all, most_mentioned_first);
	n = keep_unlike(mentions, all, n, DRIVERS_MAX);
	for (size_t i = 0; i < n; i++) {
		ratings[i] = blind_mentions_rating(mentions, a, all[i].side);
		out->of[i] = (struct theme_driver){ .theme = all[i].side.theme,
			                            .good = all[i].side.good,
			                            .comments = (int64_t)all[i].mentions };
	}
	const struct driver_question q = { comments, n, x, cluster, ratings, 1, DRIVER_ROUNDS };
	if (n > 0)
		drivers_of(a, &q, &out->list);
	for (size_t i = 0; i < out->list.count; i++)
		out->of[i].driver = out->list.items[i];
}
