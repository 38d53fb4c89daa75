/* db/db.h - one connection to the database, whichever engine it is.
 *
 * A connection belongs to one thread at a time. Statements are const rows made from the .sql files by
 * tools/sqlgen.awk; each connection prepares a statement once and keeps it. Codes of SQLite and libpq never
 * leave their adapter: a failure is a struct err with
 *   ERR_CONFLICT  a constraint refused the row
 *   ERR_BUSY      another process holds the database, or the server is restarting: try again
 *   ERR_IO        disk full, read or write failed, connection lost: nothing of this transaction is stored
 *   ERR_CORRUPT   the file is damaged
 *   ERR_INTERNAL  the SQL is wrong (a bug)
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum db_engine { DB_SQLITE, DB_POSTGRES };

/* By convention $1 of a tenant statement is its workspace_id; a statement marked [global] in its .sql file
 * reads or writes only tables without a workspace. */
struct db_stmt {
	const char *name;
	const char *sqlite, *postgres; /* the same pointer unless the .sql file has a split */
	bool global;
};

enum db_type { DB_NULL, DB_I64, DB_REAL, DB_TEXT, DB_BLOB };

typedef struct {
	enum db_type type;
	union {
		int64_t i64;
		double real;
		Str str;
	};
} DbArg;

/* Text is valid UTF-8 without NUL and a real is finite: the edge has checked it. What is not is refused with
 * ERR_INTERNAL, on every engine, before it gets in. Statements and their rows are static. */
static inline DbArg db_arg_null(void)
{
	return (DbArg){ .type = DB_NULL };
}
static inline DbArg db_arg_i64(int64_t v)
{
	return (DbArg){ .type = DB_I64, .i64 = v };
}
static inline DbArg db_arg_bool(bool v)
{
	return (DbArg){ .type = DB_I64, .i64 = v };
}
static inline DbArg db_arg_real(double v)
{
	return (DbArg){ .type = DB_REAL, .real = v };
}
static inline DbArg db_arg_text(Str v)
{
	return (DbArg){ .type = DB_TEXT, .str = v };
}
static inline DbArg db_arg_blob(Str v)
{
	return (DbArg){ .type = DB_BLOB, .str = v };
}
/* NULL when v.at is NULL (text) or v is 0 (id). */
static inline DbArg db_arg_text_or_null(Str v)
{
	return v.at ? db_arg_text(v) : db_arg_null();
}
static inline DbArg db_arg_id_or_null(int64_t v)
{
	return v ? db_arg_i64(v) : db_arg_null();
}

typedef struct {
	const DbArg *at;
	size_t count;
} DbArgs;

#define DB_ARGS(...)                               \
	((DbArgs){ (const DbArg[]){ __VA_ARGS__ }, \
	           sizeof((const DbArg[]){ __VA_ARGS__ }) / sizeof(DbArg) })
#define DB_NO_ARGS ((DbArgs){ NULL, 0 })

struct db;

/* An open result. Zero-initialise or fill by db_query; db_rows_close is safe on both and on a failed query.
 * Only one result of one statement is open on a connection at a time; different statements may nest. */
struct db_rows {
	struct db *db;
	void *cursor; /* the adapter's */
	int row;
};

enum db_next { DB_ROW, DB_DONE, DB_FAILED };

enum db_engine db_engine(const struct db *db);

/* From here on a tenant statement whose $1 is another workspace is refused with ERR_INTERNAL; 0 lifts it,
 * DB_GLOBAL_ONLY refuses every tenant statement. Each request and each unit binds its own. */
#define DB_GLOBAL_ONLY (-1)
void db_bind_workspace(struct db *db, int64_t workspace);

/* Runs a statement that gives no rows; *changed (may be NULL) is how many rows it touched. */
MUST_USE bool db_exec(struct db *db, const struct db_stmt *stmt, DbArgs args, int64_t *changed,
                      struct err *err);
MUST_USE bool db_query(struct db *db, struct db_rows *rows, const struct db_stmt *stmt, DbArgs args,
                       struct err *err);
MUST_USE enum db_next db_step(struct db_rows *rows, struct err *err);
void db_rows_close(struct db_rows *rows);

/* Columns of the current row, numbered from 0. NULL reads as 0, 0.0 and a Str whose `at` is NULL; an empty
 * text has `at` set. Text and blobs are copied into the arena. */
bool db_is_null(const struct db_rows *rows, int column);
int64_t db_i64(const struct db_rows *rows, int column);
double db_real(const struct db_rows *rows, int column);
Str db_text(const struct db_rows *rows, int column, struct arena *a);
Str db_blob(const struct db_rows *rows, int column, struct arena *a);
/* A text where the engine has it, until the next step or close: for loads that read millions of rows. */
Str db_peek(const struct db_rows *rows, int column);

/* Read transactions, for statements that must see one state. Kept under 200 ms. */
MUST_USE bool db_read_begin(struct db *db, struct err *err);
void db_read_end(struct db *db);

/* For the one row (or none) that most look-ups want: fills *found and runs `read` on the row. */
typedef bool (*db_row_fn)(struct db_rows *rows, void *out, struct arena *a, struct err *err);
MUST_USE bool db_one(struct db *db, const struct db_stmt *stmt, DbArgs args, db_row_fn read,
                     void *out, struct arena *a, bool *found, struct err *err);
/* For rows of one integer, of NULL 0: `out` is an int64_t. */
bool db_row_i64(struct db_rows *rows, void *out, struct arena *a, struct err *err);
/* One integer, `fallback` when there is no row or it is NULL. */
MUST_USE bool db_one_i64(struct db *db, const struct db_stmt *stmt, DbArgs args, int64_t fallback,
                         int64_t *out, struct err *err);

#endif
