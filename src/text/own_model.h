/* text/own_model.h - what a workspace's own scores taught (text/own_scores.h), small enough to keep, and blind to each answer's own.
 *
 * Owners of answers (people, else the answers themselves) are dealt into OWN_FOLDS folds, and there is one regression a fold,
 * which learnt from all the others. A comment is judged by the one of its owner's fold: so no answer is ever judged by
 * what has seen its score, or another of the same person's, neither now nor when it is read again. Weights are rounded to 8 bits.
 *
 * A type of its own, for it has seen scores: it goes into struct comment, for what is shown. Nothing that makes a blind
 * sentiment or a mention of a theme takes one.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_OWN_MODEL_H
#define TEXT_OWN_MODEL_H

#include "base/buf.h"
#include "base/err.h"
#include "text/own_scores.h"

#define OWN_FOLDS 5

struct own_model;

struct own_lesson {
	const struct own_example *examples;
	const uint64_t *owner; /* [count] */
	size_t count;
	/* Asked before each fold; false ends it. NULL: always. */
	bool (*goes_on)(void *context);
	void *context;
};
/* *out in the arena; held_back[count]: what own_model_say will say of each example. False: it was ended. */
MUST_USE bool own_model_learn(struct arena *a, const struct own_lesson *lesson,
                              const struct own_model **out, float *held_back);
/* For struct sentiment_context.own. */
float own_model_say(const struct own_model *m, const struct features *f, uint64_t owner);

void own_model_write(const struct own_model *m, struct buf *out);
/* In the arena. ERR_CORRUPT. */
MUST_USE bool own_model_read(struct arena *a, Str bytes, const struct own_model **out,
                             struct err *err);

#endif
