/* insight/file_comments.h - the comments of a file, with the scores and questions beside them.
 *
 * For files of any origin: reviews with stars, a survey with 0 to 10, plain sentences. Which column holds the comment is what
 * the user says, else what its header says, else the one with the longest texts; a score is only what was said or what a
 * header calls one. A score may be any number, "4.5" too; its scale is what the
 * user says, else 1-5 where nothing is above 5 and nothing is 0, else 0-10. Without a header row, which insight/file_header.h
 * finds unless the user says that there is none, the columns are "column 1" and so on.
 *
 * Every row of data is in the list. One that cannot be read says why; bytes that are no text are read as U+FFFD.
 * Exports of other tools are known by their headers, as feedback/import_presets.h has them.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_FILE_COMMENTS_H
#define INSIGHT_FILE_COMMENTS_H

#include "feedback/import_score.h"
#include "feedback/import_speakers.h"
#include "insight/file_header.h"
#include "base/arena.h"

struct import_source;

/* At NULL: not said. Columns by header or number. */
struct file_comment_wishes {
	Str text, score, question;
	enum score_scale scale;
	bool no_header;
};

/* Low to high: 0-6, 7-8, 9-10 of ten; 1-2, 3, 4-5 of five, halves go down. */
enum comment_group {
	COMMENT_LOW,
	COMMENT_MIDDLE,
	COMMENT_HIGH,
	COMMENT_GROUPS,
	COMMENT_NO_GROUP = COMMENT_GROUPS
};

struct file_comment {
	size_t line; /* of the file, the first is 1 */
	Str text, question;
	double score; /* NAN: none */
	enum comment_group group;
	Str left_out;    /* why nothing is said of the row; at NULL: it counts */
	bool unreadable; /* that is why */
};

struct file_comments {
	Str text_column, score_column, question_column; /* headers; at NULL: there is none */
	enum score_scale scale; /* SCALE_0_10 or SCALE_1_5; SCALE_UNSAID without scores */
	const struct import_speakers *speakers; /* of the column of texts */
	struct file_comment *at;                /* in the file's order, those without text too */
	size_t count;
	size_t with_text, with_score;
	size_t left_out, unreadable; /* rows; those that cannot be read are among the first */
	const struct file_comment *first_left_out;
	size_t mended, first_mended_line; /* rows with U+FFFD in them */
	enum file_header header;
	size_t
	    bad_scores; /* cells that are no number of the scale; the comment is read all the same */
};

/* All in the arena. ERR_INVALID says which columns there are. */
MUST_USE bool file_comments_read(struct import_source *source,
                                 const struct file_comment_wishes *wishes, struct arena *a,
                                 struct file_comments *out, struct err *err);

#endif
