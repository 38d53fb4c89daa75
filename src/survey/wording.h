/* survey/wording.h - what the hosted pages say where the survey's owner says nothing else, in nine languages.
 *
 * Everything is static and immutable. {brand} and {score} are holes that wording_fill closes.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_WORDING_H
#define SURVEY_WORDING_H

#include "base/str.h"

/* Every text of a language, so that a test can walk them and none can be forgotten. */
#define WORDING_TEXTS(X)                                                          \
	X(title)                                                                  \
	X(question)                                                               \
	X(low)                                                                    \
	X(high)                                                                   \
	X(promoter)                                                               \
	X(passive)                                                                \
	X(detractor)                                                              \
	X(reason) /* one follow-up for all three groups */                        \
	X(thanks_promoter)                                                        \
	X(thanks_passive)                                                         \
	X(thanks_detractor)                                                       \
	X(ask_once_more) /* a required comment is missing; it never blocks */     \
	X(question_open) /* the same for a required question without an answer */ \
	X(send)                                                                   \
	X(close)   /* the widget, without an answer or after it */                \
	X(confirm) /* one tap for a score that the link brought */                \
	X(change)                                                                 \
	X(your_score)                                                             \
	X(your_comment)                                                           \
	X(saved)                                                                  \
	X(unsent)  /* the network is gone; the answer waits on the device */      \
	X(untaken) /* words came too late; they are shown beside it */            \
	X(final)   /* the answer can be read and not changed any more */          \
	X(closed_title)                                                           \
	X(closed_text)                                                            \
	X(full_title) /* it closes after so many answers, and has them */         \
	X(full_text)                                                              \
	X(early_title) /* it opens at a date */                                   \
	X(early_text)                                                             \
	X(test) /* the page was opened by its test link */                        \
	X(paused_title)                                                           \
	X(paused_text)                                                            \
	X(expired_title)                                                          \
	X(expired_text)                                                           \
	X(revoked_title)                                                          \
	X(revoked_text)                                                           \
	X(unknown_title)                                                          \
	X(unknown_text)                                                           \
	X(tampered_title)                                                         \
	X(tampered_text)                                                          \
	X(too_many_title)                                                         \
	X(too_many_text)                                                          \
	X(trouble_title) /* we could not store it: full disk, restart */          \
	X(trouble_text)

struct wording {
	Str code; /* "de" */
	bool rtl;
#define WORDING_MEMBER(name) Str name;
	WORDING_TEXTS(WORDING_MEMBER)
#undef WORDING_MEMBER
};

#define WORDING_COUNT 9

/* By number, 0 is English; by language tag ("pt-BR" finds "pt"), NULL when it is none of ours. */
const struct wording *wording_at(size_t number);
const struct wording *wording_find(Str language_tag);
/* Is the tag's language written from right to left? Also for languages that are not among ours. */
bool wording_is_rtl(Str language_tag);

/* `text` with each {name} replaced by value. */
Str wording_fill(struct arena *a, Str text, Str name, Str value);

#endif
