/* db/backend.h - what an engine gives, for src/db/ alone: rooms see db.h only.
 *
 * An adapter is a const struct of functions over a struct that begins with `struct db`. Its functions fill *err and
 * keep codes of SQLite and libpq to themselves; db.c adds the checks that all engines share.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_BACKEND_H
#define DB_BACKEND_H

#include <stdatomic.h>

#include "db/db.h"

enum db_access { DB_READS, DB_WRITES };

struct db_backend {
	enum db_engine engine;
	void (*close)(struct db *db);
	/* The same connection anew, its statements forgotten: after a failed commit or a lost server. */
	bool (*reopen)(struct db *db, struct err *err);
	/* False when the connection is lost or a transaction that was begun is gone. */
	bool (*is_sound)(const struct db *db);
	/* `touched` is how many rows a statement that writes has changed, 0 for one that reads. */
	bool (*exec)(struct db *db, const struct db_stmt *stmt, DbArgs args, int64_t *touched,
	             struct err *err);
	bool (*query)(struct db *db, struct db_rows *rows, const struct db_stmt *stmt, DbArgs args,
	              int64_t *touched, struct err *err);
	enum db_next (*step)(struct db_rows *rows, struct err *err);
	void (*rows_close)(struct db_rows *rows);
	bool (*is_null)(const struct db_rows *rows, int column);
	int64_t (*i64)(const struct db_rows *rows, int column);
	double (*real)(const struct db_rows *rows, int column);
	Str (*bytes)(const struct db_rows *rows, int column, enum db_type type, struct arena *a);
	Str (*peek)(const struct db_rows *rows, int column);
	/* One command without parameters and rows: DDL, transaction control. */
	bool (*command)(struct db *db, const char *sql, struct err *err);
	bool (*begin)(struct db *db, enum db_access access, struct err *err);
	bool (*commit)(struct db *db, struct err *err);
	void (*rollback)(struct db *db);
};

/* What connections of one store share. Both may be NULL. */
struct db_watch {
	_Atomic unsigned generation; /* counts up when every connection is to be made anew */
	void (*corrupt)(void *context, const struct err *err); /* any thread: a page was damaged */
	void *context;
};

struct db {
	const struct db_backend *backend;
	enum db_access access;
	struct db_watch *watch;
	unsigned generation;
	int64_t workspace; /* bound; 0: any */
	bool in_tx;        /* db_begin or db_read_begin ran */
	int open_rows;     /* results that are open */
	int64_t touched;   /* rows changed since db_begin */
	struct err fault;  /* the gravest failure since db_begin, even one a unit swallowed */
	_Atomic int64_t read_since; /* clock_monotonic of the oldest open read, 0: none */
	struct db *next;            /* the store's list of readers */
};

/* Opens; see sqlite.h and postgres.h. Transactions of writers, for lanes and migrations only. */
MUST_USE bool db_begin(struct db *db, struct err *err);
/* On false nothing is known: the transaction may or may not be stored. */
MUST_USE bool db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);
MUST_USE bool db_command(struct db *db, const char *sql, struct err *err);
MUST_USE bool db_reopen(struct db *db, struct err *err);
bool db_is_sound(const struct db *db);
void db_close(struct db *db); /* NULL is fine */

static inline const char *db_stmt_text(const struct db *db, const struct db_stmt *stmt)
{
	return db->backend->engine == DB_SQLITE ? stmt->sqlite : stmt->postgres;
}

#endif
