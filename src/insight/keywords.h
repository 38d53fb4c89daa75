/* insight/keywords.h - the words and phrases that set what one side writes apart from what the other does, and who said so.
 *
 * Sides are those of insight/contrast.h: two periods, two segments, one and all others, promoters and detractors. Read are the
 * KEYWORDS_SAMPLE newest comments of each side that say something, at most, each up to KEYWORDS_BYTES; counted are people, a comment
 * without a person being one of its own. Who writes on both sides is on both. What stands out: text/keywords.h.
 *
 * Nothing is kept: 20,000 comments are read in about .3 s.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_KEYWORDS_H
#define INSIGHT_KEYWORDS_H

#include "insight/contrast.h"
#include "insight/quotes.h"
#include "text/keywords.h"

#define KEYWORDS_SAMPLE 10000
#define KEYWORDS_BYTES  2000
#define KEYWORDS_LIST   20
#define KEYWORDS_QUOTES 12 /* of a side */

struct keywords_side {
	struct nps_sums sums;          /* of all its answers, of whatever group */
	struct cell_left_out left_out; /* none of a rest */
	int64_t comments;              /* that say something */
	int64_t read, people;
	int64_t since; /* when the oldest that was read was written; 0: none was */
};

struct keyword_quote {
	struct quote quote;
	struct mask_span *spans; /* of quote.text: where it is said; in order, none over another */
	size_t span_count;
};

/* A word or phrase that was asked about, whether it sets the sides apart or not. */
struct keyword_said {
	int64_t people[2];
	struct keyword_quote *quotes[2]; /* the newest first */
	size_t quote_count[2];
};

struct keywords_question {
	struct contrast_question sides;
	Str word; /* at NULL: none */
};

struct keywords {
	struct one_part parts[2];
	struct keywords_side sides[2];
	struct keywords_apart apart;
	struct keyword_said said; /* when a word was asked about */
};

/* Everything in the arena. ERR_INVALID at "b" when a comment is on both sides, at "word" for what is no word that says something. */
MUST_USE bool keywords_ask(const struct facts *facts, struct arena *a,
                           const struct keywords_question *q, struct keywords *out,
                           struct err *err);

#endif
