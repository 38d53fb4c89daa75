/* db/migrate.h - numbered, forward-only schema changes.
 *
 * A migration is a list of DDL statements, run one by one, each idempotent (IF NOT EXISTS), in one transaction with its
 * row in schema_version (number, name, checksum of the text, applied at). A database whose newest number this
 * program does not know is refused: "made by a newer Heed".
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

struct migration {
	int64_t number;
	const char *name;
	const struct db_stmt *statements;
	size_t count;
};

struct migration_state {
	int64_t applied, newest; /* highest number in the database (0: empty), in this program */
};

MUST_USE bool migrate_state(struct db *db, const struct migration *all, size_t count,
                            struct migration_state *out, struct err *err);
/* Brings the database to the newest schema. `before` (may be NULL) runs first when applied > 0 and
 * something is pending. */
MUST_USE bool migrate_run(struct db *db, const struct migration *all, size_t count, int64_t now,
                          bool (*before)(void *context, struct err *err), void *context,
                          struct err *err);

#endif
