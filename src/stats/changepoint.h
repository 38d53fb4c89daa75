/* stats/changepoint.h - when did the level of a series change, by how much, and how sure is either?
 *
 * Optimal partitioning (B. Jackson and others, "An Algorithm for Optimal Partitioning of Data on an Interval", IEEE
 * Signal Processing Letters 12, 2005; what PELT of R. Killick, P. Fearnhead, I. Eckley, JASA 107, 2012, finds with
 * pruning): of all ways to cut the series, the one that leaves least
 *
 *   sum over segments of (sum over its buckets of n (mean - segment's mean)^2) / V + changes x penalty
 *
 * is found exactly, in buckets^2 steps. V is the variance of one answer: the larger of that within buckets times the
 * design effect, and that which neighbouring buckets show (Rice, "Bandwidth Choice for Nonparametric Regression", Annals
 * of Statistics 12, 1984; the few differences that a change makes are cut), so that days that lean together do not pass
 * for changes. The penalty, 5.0 + 3.6 log log buckets, grows as the law of the iterated logarithm wants it, by 6/buckets more
 * where V comes from neighbours, and leaves at most 5 % of series without a change with one (bench/bench_changepoint.c).
 *
 * Between its neighbours each change has a date by Bayes' rule with flat priors (Smith, "A Bayesian Approach to Inference
 * about a Change-Point", Biometrika 62, 1975): its range is the smallest set of dates that hold 95 %, its size is the mean
 * over dates, with their spread in its range. Sizes of what was found are a little too large on average, the more so the
 * smaller they are.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_CHANGEPOINT_H
#define STATS_CHANGEPOINT_H

#include "base/arena.h"

#include <stdint.h>

/* A day or a week: answers, the sum of what they say and of its squares. */
struct changepoint_bucket {
	double n, s, ss;
};

struct changepoint {
	size_t at, from, to;  /* the first bucket after the change, and the range of it */
	double before, after; /* means of the segments on both sides */
	double size, lo, hi;
};

struct changepoint_how {
	double deff; /* of all answers, 1 or more; see stats/nps.h */
	double
	    least; /* answers that a segment has at least; 30 for scores, more are asked of scores nearly all alike */
	double half_scale; /* 100 for points; 0 for a series without ends */
};

struct changepoint_list {
	size_t count;
	struct changepoint *items;
	double variance; /* V */
};

/* buckets[count] in order of time; empty ones are passed over. All in the arena. */
struct changepoint_list changepoint_find(struct arena *a, const struct changepoint_bucket *buckets,
                                         size_t count, const struct changepoint_how *how);

#endif
