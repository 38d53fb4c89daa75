/* stats/resample.h - the parts of a bootstrap: answers drawn anew by cluster, and the range that the draws span.
 *
 * Poisson bootstrap: each cluster (person or account) counts as often as a Poisson number of mean 1 says (Hanley &
 * MacGibbon, "Creating non-parametric bootstrap samples using Poisson frequencies", Computer Methods and Programs in
 * Biomedicine 83, 2006). Clusters of one answer need not be drawn one by one: n that are alike count together as often
 * as a Poisson number of mean n says. Ranges are the percentiles of Efron & Tibshirani, "An Introduction to the
 * Bootstrap" (1993), chapter 13, 2.5 and 97.5 %, by the quantile's definition 7 of Hyndman & Fan (1996).
 *
 * Nothing here is hidden: the same seed and the same answers, in whatever order, give the same ranges.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_RESAMPLE_H
#define STATS_RESAMPLE_H

#include "base/arena.h"

#include <stdint.h>

/* The source of draws; owned by the arena. */
struct resample;

struct resample *resample_new(struct arena *a, uint64_t seed);
double resample_poisson(struct resample *r, double mean); /* a whole number */

/* One answer: `kind` is any small number that says what the caller must know of it. */
struct resample_row {
	uint64_t cluster; /* 0: a cluster of its own */
	uint32_t kind;    /* below kinds */
	uint32_t count;   /* the plan's: answers of this kind in the cluster */
};

/* Clusters that are alike in all their answers are drawn as one number, too. Where more rows than this are left, those
 * like no other are dealt into groups that come and go together, for the time of a draw goes with the rows: fewer groups the more kinds
 * there are. Shares, means and differences spread as before, totals more. A range by 50 groups is itself uncertain by a
 * tenth, by 500 by 3 %. */
#define RESAMPLE_ROWS  100000
#define RESAMPLE_CELLS 1000000 /* groups x kinds */
#define RESAMPLE_LEAST 50
#define RESAMPLE_MOST  1000

/* Clusters whose rows are these. */
struct resample_alike {
	size_t first, rows;
	double clusters;
};

/* Rows by cluster: how many of each kind stand alone, and one of each sort of the others. */
struct resample_plan {
	size_t kinds, count, alike_count;
	double *alone;                /* [kinds] */
	struct resample_row *rows;    /* [count] by cluster, then kind */
	struct resample_alike *alike; /* [alike_count] */
};

/* Puts `rows` in another order. In the arena, or freed with it. */
struct resample_plan resample_plan_of(struct arena *a, struct resample_row *rows, size_t count,
                                      size_t kinds);
/* The same of answers in columns, clusters being small numbers: 1..clusters, or 0. */
struct resample_plan resample_plan_of_columns(struct arena *a, const uint32_t *cluster,
                                              const uint32_t *kind, size_t count, uint32_t clusters,
                                              size_t kinds);
/* How often each kind counts in one draw: weight[kinds]. */
void resample_draw(struct resample *r, const struct resample_plan *plan, double *weight);

/* Sorts values[count]; share in 0..1. */
void resample_sort(double *values, size_t count);
double resample_quantile(const double *sorted, size_t count, double share);

#endif
