/* stats/share.h - what share of the answers, or of those who were asked, and whether it changed.
 *
 * A person who answers often answers by the same channel often, so the variance of a share is clustered like that of the
 * score (stats/nps.h): with h_g of a cluster's n_g answers in the part, pi their share in all,
 *
 *   sum_g (h_g - n_g pi)^2 = sum h_g^2 - 2 pi sum h_g n_g + pi^2 sum n_g^2
 *
 * all of which cells know: sum h_g^2 is `nn` of the part, sum h_g n_g that of the part with all. Where shares are near 0 or
 * 1 likeness cannot be seen; half a cluster of one mind is added as there. Two shares are compared by adjusted Wald
 * (Agresti and Caffo, "Simple and effective confidence intervals for proportions and differences of proportions result
 * from adding two successes and two failures", The American Statistician 54, 2000): one hit and one miss more on each
 * side, on effective counts, with Student's t of Welch's degrees where answers are clustered. People on both sides are
 * taken as two; as they seldom change their ways, the range is rather too wide than too narrow then.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_SHARE_H
#define STATS_SHARE_H

#include "stats/nps_change.h"

struct share {
	int64_t hits, of;
	double deff;
	double degrees; /* of Student's t; 0: each was asked once */
};

/* Of h and n of each cluster, see above; clusters: those with n > 0. */
struct share_sums {
	int64_t hits, of, hh, hn, nn, clusters;
};

struct share_change {
	bool shown;            /* NPS_ANSWERS_SHOWN or more on both sides */
	double change, lo, hi; /* points of share, -100 to 100 */
	bool beyond_chance;
	double p;
};

/* Of people each of whom is one, for instance invitations. */
struct share share_alone(int64_t hits, int64_t of);
/* Of the answers in the part; across: of the part with all, see stats/nps_rest.h. */
struct share share_of(const struct nps_sums *all, const struct nps_sums *part,
                      const struct nps_pair *across);
struct share share_of_sums(const struct share_sums *sums);

struct share_change share_change_of(const struct share *now, const struct share *before);

/* 95 %, 0 to 1; of none: all that is possible. By E. B. Wilson, "Probable inference, the law of succession, and statistical
 * inference", JASA 22, 1927, on effective counts and with Student's t where answers are clustered: of the ways to carry
 * intervals over to clusters this one holds what it says also where shares are small (N. Dean and M. Pagano, "Evaluating
 * confidence interval methods for binomial proportions in clustered surveys", Journal of Survey Statistics and Methodology
 * 3, 2015). */
void share_range(const struct share *s, double *lo, double *hi);
/* For things counted without error, each once. */
void share_wilson(int64_t hits, int64_t of, double *lo, double *hi);

#endif
