/* text/fasttext.h - reads and asks a quantised fastText classifier, such as lid.176.ftz.
 *
 * A. Joulin, E. Grave, P. Bojanowski, T. Mikolov, "Bag of Tricks for Efficient Text Classification", EACL 2017, and
 * A. Joulin et al., "FastText.zip: Compressing text classification models", 2016. Read is what `fasttext quantize` writes of a
 * supervised model (format 12) without word n-grams: words and hashed character n-grams as rows of a product-quantised
 * matrix with quantised norms, whose mean is the text; behind it a dense output with softmax or hierarchical softmax.
 *
 * Immutable once read, may be shared by threads. Asking allocates nothing and is linear in the text's length.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_FASTTEXT_H
#define TEXT_FASTTEXT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define FASTTEXT_LABELS_MAX 1024
#define FASTTEXT_DIM_MAX    64

struct fasttext;

/* Bytes may come from anywhere: what is no such model is ERR_CORRUPT. Everything in the arena; the bytes are not needed
 * afterwards. */
MUST_USE bool fasttext_read(struct arena *a, Str bytes, const struct fasttext **out,
                            struct err *err);

size_t fasttext_label_count(const struct fasttext *m);
/* Without "__label__". */
Str fasttext_label(const struct fasttext *m, size_t label);

/* probabilities: [label count]; they add up to 1. False when no part of the text is known, and then nothing is said. Any bytes
 * may come; a line's end is a space. */
bool fasttext_ask(const struct fasttext *m, Str text, float *probabilities);

#endif
