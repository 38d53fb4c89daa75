/* text/intent.h - what a comment is for: to report a problem, to ask for something, to praise, to threaten to leave.
 *
 * By phrases in seven languages (text/intent.txt) and by the form of questions; each find counts, the intent with most
 * is the main one, and all that were found are told. Elsewhere everything is INTENT_OTHER (intent_reads).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_INTENT_H
#define TEXT_INTENT_H

#include "text/pattern.h"

/* Intent, stable name, what one find is worth. Stored: never renumber. */
#define INTENTS(X)                          \
	X(INTENT_OTHER, "other", 0)         \
	X(INTENT_PROBLEM, "problem", 1.0F)  \
	X(INTENT_REQUEST, "request", 1.1F)  \
	X(INTENT_QUESTION, "question", .8F) \
	X(INTENT_PRAISE, "praise", .6F)     \
	X(INTENT_CHURN, "churn threat", 1.3F)

#define INTENT_ENUM(intent, name, worth) intent,
enum intent { INTENTS(INTENT_ENUM) INTENT_COUNT };
#undef INTENT_ENUM

Str intent_name(enum intent i);
bool intent_reads(enum tongue t);

struct intents {
	enum intent main;
	unsigned present; /* a bit an intent; INTENT_OTHER's when there is no other */
	float score[INTENT_COUNT];
};

const struct patterns *intent_make(struct arena *a);
/* `patterns` is what intent_make gave. */
void intent_find(const struct patterns *patterns, struct arena *a, const struct plain_words *w,
                 struct intents *out);

#endif
