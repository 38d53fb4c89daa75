/* stats/at_stake.h - how many points of the score go with a theme, if it were mentioned less.
 *
 * G-computation (J. M. Robins, "A new approach to causal inference in mortality studies", Mathematical Modelling 7, 1986;
 * standardisation in J. M. Snowden, S. Rose, K. M. Mortimer, "Implementation of G-computation on a simulated data set",
 * American Journal of Epidemiology 173, 2011) with the linear model of stats/drivers.h: the score that the model gives to all
 * respondents of the period, as they are, and with as many mentions as in a target. The model has no interactions, so the
 * difference is effect x (share now - target). Respondents without a comment mention nothing; they are in the whole, so that
 * a theme of few commenters is not made large by leaving the silent out. It says what goes together, not what would happen.
 *
 * The default target is one that was reached: the lower decile of the quarters' shares, each shrunk towards their mean by
 * how much they vary beyond chance (beta-binomial by moments, J. C. Kleinman, "Proportions with Extraneous Variance",
 * JASA 68, 1973). "The best quarter" would be the minimum of noise.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_AT_STAKE_H
#define STATS_AT_STAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AT_STAKE_QUARTERS     4 /* at least, for a default target */
#define AT_STAKE_QUARTERS_MAX 40

struct at_stake_quarter {
	int64_t mentions, commenters;
};

/* Mentions a commenter. False: too few quarters with commenters. At most the whole's share. */
bool at_stake_target(const struct at_stake_quarter *quarters, size_t count, double *out);

struct at_stake_question {
	double effect, lo,
	    hi; /* points that a mention goes with, of those who commented: negative for a pain */
	int64_t mentions, commenters, respondents; /* commenters among the respondents */
	double target;                             /* mentions a commenter, 0 to 1 */
};

struct at_stake {
	double points, lo, hi; /* that the score of all respondents would be higher */
	double share;          /* mentions a commenter, now */
};

/* All 0 where nobody commented or the share is at or under the target. */
struct at_stake at_stake_of(const struct at_stake_question *q);

#endif
