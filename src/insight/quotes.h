/* insight/quotes.h - what people said, in their own words, without what tells who they are (feedback/mask.h).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_QUOTES_H
#define INSIGHT_QUOTES_H

#include "feedback/filter.h"
#include "feedback/mask.h"
#include "feedback/response.h"

#define QUOTES_MAX 12 /* of a group */

struct quote {
	int64_t id, survey_id; /* id 0: there is none */
	int score;
	int64_t at; /* submitted */
	Str text;   /* masked */
};

/* The comment of one answer. id 0: whose it is was deleted meanwhile, so no one knows which name to mask, and it goes too. */
MUST_USE bool quote_of(struct db *db, struct arena *a, const struct response *r, struct quote *out,
                       struct err *err);

/* The same; spans of the comment become spans of what is shown. */
MUST_USE bool quote_keeping(struct db *db, struct arena *a, const struct response *r,
                            struct mask_span *spans, size_t count, struct quote *out,
                            struct err *err);

/* The newest of a group (1 << enum score_group) that the filter takes, of answers that count and have a comment. */
MUST_USE bool quotes_newest(struct db *db, struct arena *a, int64_t workspace,
                            const struct team_scope *scope, const struct answer_filter *filter,
                            unsigned group, struct quote **out, size_t *count, struct err *err);

#endif
