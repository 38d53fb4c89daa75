/* stats/answer_sketch.h - are these nearly the same answers?
 *
 * Two segments may be one by two names: all of the north have the old plan. Which answers are in a segment is kept in 512
 * bytes, whatever their number: each answer falls into one of 128 bins by a hash of its id, and the bin keeps the largest
 * hash it has seen. Bins agree as often as answers are in both segments among those in either (one permutation hashing: Li,
 * Owen and Zhang, Advances in Neural Information Processing Systems 25, 2012). The standard error is .044 at most.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_ANSWER_SKETCH_H
#define STATS_ANSWER_SKETCH_H

#include <stdint.h>

#define ANSWER_SKETCH_BINS 128

/* Zero-initialised is that of no answers. The order of adding does not matter, nor does adding twice. */
struct answer_sketch {
	uint32_t most[ANSWER_SKETCH_BINS];
};

void answer_sketch_add(struct answer_sketch *sketch, int64_t id);

/* Answers in both of those in either, 0 to 1; 0 of two empty ones. */
double answer_sketch_likeness(const struct answer_sketch *a, const struct answer_sketch *b);

#endif
