/* text/clusters.h - comments that talk of the same, found without being told what to look for.
 *
 * Words that stand in the same comments are alike: each word becomes a vector of the positive pointwise mutual information
 * with all others, cut to CLUSTER_DIMENSIONS by its largest eigenvalues (O. Levy, Y. Goldberg, "Neural Word Embedding as
 * Implicit Matrix Factorization", NIPS 2014); a comment is the sum of its words by tf-idf, and comments are parted by
 * spherical k-means (I. S. Dhillon, D. S. Modha, "Concept Decompositions for Large Sparse Text Data Using Clustering",
 * Machine Learning 42, 2001) from k-means++ starts, the best of several. Words of opinion ("great", "awful") are left out by
 * the caller, since it is topics that are wanted, not moods. On restaurant sentences this parts better than non-negative
 * factors of the same words (docs/models.md).
 *
 * The same comments and seed give the same clusters. Cost: linear in comments past CLUSTER_LEARNT, of which a regular sample is
 * learnt from; words rarer than CLUSTER_WORD_COMMENTS comments and past the CLUSTER_WORDS most frequent say nothing.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_CLUSTERS_H
#define TEXT_CLUSTERS_H

#include "text/words.h"

#define CLUSTER_DIMENSIONS    100
#define CLUSTER_LEARNT        20000
#define CLUSTER_WORDS         4000
#define CLUSTER_WORD_COMMENTS 3
#define CLUSTERS_MAX          64
#define CLUSTER_NAMES         6
#define CLUSTER_NONE          UINT8_MAX

/* Comments as numbers of words: owns its memory, one thread at a time. */
struct cluster_comments;
struct cluster_comments *cluster_comments_open(void);
void cluster_comments_close(struct cluster_comments *c); /* NULL is fine */
/* The next comment. skips (may be NULL): is this word none to go by? */
typedef bool (*cluster_skip_fn)(void *context, enum tongue tongue, const struct word *word);
void cluster_comments_add(struct cluster_comments *c, const struct words *w, cluster_skip_fn skips,
                          void *context);

struct cluster {
	size_t comments;
	Str names[CLUSTER_NAMES]; /* words that tell it from the others, the most telling first */
	size_t name_count;
};

struct clusters {
	size_t
	    count; /* as many as wanted, or fewer where there are not so many kinds; the largest first */
	struct cluster *at;
	uint8_t *of; /* [comments], CLUSTER_NONE: says nothing that is known */
	float
	    *closeness; /* [comments] cosine to the middle of its cluster: high for typical ones */
	size_t comments;
};

/* In the arena; the comments may be closed afterwards. 0 < wanted <= CLUSTERS_MAX. */
void clusters_find(const struct cluster_comments *c, struct arena *a, size_t wanted, uint64_t seed,
                   struct clusters *out);

#endif
