/* tests/feedback/ground.h - a workspace with a brand, a journey, a link key and a live survey, on a store of its own.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FEEDBACK_GROUND_H
#define TESTS_FEEDBACK_GROUND_H

#include "../db/fresh.h"
#include "feedback/capture.h"
#include "survey/survey.h"

#define GROUND_NOW INT64_C(1772359200000000) /* 2026-03-01T10:00:00Z */

struct ground {
	struct fresh fresh;
	struct store *store;
	struct db *db; /* a reader for the test's own look-ups */
	struct arena arena;
	int64_t workspace;
	struct survey survey; /* slug "all", live, definition "{}" */
};

/* The test's clock stands at GROUND_NOW until ground_wait. */
void ground_make(struct ground *g, enum db_engine engine);
void ground_remove(struct ground *g);
void ground_wait(struct ground *g, int64_t microseconds);

/* Runs a unit in the workspace and fails the test when it is refused. */
void ground_run(struct ground *g, unit_fn apply, void *input);
bool ground_try(struct ground *g, unit_fn apply, void *input, struct err *err);
/* A survey from JSON of its definition ("{}"). */
struct survey ground_survey(struct ground *g, const char *slug, const char *definition);
/* An invitation of nobody to the survey "all", good for 90 days. */
int64_t ground_invite(struct ground *g);

/* An input that gives this score (or SCORE_NONE) and comment (or NULL) to the survey "all". */
struct capture_input ground_answer(struct ground *g, int score, const char *comment);
/* capture_check and capture_apply. */
bool ground_capture(struct ground *g, struct capture_input *in, struct err *err);
/* The same, and a refusal fails the test. */
struct response ground_take(struct ground *g, struct capture_input *in);
struct response ground_read(struct ground *g, int64_t response);
/* A complete answer of any time as a row, for response_insert: no door dates back. */
struct response ground_row(struct db_tx *tx, int64_t survey, int64_t at, int score);
/* Rows of a table of the workspace: GROUND_COUNTS(notes, "response_note"); ... ground_count(&g, &notes). */
int64_t ground_count(struct ground *g, const struct db_stmt *stmt);
#define GROUND_COUNTS(stmt, table)                                                    \
	static const struct db_stmt stmt = {                                          \
		.name = "test_count_" table,                                          \
		.sqlite = "SELECT COUNT(*) FROM " table " WHERE workspace_id = $1",   \
		.postgres = "SELECT COUNT(*) FROM " table " WHERE workspace_id = $1", \
	}
/* How many units the store has run. */
int64_t ground_units(struct ground *g);

#endif
