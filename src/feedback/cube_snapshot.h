/* feedback/cube_snapshot.h - a cube at rest: its columns in a file, to be read back many times as fast as the tables are.
 *
 * A snapshot is what a cube knew at its rev; read back, it is followed up from there like one that stayed in memory. It has no
 * traits of persons, and of texts and of ids of persons, accounts and imports only those that some row has: nothing that the
 * tables did not hold at that rev. Whose it is stands in its head: a token (feedback/cube_shelf.h), the workspace, and the
 * program that wrote it, as another one may mean other things by its columns.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_SNAPSHOT_H
#define FEEDBACK_CUBE_SNAPSHOT_H

#include "base/err.h"
#include "base/str.h"
#include "feedback/cube_state.h"

/* What a snapshot is written of: a view, which is held, and what the cube knew beside it. */
struct cube_still {
	const struct cube_view *view;
	size_t merged_count;
	int64_t *merged; /* pairs: a person, and into whom it was merged */
	uint64_t joined;
};

/* By the cube's owner, of the newest view, before the cube changes again. */
void cube_still_take(struct cube_still *out, const struct cube *cube, const struct cube_view *view);
void cube_still_free(struct cube_still *still);

struct cube_snapshot_head {
	int64_t workspace, token, rev;
};

MUST_USE bool cube_snapshot_write(const struct cube_still *still, const char *path, Str program,
                                  int64_t token, struct err *err);
/* Of any snapshot of the program; false: it is none. */
MUST_USE bool cube_snapshot_peek(const char *path, Str program, struct cube_snapshot_head *out);
/* The caller's, with wants 0. NULL: there is none, it is another one, or damaged. */
struct cube *cube_snapshot_read(struct cube_memory *memory, const char *path, Str program,
                                int64_t workspace, int64_t token);

#endif
