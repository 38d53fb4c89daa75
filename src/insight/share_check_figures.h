/* insight/share_check_figures.h - what a check has found of each theme it asks about, and how much more there is to read.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARE_CHECK_FIGURES_H
#define INSIGHT_SHARE_CHECK_FIGURES_H

#include "insight/share_check.h"
#include "stats/agreement.h"
#include "stats/checked_share.h"

/* "How many more labels bring 3 points to both sides". */
#define CHECK_HALF .03

struct check_figure {
	struct check_theme theme;
	struct checked_counts counts;
	struct checked_share share;
	int64_t more; /* to read, for CHECK_HALF */
};

/* In the order of the themes' places. */
MUST_USE bool share_check_figures(struct db *db, struct arena *a, int64_t workspace,
                                  const struct share_check *check, struct check_figure **out,
                                  size_t *count, struct err *err);

/* How far those who read the same comments agree on what they speak of: each theme of each comment is an item. */
MUST_USE bool share_check_agreement(struct db *db, struct arena *a, int64_t workspace,
                                    int64_t check, struct agreement *out, struct err *err);

#endif
