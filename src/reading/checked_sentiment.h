/* reading/checked_sentiment.h - how far people and the machine agree on how comments sound, of comments that were drawn at random.
 *
 * Of checks alone (insight/share_check.h): who judges there is shown neither what the machine said nor the score, and has not
 * chosen the comment. Corrections are made where somebody thought the machine wrong, and are not among them. The machine's word
 * is that on the words alone (text/blind_sentiment.h), as it was when somebody judged first. Comments are drawn within a
 * group of the score, so together they are as mixed as what people chose to check. One comment counts once, by who judged it
 * first.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_CHECKED_SENTIMENT_H
#define READING_CHECKED_SENTIMENT_H

#include "db/db.h"
#include "stats/agreement.h"

#define CHECKED_SENTIMENT_LEAST 30

struct checked_sentiment {
	int64_t people;
	int64_t unread;     /* comments that people judged and the machine did not */
	struct agreement a; /* of the others: kappa */
	bool shown;         /* of CHECKED_SENTIMENT_LEAST or more, of more than one kind */
};

/* `a` is for scratch. */
MUST_USE bool checked_sentiment_find(struct db *db, struct arena *a, int64_t workspace,
                                     struct checked_sentiment *out, struct err *err);

#endif
