/* stats/nps_rank.h - which of many segments is ahead, as far as the answers can tell.
 *
 * The best of many scores is the luckiest one: a list ordered by score puts small segments at both ends. So segments are
 * taken as drawn from one crowd with a mean and a spread, and each score is pulled towards the mean by how little is known
 * of it (empirical Bayes, normal-normal: Efron and Morris, "Data Analysis Using Stein's Estimator and its
 * Generalizations", Journal of the American Statistical Association 70, 1975). With score y and its variance v (of
 * stats/nps.h, so clustered), w = 1/(spread^2 + v) and B = spread^2/(spread^2 + v):
 *
 *   mean   = sum w y / sum w              spread: sum w (y - mean)^2 = k - 1, 0 at least (Paule and Mandel 1982, as in
 *                                         DerSimonian and Kacker, Contemporary Clinical Trials 28, 2007)
 *   shrunk = B y + (1 - B) mean           variance B v + (1 - B)^2 / sum w
 *
 * Who is ranked has 30 effective answers or more. The rank to expect and the chance of being in the top third come from
 * 4000 draws (fewer beyond 100 segments, 1000 at least) of all ranked segments together (Goldstein and Spiegelhalter, "League Tables and Their Limitations", Journal
 * of the Royal Statistical Society A 159, 1996), the same draws each time. Where the answers show no spread, all are
 * alike: each has the same chance. Segments are taken as different answers; those that share many are not ranked together.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_RANK_H
#define STATS_NPS_RANK_H

#include "base/arena.h"
#include "stats/nps.h"

#include <stddef.h>

#define NPS_RANK_ANSWERS 30 /* effective ones */

struct nps_ranked {
	struct nps_figure figure;
	bool ranked;
	double shrunk, lo, hi; /* points; 0 where the figure is hidden */
	double top;            /* chance of being in the top third; 0 where not ranked */
	double rank;           /* to expect; 1 is ahead of all */
};

struct nps_ranking {
	size_t ranked, top;  /* how many are ranked, and are the top third: one at least */
	double mean, spread; /* points */
	struct nps_ranked *segments;
};

/* `segments` of the ranking stand in the order of the sums, in the arena. */
struct nps_ranking nps_rank(struct arena *a, const struct nps_sums *sums, size_t count);

/* spread^2 of k scores with their variances. */
double nps_rank_spread(const double *y, const double *v, size_t k);

#endif
