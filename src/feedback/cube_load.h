/* feedback/cube_load.h - fills a cube from the tables, and brings it up to the change log.
 *
 * Rows are read after the change that they are read for, never before: whatever a row was when it was read, a later change
 * of it stands in the log behind the cube's rev and has it read again. So a cube whose rev is at least that of every
 * transaction it read from is as the database was at its rev. Either is the writer's alone, and may be called again
 * after it failed: a catch-up goes on, a load begins with a new cube.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_LOAD_H
#define FEEDBACK_CUBE_LOAD_H

#include "db/db.h"
#include "feedback/cube_state.h"

/* Into a new cube, whose wants say what to load. It is to be followed up before it is shown. */
MUST_USE bool cube_load(struct cube *cube, struct db *db, struct err *err);
/* Adds to a loaded cube what it was not loaded with; to be followed up again. */
MUST_USE bool cube_load_more(struct cube *cube, struct db *db, unsigned wants, struct err *err);

/* *fresh: the cube is as the database was at cube->rev. Without it, it is to be loaded anew: the log does not reach back
 * to it, or tells of more than reading everything would cost. *changes counts those that were read. */
MUST_USE bool cube_follow(struct cube *cube, struct db *db, bool *fresh, int64_t *changes,
                          struct err *err);

#endif
