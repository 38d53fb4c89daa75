/* insight/theme_shares.h - what share of the comments that say something speaks of each theme, and how, knowing whose comments they are
 * (stats/share.h).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_SHARES_H
#define INSIGHT_THEME_SHARES_H

#include "insight/said_owners.h"
#include "stats/share.h"

#define THEMES_TREND_MONTHS 3

/* Of which comments; the first are enum nps_group. */
enum theme_slice {
	SLICE_DETRACTORS,
	SLICE_PASSIVES,
	SLICE_PROMOTERS,
	SLICE_ALL,
	SLICE_NOW, /* of the last THEMES_TREND_MONTHS values of the question's dimension, months */
	SLICE_BEFORE, /* of as many before */
	THEME_SLICES
};

struct theme_shares {
	struct share_sums *of; /* [theme_count x THEME_SLICES x THEME_SAYINGS] */
};

/* In the arena; owners are clusters. With fewer months than both slices need, nothing is in them. */
void theme_shares_count(struct arena *a, const struct comments_said *c,
                        const struct said_owners *owners, size_t theme_count, size_t month_count,
                        struct theme_shares *out);
struct share theme_share(const struct theme_shares *s, size_t theme, enum theme_slice slice,
                         enum theme_saying saying);

#endif
