/* stats/nps_pool.h - one score of several that were asked apart: brands, workspaces; weighted as somebody chose.
 *
 * The mean of strata with their weights W, which add up to 1 (W. Cochran, "Sampling Techniques", 1977, chapter 5):
 *
 *   NPS = sum W_k NPS_k      SE^2 = sum W_k^2 SE_k^2
 *
 * around the weighted adjusted estimates of stats/nps.h, with the normal quantile; SE_k knows of clusters. By answers W_k is a
 * stratum's share of the answers; given weights say what the strata are to be worth, whoever answered. Somebody who is in
 * two strata counts in both as two: the interval is then too narrow by what the two agree about.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_POOL_H
#define STATS_NPS_POOL_H

#include "stats/nps.h"

#include <stddef.h>

struct nps_stratum {
	struct nps_figure now, before;
	double weight; /* 0 and more; by_answers: not looked at */
};

struct nps_pool {
	bool shown;         /* each stratum with a weight has a score now */
	bool change_shown;  /* and before */
	double nps, lo, hi; /* points */
	double before, change, change_lo, change_hi;
	int64_t responses, responses_before;
};

/* By answers strata without a score are put in, too, as far as they have answers. */
struct nps_pool nps_pool_of(const struct nps_stratum *strata, size_t count, bool by_answers);

#endif
