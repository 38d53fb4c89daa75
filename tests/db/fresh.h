/* tests/db/fresh.h - a data directory and a database of its own for each test, on either engine.
 *
 * On PostgreSQL (HEED_TEST_POSTGRES: the conninfo of a server where databases may be made) the database is dropped at
 * the end. The tests write rows of the table touchpoint, whose codes are unique in a workspace.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_DB_FRESH_H
#define TESTS_DB_FRESH_H

#include "base/clock.h"
#include "db/store.h"

struct fresh {
	char dir[64];
	char database[512]; /* "": SQLite */
	struct clock clock;
	struct store *store; /* of fresh_open */
};

bool fresh_has_postgres(void);
void fresh_make(struct fresh *f, enum db_engine engine);
void fresh_remove(struct fresh *f); /* closes the store too */
/* With the program's own migrations; the caller may change it before store_open. */
struct store_config fresh_config(struct fresh *f, enum store_purpose purpose);
/* Opens for serving or fails the test. */
struct store *fresh_open(struct fresh *f);
void fresh_close(struct fresh *f);

/* Units: input is a struct touch. */
struct touch {
	struct unit unit; /* for those who submit */
	int64_t workspace, id;
	char code[32];
	int position;
};
/* Refuses with ERR_CONFLICT, before it writes, a code that is there. */
bool touch_add(struct db_tx *tx, void *input, struct err *err);
/* Does not look: the constraint has to. */
bool touch_add_blindly(struct db_tx *tx, void *input, struct err *err);
bool touch_add_now(struct store *store, int64_t workspace, const char *code, struct err *err);
int64_t touch_count(struct store *store, int64_t workspace); /* -1: the read failed */

#endif
