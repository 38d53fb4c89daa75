/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/blind_sentiment.h"

#include "base/die.h"
#include "text/blind_sentiment_make.h"

enum sentiment_label blind_sentiment_label(const struct blind_sentiment *b)
{
	return b->label;
}

float blind_sentiment_score(const struct blind_sentiment *b)
{
	return b->score;
}

float blind_sentiment_clause(const struct blind_sentiment *b, size_t clause)
{
	MUST(clause < b->clauses);
	return b->clause[clause];
}

size_t blind_sentiment_clauses(const struct blind_sentiment *b)
{
	return b->clauses;
}
