/* text/features.h - what a linear model sees of a text: hashed features with a weight, and a few named numbers.
 *
 * Hashing by K. Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009, without the sign: with
 * 2^18 places and pruned models collisions cost less than what the sign adds in noise. A feature that comes twice stands
 * twice: nothing is sorted, for that would cost more than all the rest.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_FEATURES_H
#define TEXT_FEATURES_H

#include "base/arena.h"
#include "text/words.h"

#define FEATURE_BITS  18
#define FEATURE_COUNT ((uint32_t)1 << FEATURE_BITS)

struct features {
	uint32_t *index; /* [count] below FEATURE_COUNT, in the order of the text */
	float *value;    /* [count] */
	size_t count;
};

/* What is taken of a text. */
enum feature_set {
	FEATURE_WORDS = 1, /* folded words */
	FEATURE_STEMS = 2,
	FEATURE_PAIRS = 4,    /* neighbours, within a clause */
	FEATURE_CHARS = 8,    /* 3 to 5 characters within a word and its edges */
	FEATURE_NEGATED = 16, /* words under a negation are told apart from those that are not */
};

/* Of the words [first, first + count), normalised to length 1. In the arena. */
void features_of(struct arena *a, const struct words *w, size_t first, size_t count, unsigned sets,
                 struct features *out);

/* What comes more than once comes once, with the root of how often; ascending, of length 1 again. For models in which a
 * repeated word should not weigh as two. */
void features_merge(struct features *f);

/* The place of one feature; `kind` keeps kinds apart. */
uint32_t feature_place(char kind, Str a, Str b);

#endif
