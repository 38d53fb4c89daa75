/* train/sentiment_texts.h - texts with what a careful reader would call them, to train sentiment on.
 *
 * From `vader` (means of twenty raters), `uci_sentences`, `goemotions` (emotions as polarities), `nps_pt` (the score as
 * polarity) and train/feedback.csv, which we wrote. Reviews of several sentences are put together from vader's and UCI's,
 * so that long comments and those with two sides are learnt, too.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TRAIN_SENTIMENT_TEXTS_H
#define TRAIN_SENTIMENT_TEXTS_H

#include "base/arena.h"
#include "text/blind_sentiment.h"
#include "text/tongue.h"

enum text_set { SET_OWN, SET_REVIEWS, SET_TWEETS, SET_UCI, SET_EMOTIONS, SET_TOGETHER, SET_NPS };

struct labelled {
	Str text;
	enum tongue tongue;
	enum text_set set;
	enum sentiment_label label;
};
struct labelled_texts {
	struct labelled *text;
	size_t count, room;
};

/* `uci`: with UCI's sentences; without when they shall be measured on. */
void sentiment_texts(struct arena *a, bool uci, struct labelled_texts *out);

#endif
