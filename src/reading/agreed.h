/* reading/agreed.h - how far people agree with each other on how comments sound and what they speak of.
 *
 * Of what reading/lesson.h finds: the newest word of each author. Corrections are made where somebody thought the machine wrong, so
 * two of them on one answer tell of hard comments; words of random comments (insight/share_check.h) tell of all.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_AGREED_H
#define READING_AGREED_H

#include "reading/lesson.h"
#include "stats/agreement.h"

struct agreed {
	int64_t people; /* who judged anything that somebody else judged, too */
	bool two;       /* kappa of two; else alpha of many */
	struct agreement a;
};

/* `a` is for scratch. */
void agreed_on_sentiment(const struct lesson *l, struct arena *a, struct agreed *out);
/* Does a comment speak of a theme? Corrections and random comments together; themes of one comment are drawn together, so alpha
 * also of two. */
void agreed_on_themes(const struct lesson *l, struct arena *a, struct agreed *out);

#endif
