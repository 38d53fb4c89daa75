/* feedback/cube_shelf.h - where snapshots of cubes stand (DATA/cubes), and which of them are good.
 *
 * The database says which: a snapshot counts while its token is the one that stands in `cube_snapshot`. The token is written in a
 * transaction of its own when the file is complete, so a database that has it has seen all that the snapshot knows. That holds
 * for a backup, too: restored, it has the token of a snapshot of its own past, or one that no file has. Whoever deletes an answer or
 * a person for good takes the token away in the same transaction (cube_shelf_lose), and no snapshot of an earlier rev gets one
 * afterwards; its file goes with the next cube_shelf_sweep.
 *
 * Files that do not count are of no harm but for what stands in them. One thread of one server puts and sweeps; any may take.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_SHELF_H
#define FEEDBACK_CUBE_SHELF_H

#include "db/unit.h"

struct cube;
struct cube_memory;
struct cube_still;
struct store;

struct cube_shelf {
	const char *folder;  /* NULL: nothing is kept or taken */
	const char *program; /* its version */
};

/* *out NULL: there is no good one. Else it stands at its rev, with wants 0. */
MUST_USE bool cube_shelf_take(const struct cube_shelf *shelf, struct cube_memory *memory,
                              struct db *db, int64_t workspace, struct cube **out, struct err *err);
MUST_USE bool cube_shelf_has(const struct cube_shelf *shelf, struct db *db, int64_t workspace,
                             bool *out, struct err *err);
/* ERR_CONFLICT: something was deleted for good since. */
MUST_USE bool cube_shelf_put(const struct cube_shelf *shelf, struct store *store,
                             const struct cube_still *still, struct err *err);
/* In a unit that deletes answers or persons for good. */
MUST_USE bool cube_shelf_lose(struct db_tx *tx, struct err *err);
/* Removes the files that do not count. The reader is bound to no workspace. */
MUST_USE bool cube_shelf_sweep(const struct cube_shelf *shelf, struct db *db, struct err *err);

#endif
