/* insight/theme_quotes.h - what people say of a theme in their own words, the most typical first, with what speaks of it marked.
 *
 * Chosen among the THEME_QUOTES_AMONG newest comments that the filter takes (text/typical.h). Without what tells who they are
 * (feedback/mask.h).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_QUOTES_H
#define INSIGHT_THEME_QUOTES_H

#include "feedback/understood.h"
#include "insight/quotes.h"

#define THEME_QUOTES_AMONG 200
#define THEME_QUOTES_MAX   24

struct theme_quote {
	struct quote quote;
	unsigned sayings;        /* bits 1 << enum theme_saying, of the text alone */
	struct mask_span *spans; /* of quote.text, in order, not empty, none over another */
	size_t span_count;
};

struct theme_quotes_question {
	const struct team_scope *scope;
	const struct answer_filter *filter; /* already of one part */
	int64_t theme;
	Str code;
	unsigned groups; /* bits 1 << enum score_group; 0: any */
	enum theme_saying saying;
};

MUST_USE bool theme_quotes_find(struct db *db, struct arena *a, int64_t workspace,
                                const struct theme_quotes_question *q, struct theme_quote **out,
                                size_t *count, struct err *err);

#endif
