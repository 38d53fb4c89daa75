/* reading/comments.h - answers' comments as the reader wants them: with the question that was asked, and what is kept of them.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_COMMENTS_H
#define READING_COMMENTS_H

#include "db/db.h"
#include "text/transcript.h"

struct read_comment {
	int64_t response, survey;
	int version;
	int score;          /* SCORE_NONE */
	Str text, language; /* text at NULL: there is none */
	struct transcript_told told;
	Str question; /* of the survey, as it was asked; at NULL: Heed's own wording, which asks for neither good nor bad */
	bool was_kept;
	struct {
		int64_t input, engine, taxonomy;
		Str language;
		int low_effort;
		int sentiment; /* -1: not judged */
		double score;
	} kept;         /* what is kept of it */
	int64_t person; /* 0: nobody known */
};
/* Whose it is: a person's answers belong together, others stand for themselves. */
uint64_t comment_owner(const struct read_comment *c);

/* Those that are there, of `count` answers. */
MUST_USE bool comments_of(struct db *db, struct arena *a, int64_t workspace, const int64_t *ids,
                          size_t count, struct read_comment **out, size_t *found, struct err *err);
/* The next `max` answers before an id, newest first. */
MUST_USE bool comments_before(struct db *db, struct arena *a, int64_t workspace, int64_t before,
                              size_t max, struct read_comment **out, size_t *found,
                              struct err *err);
/* Tells comments apart: what a reading depends on, the languages that are read (0: all) with it. Never negative. */
int64_t comment_input(const struct read_comment *c, unsigned languages);

#endif
