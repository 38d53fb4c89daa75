/* stats/split.h - what a change of the score goes with: who answered, or what they said.
 *
 * One attribute: the exact two terms of E. Kitagawa, "Components of a Difference Between Two Rates", JASA 50 (1955). With
 * w a segment's share of the answers, r its score, and 0 and 1 the periods,
 *
 *   mix  = (w1 - w0) x ((r0 + r1)/2 - (R0 + R1)/2)      rate = (r1 - r0) x (w0 + w1)/2
 *
 * R is the whole's score; taking it off changes no sum, for the shares add up to 1, and makes a segment's mix read as it
 * should: more of those who score below the whole pulls down. A segment of one period has no other score to compare
 * with: its rate is 0, and its mix stands apart as `fresh` or `gone`.
 *
 * Several attributes, up to SPLIT_ATTRIBUTES: P. Das Gupta, "Standardization and Decomposition of Rates: A User's
 * Manual", Census P23-186 (1993), chapter 5. A cell's share is a product of one factor an attribute, each the geometric
 * mean of (its size : the size without this attribute) over all orders of conditioning; its effect is what its change
 * makes of the share, the mean over all orders of changing one after the other (Shapley's value), times the cell's mean
 * score. The rate's part is Kitagawa's. His formulas have no word on cells that are empty in one period: a ratio 0/0 takes
 * the other period's value, and so does the score there, so that an empty cell counts for the attribute that emptied it.
 * Effects of attributes depend on where the score's 0 is, hence `origin`: with the mean of both scores an attribute that
 * goes with nothing has none. 0 is the manual's own.
 *
 * Terms add up to the change, to rounding errors. Ranges are percentiles of a Poisson bootstrap of clusters (persons or
 * accounts; Hanley & MacGibbon, "Creating non-parametric bootstrap samples using Poisson frequencies", 2006): the same
 * seed, the same ranges, in whatever order the answers come. Percentiles are too narrow where clusters are few (Hesterberg,
 * "What Teachers Should Know About the Bootstrap", The American Statistician 69, 2015, section 3.2: by Student's t and
 * by sqrt((n - 1)/n)), so the draws are spread about the term by t / z x sqrt((df + 1) / df), with the degrees of
 * stats/nps_change.h: those of Ke = n^2 / sum n_g^2 equal clusters. All figures are in points. "Goes with", never "because".
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_SPLIT_H
#define STATS_SPLIT_H

#include "base/arena.h"

#include <stdint.h>

#define SPLIT_ATTRIBUTES 4

/* Answers of one cell (segment, or combination of segments): how many and the sum of their 1, 0, -1; [0] before, [1] now. */
struct split_cell {
	double n[2], s[2];
};

struct split_range {
	double value, lo, hi; /* lo and hi are value until split_bootstrap */
};

enum split_kind { SPLIT_STAYED, SPLIT_FRESH, SPLIT_GONE, SPLIT_EMPTY };

struct split_segment {
	enum split_kind kind;
	struct split_range mix, rate;
};

/* Both periods have answers, or `shown` is false and all is 0. change = mix + rate + fresh + gone, over all segments. */
struct split_one {
	bool shown;
	double before, now;
	struct split_range change, mix, rate, fresh, gone;
	size_t count;
	struct split_segment *segments; /* [count], in the arena */
};

void split_one(struct arena *a, const struct split_cell *cells, size_t count,
               struct split_one *out);

/* The segments of each cell: codes[c * attributes + k]. Cells are distinct; those without answers may be left out. */
struct split_grid {
	size_t cells, attributes;
	const uint32_t *codes;
	double origin; /* in -1..1; see split_middle */
};

/* change = sum of mix + rate. rate_of_cell adds up to rate, so rates by segment are sums of it. */
struct split_several {
	bool shown;
	double before, now;
	struct split_range change, rate, mix[SPLIT_ATTRIBUTES];
	double *rate_of_cell; /* [cells], in the arena */
};

double split_middle(const struct split_cell *cells, size_t count);
void split_several(struct arena *a, const struct split_grid *grid, const struct split_cell *cells,
                   struct split_several *out);

/* Kinds of answers: (cell, period, x). */
#define SPLIT_KINDS 6
static inline uint32_t split_kind_of(size_t cell, unsigned period, int x)
{
	return (uint32_t)(SPLIT_KINDS * cell + 3U * period + (unsigned)(x + 1));
}

/* The answers: by kind those that are clusters of their own, and the others one by one, in any order. Clusters are small numbers,
 * 1..clusters; 0 is one of its own, too. */
struct split_facts {
	size_t cells;
	const int64_t *alone; /* [SPLIT_KINDS x cells] */
	size_t owned;
	const uint32_t *cluster, *kind; /* [owned] */
	uint32_t clusters;
};

struct split_bootstrap {
	uint64_t seed;
	size_t rounds; /* 400 will do for a range */
};

/* cells[facts->cells], in the arena. */
struct split_cell *split_cells_of(struct arena *a, const struct split_facts *facts);

/* Splits by the grid's first attribute alone, and by all, of the same draws; either may be NULL. The facts' cells are those of
 * the grid. */
void split_bootstrap(struct arena *a, const struct split_grid *grid,
                     const struct split_facts *facts, const struct split_bootstrap *how,
                     struct split_one *one, struct split_several *several);

#endif
