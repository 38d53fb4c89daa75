/* db/copy.h - every row of every table of ours from one database into another, whatever their engines.
 *
 * The tables and columns are those that this program's own migrations make, read from a database that they have
 * just made: what else a source holds is never looked at, so a hostile file can neither bring tables nor run anything. Rows go
 * in pages in the order of their keys. Texts are checked to be UTF-8 without NUL on the way.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_COPY_H
#define DB_COPY_H

#include "db/migrate.h"

#define COPY_COLUMNS_MAX 64

struct copy_column {
	Str name;
	enum db_type type; /* DB_I64, DB_REAL, DB_TEXT or DB_BLOB */
};

/* Statements are made once from the names of our own migrations. */
struct copy_table {
	Str name;
	struct copy_column
	    columns[COPY_COLUMNS_MAX]; /* those of the primary key first, in its order */
	size_t column_count, key_count;
	struct db_stmt first_page, next_page, insert, clear;
};

struct copy_schema {
	struct copy_table *tables; /* parents before children */
	size_t count;
};

/* A fresh SQLite database at `path` with the schema that `from` has, opened for writing. ERR_INVALID when `from` is empty,
 * ERR_CONFLICT when its schema is newer than the last migration. */
MUST_USE bool copy_make_like(struct db *from, const struct migration *all, size_t count,
                             const char *path, int64_t now, struct db **out, struct err *err);

/* The schema of a SQLite database that our own migrations have just made. Lives in the arena, which must outlive the
 * connections that copy by it. */
MUST_USE bool copy_schema(struct db *made, struct arena *a, struct copy_schema *out,
                          struct err *err);

typedef void (*copy_progress_fn)(void *context, Str table, int64_t rows);

/* Inside transactions of the caller's on both sides. `progress` may be NULL. */
MUST_USE bool copy_rows(struct db *from, struct db *to, const struct copy_schema *schema,
                        copy_progress_fn progress, void *context, int64_t *rows, struct err *err);
/* Removes every row of every table, children first: inside a transaction. */
MUST_USE bool copy_clear(struct db *db, const struct copy_schema *schema, struct err *err);

#endif
