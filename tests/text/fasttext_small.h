/* tests/text/fasttext_small.h - the bytes of a small fastText model, made by hand.
 *
 * Two dimensions; the words "</s>", "yes" and "no", rows of their own kind, and the labels "__label__good" and
 * "__label__bad" over a softmax, or over a tree. Of the n-grams only that of bucket `bucket` is kept.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FASTTEXT_SMALL_H
#define FASTTEXT_SMALL_H

#include "base/buf.h"

enum { FASTTEXT_SMALL_TREE = 1, FASTTEXT_SMALL_SOFTMAX = 3, FASTTEXT_SMALL_BUCKETS = 100 };

void fasttext_small(struct buf *out, int loss, int bucket);

#endif
