/* text/sentiment.h - is a comment negative, neutral, positive or mixed?
 *
 * A linear model over hashed n-grams and the numbers of text/valence.h. English has a model of its own; other languages that
 * have a lexicon are judged by the general one, which learnt in English but sees only numbers that mean the same
 * everywhere. Trained by train/train_sentiment.c on VADER's reviews and tweets, UCI's labelled sentences, GoEmotions and
 * sentences of our own; docs/models.md has the figures. What learnt on from the general one in Portuguese stands in the
 * file and judges nothing: held back, it was right less often.
 *
 * A comment is mixed when one of its clauses is plainly good, another plainly bad, and neither side wins.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_SENTIMENT_H
#define TEXT_SENTIMENT_H

#include "base/json.h"
#include "text/blind_sentiment.h"
#include "text/question.h"
#include "text/valence.h"

#define SENTIMENT_CLASSES 3
/* Taken of a text for the models with n-grams. */
#define SENTIMENT_FEATURES \
	(FEATURE_WORDS | FEATURE_STEMS | FEATURE_PAIRS | FEATURE_NEGATED | FEATURE_CHARS)

struct sentiment_model {
	struct linear kin; /* classes "polarity" and "interest": valences of more English words */
	struct linear general;
	struct linear english, portuguese;
};

/* Immutable, may be shared by threads; in the arena. ERR_CORRUPT when it is none. */
MUST_USE bool sentiment_model_read(struct arena *a, Str bytes, struct sentiment_model *out,
                                   struct err *err);
void sentiment_model_write(const struct sentiment_model *m, struct buf *out);
/* Is a comment in that language said to be anything? */
bool sentiment_speaks(enum tongue t);

/* What the text alone says; in the arena. */
struct sentiment_reading {
	float logit[SENTIMENT_CLASSES]; /* their softmax is calibrated */
	float *clause;                  /* [clauses] -1..1 */
	size_t clauses;
	bool tells; /* some word says good or bad */
	struct valence valence;
};
void sentiment_read(const struct sentiment_model *m, struct arena *a, const struct words *w,
                    struct sentiment_reading *out);

/* Of the words [first, first + count) of what was read, -1..1: what they say of a theme that stands among them. Where no
 * word says good or bad, the question does. */
float sentiment_stretch(const struct sentiment_model *m, struct arena *a, const struct words *w,
                        const struct sentiment_reading *r, enum question_leaning question,
                        size_t first, size_t count);

const struct blind_sentiment *sentiment_blind(struct arena *a, const struct sentiment_reading *r,
                                              enum question_leaning question);

/* What people are shown. */
struct sentiment {
	enum sentiment_label label;
	float score;                    /* -1..1: share of positive less that of negative */
	float share[SENTIMENT_CLASSES]; /* probabilities, of 1 together */
};

/* What else is known of a comment when it is shown; all zero: nothing. */
struct sentiment_context {
	enum question_leaning question;
	float own;   /* from text/own_scores.h */
	int leaning; /* of the answer's score: -1 detractor, 1 promoter */
};
void sentiment_shown(const struct sentiment_reading *r, const struct sentiment_context *c,
                     struct sentiment *out);
/* "negative" ... */
Str sentiment_word(enum sentiment_label label);
/* The word, where somebody sends it. */
MUST_USE bool sentiment_label_read(JsonRef ref, enum sentiment_label *out, struct err *err);

#endif
