/* reading/lesson.h - what a workspace has to learn from: a sample of its comments, and what people said of their themes.
 *
 * Before anything was read nobody knows which comments are in a language with sentiment: then they are drawn from all, and who reads
 * the sample finds out.
 *
 * Comments of answers that count in figures and that were read in a language with sentiment. At most LESSON_SAMPLE of them, drawn by
 * a hash of their ids: each as likely as another, and the same from night to night but for what came and went. Memory
 * does not grow with the workspace.
 *
 * What people said: corrections (reading/correction.h) that stand, the newest of each author, answer and theme; and what they said of
 * comments drawn at random to check a theme's share, blind to machine and score (insight/share_check.h). An answer that is
 * erased takes its own along.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_LESSON_H
#define READING_LESSON_H

#include "db/db.h"
#include "survey/definition.h"

#define LESSON_SAMPLE  20000
#define LESSON_LABELS  20000 /* the newest corrections */
#define LESSON_CHECKED 50000 /* the newest checks' */

struct lesson_comment {
	int64_t response, person; /* person 0: nobody known */
	int group;                /* enum score_group; -1: no score */
	int64_t input;            /* reading/comments.h, as it was read */
	uint64_t draw;
};

/* Of whether a comment speaks of a theme. */
struct lesson_label {
	int64_t response, theme, author;
	bool is;
	int64_t id; /* rising with time */
};

/* Of how a comment sounds. */
struct lesson_sentiment {
	int64_t response, author;
	int label; /* enum sentiment_label */
	int64_t id;
};

struct lesson {
	struct lesson_comment *sample; /* [count], in the order of their draws */
	size_t count;
	int64_t comments, low, high; /* all that there are; of detractors, of promoters */
	bool unread; /* all comments are meant, and `input` is 0: nothing was read yet */
	struct lesson_label
	    *labels; /* [label_count], by answer and theme, the newest of each first */
	size_t label_count;
	struct lesson_label *checked; /* by answer and theme, who said it first comes first */
	size_t checked_count;
	struct lesson_sentiment *sentiments; /* by answer, the newest first */
	size_t sentiment_count;
};

/* In the arena; `unread`: of a workspace whose comments were not read yet. goes_on (NULL: always) is asked each page; false: *whole is false, and what was found is worth nothing. */
MUST_USE bool lesson_draw(struct db *db, struct arena *a, int64_t workspace, bool unread,
                          bool (*goes_on)(void *context), void *context, struct lesson *out,
                          bool *whole, struct err *err);
/* What people said, alone. */
MUST_USE bool lesson_said(struct db *db, struct arena *a, int64_t workspace, struct lesson *out,
                          struct err *err);
/* Tells lessons apart. Never negative. */
int64_t lesson_sign(const struct lesson *l, int64_t engine, int64_t taxonomy);

#endif
