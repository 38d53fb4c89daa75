/* text/own_scores.h - what a workspace's own scores add to the shipped judgement of its comments.
 *
 * Each answer brings its label: who scored as a detractor meant it badly, a promoter well. From those a logistic regression
 * over the same n-grams learns what the shipped model (text/sentiment.h) gets wrong here. It is shrunk towards that model: its
 * logit stands in the regression as it is, with weight 1, and the weights of n-grams have a normal prior around 0 (D. Hosmer
 * and S. Lemeshow's offset; the dual is solved by coordinate descent, H.-F. Yu et al., "Dual coordinate descent methods for
 * logistic regression and maximum entropy models", Machine Learning 85, 2011). The prior is the stronger the fewer answers
 * there are of the rarer side; one side alone teaches nothing. Up to 1,000 answers, what was learnt counts as far as it is sure
 * that it helps on answers held back: two standard errors and more, whole.
 *
 * What comes out has seen scores: it is for what people are shown (struct sentiment), never for struct blind_sentiment.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_OWN_SCORES_H
#define TEXT_OWN_SCORES_H

#include "text/sentiment.h"

struct own_example {
	struct features features; /* own_features */
	float shipped;            /* logit of positive less that of negative */
	int leaning;              /* -1 detractor, 1 promoter; 0 (passive): learnt nothing from */
};

struct own_scores {
	float *weight; /* [FEATURE_COUNT] */
	float bias;
	size_t learnt_from;
};

/* Of a text and what the shipped model said of it; in the arena. */
void own_example(struct arena *a, const struct words *w, const struct sentiment_reading *shipped,
                 int leaning, struct own_example *out);
/* The same examples in the same order give the same. In the arena. */
void own_scores_learn(struct arena *a, const struct own_example *examples, size_t count,
                      struct own_scores *out);
/* For struct sentiment_context.own. */
float own_scores_say(const struct own_scores *o, const struct features *f);

/* Learns and judges all examples so that none is judged by what has seen it, nor by what has seen another of the same `group`
 * (NULL: each is its own; the same person's answers belong together). own[count] as own_scores_say gives. */
void own_scores_cross(struct arena *a, const struct own_example *examples, const uint64_t *group,
                      size_t count, float *own);

#endif
