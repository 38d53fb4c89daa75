/* text/fasttext_own.h - a model as fasttext_read.c makes it of a file's bytes and fasttext.c asks it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_FASTTEXT_OWN_H
#define TEXT_FASTTEXT_OWN_H

#include "text/fasttext.h"

#define FASTTEXT_CENTROIDS    256
#define FASTTEXT_LABEL_PREFIX STR("__label__")

struct fasttext_entry {
	Str word;
	int64_t count;
};

/* A row of the matrix by an n-gram's bucket: open addressing, places from 1. */
struct fasttext_row {
	uint32_t bucket, row;
};

struct fasttext {
	int32_t dim, buckets, min, max;
	uint64_t per_bucket; /* 2^64 / buckets, rounded up: finds remainders without a division */
	bool tree;
	struct fasttext_entry *words; /* [word_count] */
	struct fasttext_entry *labels;
	uint32_t word_count, label_count;
	uint32_t *word_table; /* [word_mask + 1] place in `words`, from 1 */
	uint32_t word_mask;
	bool pruned;
	struct fasttext_row *rows; /* [row_mask + 1] row from 1 */
	uint32_t row_mask;
	uint8_t *kept; /* a bit a bucket: most are not there, and that is soon said */
	/* The matrix: codes [count x parts], centroids, norms. */
	uint32_t count, parts, part, last_part;
	const uint8_t *codes, *norm_codes;
	const float *centroids, *norms;
	const float *output; /* [label_count x dim] */
	/* The tree of labels: inner node i has children left[i] and right[i]; below label_count it is a leaf. */
	uint32_t *left, *right;
};

/* fastText's FNV-1a takes bytes as signed. */
#define FASTTEXT_HASH_BEGIN 2166136261u

static inline uint32_t fasttext_hash_byte(uint32_t hash, char c)
{
	uint32_t byte = (unsigned char)c;
	return (hash ^ (byte < 0x80 ? byte : byte | 0xFFFFFF00u)) * 16777619u;
}

static inline uint32_t fasttext_hash(Str s)
{
	uint32_t hash = FASTTEXT_HASH_BEGIN;
	for (size_t i = 0; i < s.len; i++)
		hash = fasttext_hash_byte(hash, s.at[i]);
	return hash;
}

static inline uint32_t fasttext_spread(uint32_t hash)
{
	return (hash * 0x9E3779B9u) >> 8;
}

#endif
