/* insight/theme_preview.h - what a change of a theme's words, or joining it with another, would do to the newest comments.
 *
 * Nothing is written. The THEME_PREVIEW_SAMPLE newest comments of answers that count and that say something are looked through
 * with the words as they are and as they would be; that they were read already is asked for, as their language is kept then.
 * Cost: some 20 microseconds a comment, on the caller's thread.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_PREVIEW_H
#define INSIGHT_THEME_PREVIEW_H

#include "insight/quotes.h"
#include "reading/theme.h"

#define THEME_PREVIEW_SAMPLE 2000
#define THEME_PREVIEW_QUOTES 8
#define THEME_PREVIEW_WORDS  200
/* A word in so large a share of the comments tells nothing from anything. */
#define THEME_PREVIEW_WIDE 0.5

struct theme_preview_question {
	Str shipped;   /* the taxonomy that ships */
	int64_t theme; /* 0: a new one */
	Str seeds; /* own words as they would be, checked (theme_seeds_check); at NULL: as they are */
	int64_t joins; /* a theme that would go into it; 0: none */
};

struct theme_preview_quote {
	struct quote quote;
	struct mask_span *spans; /* of quote.text, in order and apart */
	size_t span_count;
};

/* A word of its own. */
struct theme_preview_word {
	uint32_t line; /* of the own words, from 1 */
	Str text;
	size_t comments; /* that have it, whether it counts there or not */
	bool wide;
};

struct theme_preview {
	size_t comments; /* that were looked through */
	bool all;        /* there are no more */
	int64_t oldest_at;
	size_t before, after, gained, lost; /* comments that speak of it */
	struct theme_preview_quote gained_quotes[THEME_PREVIEW_QUOTES],
	    lost_quotes[THEME_PREVIEW_QUOTES];
	size_t gained_quote_count, lost_quote_count; /* the newest, none twice */
	struct theme_preview_word *words;
	size_t word_count;
};

/* ERR_NOT_FOUND: there is no such theme. Quotes are masked (insight/quotes.h). */
MUST_USE bool theme_preview(struct db *db, struct arena *a, int64_t workspace,
                            const struct theme_preview_question *q, struct theme_preview *out,
                            struct err *err);

#endif
