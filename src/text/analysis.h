/* text/analysis.h - all that Heed understands of one comment, at once.
 *
 * An analyst is made of the models and lists that ship, and of a taxonomy; it is constant and may be shared by threads, each of
 * which brings a word_reader. What is said of a comment depends on nothing but the analyst and the comment.
 *
 * What may use the answer's score, its question and what the workspace's scores have taught is `shown`; what statistics with the
 * score on one side may use is `blind` and the polarity of themes, which have seen the text and the question alone
 * (text/blind_sentiment.h).
 *
 * A language without lexicon is not analysed, which is another thing than neutral: `covered` is false, and themes are
 * all that is said, where the taxonomy has seeds for it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_ANALYSIS_H
#define TEXT_ANALYSIS_H

#include "text/emotion.h"
#include "text/intent.h"
#include "text/language_id.h"
#include "text/low_effort.h"
#include "text/own_model.h"
#include "text/phrases.h"
#include "text/sentiment.h"
#include "text/themes.h"
#include "text/transcript.h"
#include "text/urgent.h"

#define ANALYSIS_KEYWORDS_MAX 8

/* Bytes of files; at NULL where there is none. `language` is the one that may be missing. */
struct analyst_files {
	Str language, sentiment, emotion, themes;
};

struct analyst;
/* In the arena, as the taxonomy must be. ERR_INVALID: the taxonomy says what is wrong in which line; ERR_CORRUPT: a model is
 * damaged. */
MUST_USE bool analyst_make(struct arena *a, struct word_reader *r,
                           const struct analyst_files *files, const struct analyst **out,
                           struct err *err);
const struct taxonomy *analyst_taxonomy(const struct analyst *n);
/* The seeds of themes, and what was learnt beside them. */
const struct theme_reader *analyst_themes(const struct analyst *n);
/* The same, which reads themes by what was learnt, too; all must outlive it. In the arena. */
const struct analyst *analyst_with_themes(struct arena *a, const struct analyst *n,
                                          const struct theme_model *themes);

struct comment {
	Str text;
	Str question; /* at NULL or empty: none, or an open one */
	struct language_wish wish;
	struct transcript_told transcript; /* of one the customer's turns count alone */
	/* For `shown` alone. */
	float own;                         /* text/own_scores.h; 0: none */
	const struct own_model *own_model; /* adds what it says to `own`; NULL: none */
	uint64_t owner;                    /* for own_model */
	int leaning;                       /* of the score: -1, 0, 1 */
};

/* What it is written in, for who wants nothing else. */
struct language_guess analyst_language(const struct analyst *n, const struct comment *comment);

struct analysis {
	struct words
	    words; /* of a transcript, with spaces for what others said: spans are those of the whole */
	struct transcript transcript;
	struct language_guess language;
	bool covered; /* something is said of sentiment in this language */
	enum low_effort low_effort;
	enum question_leaning question;
	struct sentiment_reading text; /* what the text alone says */
	struct sentiment shown;
	const struct blind_sentiment *blind;
	struct theme_mentions
	    themes;        /* of themes that are on, or of all; none of comments of low effort */
	bool has_emotions; /* else nothing is said of them in this language */
	struct emotions emotions;
	struct intents intents;
	struct urgent urgent;
	struct phrase keywords[ANALYSIS_KEYWORDS_MAX];
	size_t keyword_count;
};

/* Everything in the arena; the texts must outlive it. */
void analyse(const struct analyst *n, struct word_reader *r, struct arena *a,
             const struct comment *comment, struct analysis *out);

/* Of a comment (its text, question and `transcript` count) whose language is known and that is not of low effort: its themes alone, as `analyse` finds them; without
 * `judged` their polarities are 0, at a fraction of the time. */
void analyse_themes(const struct analyst *n, struct word_reader *r, struct arena *a,
                    const struct comment *comment, enum tongue tongue, bool judged,
                    struct theme_mentions *out);

#endif
