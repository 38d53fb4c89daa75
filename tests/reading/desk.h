/* tests/reading/desk.h - a workspace (tests/feedback/ground.h) with a reader that looks when it is told to.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_READING_DESK_H
#define TESTS_READING_DESK_H

#include "../feedback/ground.h"
#include "reading/reader.h"

struct desk {
	struct ground g;
	struct arena files_arena;
	struct analyst_files files;
	struct reader *reader;
};

void desk_make(struct desk *d, enum db_engine engine);
void desk_remove(struct desk *d);
/* Another process's reader, as after a start. */
void desk_restart(struct desk *d);

/* One look; is there more to do? */
bool desk_look(struct desk *d);
void desk_read_all(struct desk *d);

int64_t desk_answer(struct desk *d, int score, const char *comment);
void desk_edit(struct desk *d, int64_t response, int score, const char *comment);

/* One number of an answer's reading, -1: there is none. */
int64_t desk_number(struct desk *d, const struct db_stmt *stmt, int64_t response);
/* The id of a theme. */
int64_t desk_theme(struct desk *d, const char *code);

/* A statement of a test's own: the same text on both engines. */
#define DESK_SQL(stmt, text) \
	static const struct db_stmt stmt = { .name = #stmt, .sqlite = text, .postgres = text }

#endif
