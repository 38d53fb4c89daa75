/* text/cluster_comments.h - comments as numbers of their content words, for text/clusters.h.
 *
 * Two spellings are one word when their stems are equal. Each comment keeps a word once, and at most COMMENT_WORDS_MAX.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_CLUSTER_COMMENTS_H
#define TEXT_CLUSTER_COMMENTS_H

#include "text/clusters.h"
#include "text/word_vectors.h"

#define COMMENT_WORDS_MAX 256

struct comment_bags {
	struct word_bags
	    bags;            /* of the words that are common enough, renumbered, the commonest 0 */
	const float *rarity; /* [word_count] log(comments / those with it) */
	const Str *text;     /* [word_count] as first written */
};

/* In the arena. */
void comment_bags_make(const struct cluster_comments *c, struct arena *a, struct comment_bags *out);

#endif
