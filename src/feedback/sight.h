/* feedback/sight.h - what a caller is shown of what people wrote: whose it is, and whether personal data in it is masked.
 *
 * Where a workspace masks personal data (account/workspace.h), owners, admins and keys of scope admin see comments as they were
 * written, so that somebody can call back; everybody else gets them masked. Every reply that carries a comment asks
 * this; quotes mask more, for everybody (insight/quotes.h). Answers to further questions are keys and numbers, and stay.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_SIGHT_H
#define FEEDBACK_SIGHT_H

#include "feedback/mask.h"
#include "net/route.h"

struct sight {
	bool names;
	const struct mask_words *masks; /* NULL: as it was written */
};

MUST_USE bool sight_of(struct request *rq, struct sight *out, struct err *err);
/* The words of a workspace, whoever asks. */
MUST_USE bool sight_words(struct db *db, struct arena *a, int64_t workspace,
                          const struct mask_words **out, struct err *err);

/* The same text where nothing is masked; at NULL stays so. */
Str sight_text(const struct sight *s, struct arena *a, Str text);
Str sight_text_keeping(const struct sight *s, struct arena *a, Str text, struct mask_span *spans,
                       size_t count);

#endif
