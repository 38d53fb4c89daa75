/* stats/checked_share.h - a share that a machine counted, put right by a sample that people checked.
 *
 * A machine labels all N items, a person labels a random sample of them. Machine labels alone are biased: at sensitivity .80
 * and specificity .95 a true 5 % reads 8.8 %, and a binomial interval on them is false precision. Prediction-powered
 * inference (A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan, T. Zrnic, "Prediction-powered inference", Science
 * 382, 2023) corrects by the sample what the machine said of all; with its weight tuned to the least variance (A. N.
 * Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++", 2023) and labels of yes and no, the estimate is the post-stratified one:
 *
 *   share = W1 p1 + W0 p0, W the machine's shares of yes and no in all N, p what people said within each
 *
 * so a machine that is no better than chance does no harm. The range is that of W1 p1 + W0 p0 with both p drawn from their
 * Jeffreys posteriors, Beta(yes + 1/2, no + 1/2), which holds at none and at all (L. D. Brown, T. T. Cai, A. DasGupta, "Interval
 * Estimation for a Binomial Proportion", Statistical Science 16, 2001). What was checked is known: the range narrows with
 * the part that was.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_CHECKED_SHARE_H
#define STATS_CHECKED_SHARE_H

#include <stdbool.h>
#include <stdint.h>

/* Until so many were checked there is no range worth showing. */
#define CHECKED_LEAST 20

struct checked_counts {
	int64_t all, machine_yes; /* of everything, the checked ones too */
	int64_t yes_yes, yes_no;  /* checked: the machine said yes; the person said yes, no */
	int64_t no_yes, no_no;
};

struct checked_share {
	double machine; /* what the machine alone says, 0 to 1 */
	bool shown;     /* CHECKED_LEAST or more were checked, and the counts fit each other */
	double share, lo, hi;            /* 95 % */
	double sensitivity, specificity; /* of the machine, in all; -1: cannot be told */
};

void checked_share_of(const struct checked_counts *c, struct checked_share *out);
/* How many more to check, drawn at random, until the range is as wide as `half` to both sides; 0: it is already. At most all
 * that are unchecked. */
int64_t checked_more_for(const struct checked_counts *c, double half);

#endif
