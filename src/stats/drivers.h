/* stats/drivers.h - what goes with the score: how much of it each of several ratings tells, and in which direction.
 *
 * General dominance: what a rating adds to R^2, on average over all sets of the others, each size counting the same
 * (Budescu, "Dominance Analysis", Psychological Bulletin 114, 1993; R. Azen, N. Traxel, "Using Dominance Analysis to
 * Determine Predictor Importance in Logistic Regression", Journal of Educational and Behavioral Statistics 34, 2009).
 * The parts add up to the R^2 of all. The model is linear in x = 1, 0, -1 rather than a logit: the score is the mean of
 * x, so its R^2 is about the score itself, its coefficients are points without a link between, all 4096 sets of twelve
 * take a thousandth of a second, and Azen and Traxel's McFadden R^2 of an ordered logit puts ratings in the same order (a
 * test compares them).
 *
 * `effect` is the average marginal effect in points: answers alike in the other ratings but one step higher in this one
 * score so much more. Ranges are percentiles of a Poisson bootstrap over clusters (persons, accounts), which are dealt into
 * at most DRIVER_GROUPS groups. A rating `stands` when its coefficient, averaged over all sets as dominance is, is beyond
 * chance for all ratings together (Bonferroni, at DRIVER_CHANCE): of shuffled ratings none does in 95 of 100 cases (2.3 to
 * 4.5 % had one, bench/bench_drivers.c). The average is tested since two ratings of one mind rob each other of an effect in the model of all.
 *
 * It says what goes together; nothing here is a cause. Inputs are blind to the score: stats/blind.h.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_DRIVERS_H
#define STATS_DRIVERS_H

#include "stats/blind.h"

#define DRIVERS_MAX   12
#define DRIVER_GROUPS 2048
#define DRIVER_CHANCE 0.03
/* Complete answers that are asked for: this many, and this many a rating. */
#define DRIVER_ANSWERS       50
#define DRIVER_ANSWERS_EACH  10
#define DRIVER_CLUSTERS_MORE 10 /* than ratings */

struct driver_question {
	size_t answers, count;
	const int8_t *x;         /* [answers] 1, 0, -1 */
	const uint64_t *cluster; /* [answers] any key; who is nobody's brings a key of its own */
	const struct blind_rating *const *ratings; /* [count], each of `answers` values */
	uint64_t seed;
	size_t rounds; /* 200 will do */
};

struct driver {
	double dominance, lo, hi;            /* part of R^2 */
	double effect, effect_lo, effect_hi; /* points for one step of the rating */
	double alone;                        /* the same, regardless of the other ratings */
	double spread;                       /* standard deviation of the rating, in steps */
	bool stands;
};

/* Answers with a value for each rating count; when they are too few, `shown` is false and all else 0. */
struct driver_list {
	bool shown;
	size_t used, count;
	double r2;
	struct driver items[DRIVERS_MAX]; /* in the order of the ratings */
};

void drivers_of(struct arena *a, const struct driver_question *q, struct driver_list *out);

#endif
