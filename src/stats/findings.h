/* stats/findings.h - what stands out among thousands of things that were looked at.
 *
 * Who looks at a thousand segments sees fifty that differ "significantly" where nothing does. All that was looked at goes
 * in as a candidate, and at most one in twenty of what comes out is chance in the long run, over the whole list and
 * however the candidates hang together (stats/false_discovery.h). They depend on each other: the same answers are in a
 * segment of each attribute. What is left is told by size times certainty, the part of the size's square that chance does
 * not account for, 1 - 1/z^2 (as a James-Stein estimate shrinks), z being that of p. Of two on one topic, in one direction
 * and about nearly the same answers, the first alone is told. Ten at most; none is a usual answer. Picking by size favours
 * what was measured too high: test_findings counts how many of the told are chance.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_FINDINGS_H
#define STATS_FINDINGS_H

#include "base/arena.h"
#include "stats/answer_sketch.h"

#include <stddef.h>

#define FINDINGS_MAX       10
#define FINDINGS_RATE      0.05
#define FINDINGS_SAME_FROM 0.8 /* likeness of answers */

struct candidate {
	double
	    size; /* points, above or below 0: what it means for the whole, so that kinds can be set side by side */
	double p; /* of both signs, 0 to 1 */
	int topic; /* which candidates could tell the same: one number for segments, another for channels .. */
	const struct answer_sketch *answers; /* NULL: no other has the same */
};

struct finding {
	size_t candidate; /* its place in the list */
	double certainty; /* 0 to 1 */
	double rate;      /* the false-discovery rate at which it would just be told */
};

struct findings {
	size_t tried, beyond_chance; /* before the same is told once */
	size_t count;
	struct finding list[FINDINGS_MAX]; /* most important first */
};

struct findings findings_among(struct arena *a, const struct candidate *candidates, size_t count);

#endif
