/* stats/nps_change.h - is the score of one period different from that of another, or could that be chance?
 *
 * The adjusted-Wald difference of Lewis and Sauro (J. Lewis, J. Sauro, "How to Statistically Compare Two Net Promoter
 * Scores", MeasuringU 2021): each score is adjusted on its own as in stats/nps.h (n + 3, promoters + 3/4, detractors +
 * 3/4), and
 *
 *   change = NPS now - NPS before      SE^2 = SE_now^2 + SE_before^2 - 2 r SE_now SE_before
 *
 * around the adjusted difference, with the normal quantile when everyone answered once, else Student's t with Welch's
 * degrees. Answers of one person or account within a period are clustered by that period's deff. r is 0 unless a tenth
 * or more of the persons or accounts of the smaller period answered in both: then people are paired and the variance is
 * clustered over both periods, r being the correlation of their clusters' residuals,
 *
 *   r = sum_g (s_g - n_g mean)_now x (s_g - n_g mean)_before / sqrt(sum_now (s_g - n_g mean)^2 x sum_before (...)^2)
 *
 * over the clusters in both (the sums below over all), with t of Welch's degrees or, if fewer, Ke - 1 of the clusters in either. What answers in
 * both agree about does not count twice, so a change that each person made is seen sooner. Coverage by
 * bench_change_coverage: .94 or more, with and without pairs; .93 of five accounts.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_CHANGE_H
#define STATS_NPS_CHANGE_H

#include "stats/nps.h"

/* From this share on people count as paired. */
#define NPS_PAIRED_SHARE 0.1

/* Over the clusters that answered in both periods, with n answers and a sum of s in each; see nps_counter_pair. */
struct nps_pair {
	int64_t people, clusters;
	int64_t ss, sn, ns, nn; /* now x before */
	int64_t
	    sm; /* of a part with all alone, see stats/nps_rest.h: what its clusters have in all, less what they have in the rest */
};

struct nps_change {
	bool shown; /* both scores are */
	bool rough; /* either is */
	double change, lo, hi;
	bool beyond_chance; /* 0 is outside the interval */
	double
	    p; /* chance of as much where nothing differs, of both signs; below .05 when 0 is outside */
	bool paired;
	double centre, half; /* of the interval, before its ends are cut to what a change can be */
};

struct nps_change nps_change_of(const struct nps_sums *now, const struct nps_sums *before,
                                const struct nps_pair *pair);
/* The same of two groups at one time: paired as soon as anybody is in both. */
struct nps_change nps_difference_of(const struct nps_sums *here, const struct nps_sums *there,
                                    const struct nps_pair *pair);
/* Did two groups without an answer in common change otherwise than each other? p of changes as far apart where both changed
 * alike, of both signs: the distance of their centres by the normal distribution, each with the spread that its interval
 * shows, so that the few degrees of one count. Who is in both makes it larger than it need be; 1 where either is not shown. */
double nps_changes_apart(const struct nps_change *one, const struct nps_change *other);

#endif
