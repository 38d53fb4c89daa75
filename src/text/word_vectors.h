/* text/word_vectors.h - words as vectors, by the company they keep.
 *
 * Of how often two words stand in the same comment: positive pointwise mutual information, cut to its largest eigenvalues
 * by magnitude, each word its row of U x sqrt(|L|) at length 1 (O. Levy, Y. Goldberg, "Neural Word Embedding as Implicit
 * Matrix Factorization", NIPS 2014). Eigenvectors by subspace iteration from a seeded start (N. Halko, P.-G. Martinsson,
 * J. A. Tropp, "Finding Structure with Randomness", SIAM Review 53, 2011).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_WORD_VECTORS_H
#define TEXT_WORD_VECTORS_H

#include "base/arena.h"

/* Distinct words of a comment that are paired, at most: what is longer says no more about its words. */
#define WORD_PAIRS_MAX 64

/* Comments as words: those of comment i are words[first[i]] .. words[first[i + 1] - 1], each once, below word_count. */
struct word_bags {
	const uint32_t *words;
	const size_t *first; /* [count + 1] */
	size_t count, word_count;
};

/* [word_count x dimensions], rows of length 1 or all 0; in the arena. Fewer words than dimensions leave columns 0. */
float *word_vectors(struct arena *a, const struct word_bags *bags, size_t dimensions,
                    uint64_t seed);

/* The next number of a seeded sequence (Vigna's splitmix64). */
uint64_t seeded_next(uint64_t *seed);

#endif
