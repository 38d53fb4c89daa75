/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "db/backend.h"

enum db_engine db_engine(const struct db *db)
{
	return db->backend->engine;
}

void db_bind_workspace(struct db *db, int64_t workspace)
{
	db->workspace = workspace;
}

static int gravity(enum err_kind kind)
{
	switch (kind) {
	case ERR_CORRUPT:
		return 5;
	case ERR_IO:
		return 4;
	case ERR_BUSY:
	case ERR_LOADING:
		return 3;
	case ERR_CONFLICT:
		return 2;
	case ERR_NONE:
		return 0;
	case ERR_INVALID:
	case ERR_MALFORMED:
	case ERR_UNAUTHENTICATED:
	case ERR_DENIED:
	case ERR_NOT_FOUND:
	case ERR_GONE:
	case ERR_TOO_LARGE:
	case ERR_TOO_MANY:
	case ERR_INTERNAL:
		break;
	}
	return 1;
}

/* A failure inside a transaction is kept, so that the lane sees it whatever the unit made of it. */
static bool failed(struct db *db, const struct err *err)
{
	if (gravity(err->kind) > gravity(db->fault.kind))
		db->fault = *err;
	if (err->kind == ERR_CORRUPT && db->watch && db->watch->corrupt)
		db->watch->corrupt(db->watch->context, err);
	return false;
}

static bool arg_is_sound(const DbArg *arg)
{
	switch (arg->type) {
	case DB_TEXT:
		return !memchr(arg->str.at ? arg->str.at : "", 0, arg->str.len) &&
		       utf8_is_valid(arg->str);
	case DB_REAL:
		return isfinite(arg->real);
	case DB_NULL:
	case DB_I64:
	case DB_BLOB:
		break;
	}
	return true;
}

/* Defence behind the handlers: no statement leaves its workspace, no text that one engine would keep and another
 * refuse gets in. */
static bool guard(struct db *db, const struct db_stmt *stmt, DbArgs args, struct err *err)
{
	bool own = args.count > 0 && args.at[0].type == DB_I64 && args.at[0].i64 == db->workspace;
	if (!stmt->global && db->workspace != 0 && !own) {
		err_set(err, ERR_INTERNAL,
		        "statement %s does not belong to the workspace of this request",
		        stmt->name);
		return failed(db, err);
	}
	for (size_t i = 0; i < args.count; i++)
		if (!arg_is_sound(&args.at[i])) {
			err_set(err, ERR_INTERNAL,
			        "statement %s: $%zu holds NUL, bad UTF-8 or no finite number",
			        stmt->name, i + 1);
			return failed(db, err);
		}
	if (!db_stmt_text(db, stmt)) {
		err_set(err, ERR_INTERNAL, "statement %s has no text for this engine", stmt->name);
		return failed(db, err);
	}
	return true;
}

/* Readers renew themselves when they stand between two reads. */
static bool renew(struct db *db, struct err *err)
{
	if (!db->watch || db->in_tx || db->open_rows > 0 ||
	    db->generation == atomic_load(&db->watch->generation))
		return true;
	return db_reopen(db, err);
}

static void reading(struct db *db, bool now)
{
	atomic_store_explicit(&db->read_since, now ? clock_monotonic() : 0, memory_order_relaxed);
}

bool db_exec(struct db *db, const struct db_stmt *stmt, DbArgs args, int64_t *changed,
             struct err *err)
{
	int64_t touched = 0;
	if (!guard(db, stmt, args, err) || !renew(db, err))
		return false;
	if (!db->backend->exec(db, stmt, args, &touched, err))
		return failed(db, err);
	db->touched += touched;
	if (changed)
		*changed = touched;
	return true;
}

bool db_query(struct db *db, struct db_rows *rows, const struct db_stmt *stmt, DbArgs args,
              struct err *err)
{
	*rows = (struct db_rows){ .db = db, .row = -1 };
	int64_t touched = 0;
	if (!guard(db, stmt, args, err) || !renew(db, err))
		return false;
	if (!db->backend->query(db, rows, stmt, args, &touched, err))
		return failed(db, err);
	db->touched += touched;
	if (db->open_rows++ == 0 && !db->in_tx)
		reading(db, true);
	return true;
}

enum db_next db_step(struct db_rows *rows, struct err *err)
{
	enum db_next next = rows->db->backend->step(rows, err);
	if (next == DB_FAILED)
		failed(rows->db, err);
	return next;
}

void db_rows_close(struct db_rows *rows)
{
	if (!rows->cursor)
		return;
	struct db *db = rows->db;
	db->backend->rows_close(rows);
	rows->cursor = NULL;
	if (--db->open_rows == 0 && !db->in_tx)
		reading(db, false);
}

bool db_is_null(const struct db_rows *rows, int column)
{
	return rows->db->backend->is_null(rows, column);
}

int64_t db_i64(const struct db_rows *rows, int column)
{
	return rows->db->backend->i64(rows, column);
}

double db_real(const struct db_rows *rows, int column)
{
	return rows->db->backend->real(rows, column);
}

Str db_text(const struct db_rows *rows, int column, struct arena *a)
{
	return rows->db->backend->bytes(rows, column, DB_TEXT, a);
}

Str db_blob(const struct db_rows *rows, int column, struct arena *a)
{
	return rows->db->backend->bytes(rows, column, DB_BLOB, a);
}

Str db_peek(const struct db_rows *rows, int column)
{
	return rows->db->backend->peek(rows, column);
}

static bool begin(struct db *db, enum db_access access, struct err *err)
{
	db->fault = (struct err){ 0 };
	db->touched = 0;
	if (!db->backend->begin(db, access, err))
		return failed(db, err);
	db->in_tx = true;
	return true;
}

bool db_read_begin(struct db *db, struct err *err)
{
	if (!renew(db, err) || !begin(db, DB_READS, err))
		return false;
	reading(db, true);
	return true;
}

void db_read_end(struct db *db)
{
	db_rollback(db);
	reading(db, false);
}

bool db_begin(struct db *db, struct err *err)
{
	return begin(db, DB_WRITES, err);
}

bool db_commit(struct db *db, struct err *err)
{
	db->in_tx = false;
	if (!db->backend->commit(db, err))
		return failed(db, err);
	return true;
}

void db_rollback(struct db *db)
{
	if (db->in_tx)
		db->backend->rollback(db);
	db->in_tx = false;
}

bool db_command(struct db *db, const char *sql, struct err *err)
{
	if (!db->backend->command(db, sql, err))
		return failed(db, err);
	return true;
}

bool db_reopen(struct db *db, struct err *err)
{
	unsigned generation = db->watch ? atomic_load(&db->watch->generation) : 0;
	db->in_tx = false;
	db->fault = (struct err){ 0 };
	if (!db->backend->reopen(db, err))
		return false;
	db->generation = generation;
	return true;
}

bool db_is_sound(const struct db *db)
{
	return db->backend->is_sound(db);
}

void db_close(struct db *db)
{
	if (db)
		db->backend->close(db);
}

bool db_one(struct db *db, const struct db_stmt *stmt, DbArgs args, db_row_fn read, void *out,
            struct arena *a, bool *found, struct err *err)
{
	struct db_rows rows;
	if (!db_query(db, &rows, stmt, args, err))
		return false;
	enum db_next next = db_step(&rows, err);
	bool ok = next == DB_DONE || (next == DB_ROW && read(&rows, out, a, err));
	db_rows_close(&rows);
	if (ok)
		*found = next == DB_ROW;
	return ok;
}

bool db_row_i64(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a, (void)err;
	if (!db_is_null(rows, 0))
		*(int64_t *)out = db_i64(rows, 0);
	return true;
}

bool db_one_i64(struct db *db, const struct db_stmt *stmt, DbArgs args, int64_t fallback,
                int64_t *out, struct err *err)
{
	bool found = false;
	int64_t value = fallback;
	if (!db_one(db, stmt, args, db_row_i64, &value, NULL, &found, err))
		return false;
	*out = value;
	return true;
}
