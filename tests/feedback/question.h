/* tests/feedback/question.h - random questions about answers, of all that may be asked, in words that scene.h and history.h use.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FEEDBACK_QUESTION_H
#define TESTS_FEEDBACK_QUESTION_H

#include "feedback/cells.h"

struct question {
	uint64_t random; /* state */
	struct arena *arena;
	const int64_t *ids; /* of answers, ascending: some are asked for by id */
	size_t id_count;
	const int64_t *imports;
	size_t import_count;
	const int64_t *surveys;
	size_t survey_count;
	/* What came out. */
	struct team_scope scope;
	struct answer_filter filter;
	struct cell_question q;
};

struct history;
struct scene;

/* About all that there is; good until the next step, or for as long as the scene. */
struct question question_of_history(struct history *h);
struct question question_of_scene(struct scene *s);

void question_draw(struct question *q);
/* In words, for a failure. */
Str question_text(const struct question *q);

#endif
