/* text/blind_sentiment.h - what a comment says by its text and its question alone.
 *
 * Nothing that has seen the score may explain it, nor may a model that learnt from this workspace's scores. So drivers,
 * points at stake and shares per group take this type, which only makers of tools/lint-layers can make
 * (text/blind_sentiment_make.h). What people are shown is struct sentiment (text/sentiment.h).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_BLIND_SENTIMENT_H
#define TEXT_BLIND_SENTIMENT_H

#include <stddef.h>

/* Order is that of the models' classes; MIXED is no class but both at once. Stored: never renumber. */
#define SENTIMENT_LABELS(X)               \
	X(SENTIMENT_NEGATIVE, "negative") \
	X(SENTIMENT_NEUTRAL, "neutral")   \
	X(SENTIMENT_POSITIVE, "positive") \
	X(SENTIMENT_MIXED, "mixed")

#define SENTIMENT_ENUM(name, word) name,
enum sentiment_label { SENTIMENT_LABELS(SENTIMENT_ENUM) SENTIMENT_LABEL_COUNT };
#undef SENTIMENT_ENUM

struct blind_sentiment;

enum sentiment_label blind_sentiment_label(const struct blind_sentiment *b);
/* -1..1: probability that it is positive less that it is negative. */
float blind_sentiment_score(const struct blind_sentiment *b);
/* The same of one clause of the text, by its place in struct words. */
float blind_sentiment_clause(const struct blind_sentiment *b, size_t clause);
size_t blind_sentiment_clauses(const struct blind_sentiment *b);

#endif
