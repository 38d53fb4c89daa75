/* stats/uneven.h - did the segments of an attribute change alike, or some of them apart from the others?
 *
 * Every attribute splits a change exactly (stats/split.h), also one that has nothing to do with it: then each segment takes
 * its share. What an attribute tells is how much segments differ in their change. With d a segment's change, v its variance
 * and w its mean share of the answers in both periods,
 *
 *   spread^2 = max(0, sum w (d - D)^2 - (sum w v - sum w^2 v)),   D = sum w d
 *
 * what is left between segments when chance is taken off: the moment estimator of R. DerSimonian & N. Laird,
 * "Meta-analysis in clinical trials", Controlled Clinical Trials 7 (1986), with shares as weights. Whether one segment
 * moved apart is its change against that of all others together, p by the normal distribution. Scores are adjusted as in
 * stats/nps.h (n + 3, promoters + 3/4, detractors + 3/4) on n/deff, deff being that of the whole period. p is of one
 * comparison: who looks at many has to take that into account.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_UNEVEN_H
#define STATS_UNEVEN_H

#include "base/arena.h"

#include <stdint.h>

/* Answers of one segment; [0] before, [1] now. */
struct uneven_cell {
	int64_t n[2], promoters[2], detractors[2];
};

struct uneven_segment {
	double apart; /* points that it changed more than the others */
	double p;     /* 1 where either has no answers in a period */
};

struct uneven {
	double spread;                   /* points */
	struct uneven_segment *segments; /* [count], in the arena */
};

/* deff: of all answers of a period, 1 at least. */
void uneven_of(struct arena *a, const struct uneven_cell *cells, size_t count,
               const double deff[static 2], struct uneven *out);

#endif
