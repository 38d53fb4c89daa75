/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/sqlite.h"

#include <sqlite3.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "db/prepared.h"

#define ARGS_MAX 64

struct sqlite_db {
	struct db base;
	sqlite3 *handle;
	char *path;
	int64_t busy_us;
	struct prepared prepared;
	void (*on_commit)(void *context, int wal_pages);
	void *on_commit_context;
	int64_t wait_began;
	int64_t deadline;
};

/* A prepared statement. `$n` is numbered by SQLite in order of appearance, so its place is looked up by name. */
struct sqlite_stmt {
	sqlite3_stmt *handle;
	int place[ARGS_MAX]; /* of $1.. */
	size_t count;
	bool open;      /* a db_rows uses it */
	bool row_ready; /* stepped to a row that db_step has not given out yet */
	bool ended;
};

static struct sqlite_db *of(struct db *db)
{
	return (struct sqlite_db *)db;
}

static enum err_kind kind_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT:
		return ERR_CONFLICT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT:
		return ERR_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CORRUPT;
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_NOMEM:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
	case SQLITE_AUTH:
	case SQLITE_PROTOCOL:
		return ERR_IO;
	case SQLITE_READONLY:
		return code == SQLITE_READONLY ? ERR_INTERNAL : ERR_IO;
	default:
		return ERR_INTERNAL;
	}
}

static bool set_error(struct sqlite_db *db, int code, const char *what, struct err *err)
{
	enum err_kind kind = kind_of(code);
	if (kind == ERR_BUSY)
		return err_set(err, kind, "the database is locked by another process (%s)", what);
	if (kind == ERR_CORRUPT)
		return err_set(err, kind, "the database file %s is damaged (%s: %s)", db->path,
		               what, sqlite3_errmsg(db->handle));
	if ((code & 0xff) == SQLITE_FULL)
		return err_set(err, kind, "the disk is full (%s)", what);
	if (kind == ERR_IO)
		return err_set(err, kind, "the database file %s cannot be used: %s (%s)", db->path,
		               sqlite3_errstr(code), what);
	return err_set(err, kind, "%s: %s", what, sqlite3_errmsg(db->handle));
}

/* The lock of a writer is held for milliseconds: look often, so that nobody starves behind a bulk import of
 * another process, and give up after busy_us. */
static int wait_for_lock(void *context, int tries)
{
	struct sqlite_db *db = context;
	if (tries == 0)
		db->wait_began = clock_monotonic();
	if (clock_monotonic() - db->wait_began >= db->busy_us)
		return 0;
	usleep(500);
	return 1;
}

/* Statements. */

static void stmt_drop(void *value)
{
	struct sqlite_stmt *s = value;
	sqlite3_finalize(s->handle);
	free(s);
}

static bool stmt_places(struct sqlite_stmt *s, const struct db_stmt *stmt, struct err *err)
{
	int parameters = sqlite3_bind_parameter_count(s->handle);
	for (int i = 1; i <= parameters; i++) {
		const char *name = sqlite3_bind_parameter_name(s->handle, i);
		long n = name && name[0] == '$' ? strtol(name + 1, NULL, 10) : 0;
		if (n < 1 || n > ARGS_MAX)
			return err_set(err, ERR_INTERNAL, "statement %s: bad parameter %s",
			               stmt->name, name ? name : "?");
		s->place[n - 1] = i;
		if ((size_t)n > s->count)
			s->count = (size_t)n;
	}
	return true;
}

static bool stmt_prepare(struct sqlite_db *db, const struct db_stmt *stmt, struct sqlite_stmt **out,
                         struct err *err)
{
	struct sqlite_stmt *s = mem_zeroed(1, sizeof *s);
	int code = sqlite3_prepare_v3(db->handle, stmt->sqlite, -1, SQLITE_PREPARE_PERSISTENT,
	                              &s->handle, NULL);
	if (code != SQLITE_OK)
		set_error(db, code, stmt->name, err);
	if (code != SQLITE_OK || !stmt_places(s, stmt, err)) {
		stmt_drop(s);
		return false;
	}
	prepared_put(&db->prepared, stmt, s);
	*out = s;
	return true;
}

static int bind_bytes(sqlite3_stmt *handle, int place, const DbArg *arg,
                      sqlite3_destructor_type keep)
{
	const char *at = arg->str.at ? arg->str.at : "";
	if (arg->type == DB_BLOB)
		return sqlite3_bind_blob64(handle, place, at, arg->str.len, keep);
	return sqlite3_bind_text64(handle, place, at, arg->str.len, keep, SQLITE_UTF8);
}

static int bind_one(sqlite3_stmt *handle, int place, const DbArg *arg, sqlite3_destructor_type keep)
{
	switch (arg->type) {
	case DB_I64:
		return sqlite3_bind_int64(handle, place, arg->i64);
	case DB_REAL:
		return sqlite3_bind_double(handle, place, arg->real);
	case DB_TEXT:
	case DB_BLOB:
		return bind_bytes(handle, place, arg, keep);
	case DB_NULL:
		break;
	}
	return sqlite3_bind_null(handle, place);
}

/* Finds or prepares the statement and binds its arguments. */
static bool stmt_ready(struct sqlite_db *db, const struct db_stmt *stmt, DbArgs args,
                       sqlite3_destructor_type keep, struct sqlite_stmt **out, struct err *err)
{
	struct sqlite_stmt *s = prepared_find(&db->prepared, stmt);
	if (!s && !stmt_prepare(db, stmt, &s, err))
		return false;
	if (s->open)
		return err_set(err, ERR_INTERNAL, "statement %s is already open on this connection",
		               stmt->name);
	if (s->count != args.count)
		return err_set(err, ERR_INTERNAL, "statement %s takes %zu arguments, not %zu",
		               stmt->name, s->count, args.count);
	for (size_t i = 0; i < args.count; i++) {
		int code =
		    s->place[i] ? bind_one(s->handle, s->place[i], &args.at[i], keep) : SQLITE_OK;
		if (code != SQLITE_OK)
			return set_error(db, code, stmt->name, err);
	}
	*out = s;
	return true;
}

static int64_t rows_touched(struct sqlite_db *db, const struct sqlite_stmt *s)
{
	return sqlite3_stmt_readonly(s->handle) ? 0 : sqlite3_changes64(db->handle);
}

static bool sqlite_exec(struct db *base, const struct db_stmt *stmt, DbArgs args, int64_t *touched,
                        struct err *err)
{
	struct sqlite_db *db = of(base);
	struct sqlite_stmt *s;
	if (!stmt_ready(db, stmt, args, SQLITE_STATIC, &s, err))
		return false;
	int code;
	while ((code = sqlite3_step(s->handle)) == SQLITE_ROW)
		continue;
	bool ok = code == SQLITE_DONE;
	if (ok)
		*touched = rows_touched(db, s);
	else
		set_error(db, code, stmt->name, err);
	sqlite3_reset(s->handle);
	sqlite3_clear_bindings(s->handle);
	return ok;
}

/* Takes the first step too: a statement that writes and returns has then written. */
static bool sqlite_query(struct db *base, struct db_rows *rows, const struct db_stmt *stmt,
                         DbArgs args, int64_t *touched, struct err *err)
{
	struct sqlite_db *db = of(base);
	struct sqlite_stmt *s;
	if (!stmt_ready(db, stmt, args, SQLITE_TRANSIENT, &s, err))
		return false;
	int code = sqlite3_step(s->handle);
	if (code != SQLITE_ROW && code != SQLITE_DONE) {
		set_error(db, code, stmt->name, err);
		sqlite3_reset(s->handle);
		sqlite3_clear_bindings(s->handle);
		return false;
	}
	*touched = rows_touched(db, s);
	s->open = true;
	s->row_ready = code == SQLITE_ROW;
	s->ended = code == SQLITE_DONE;
	rows->cursor = s;
	return true;
}

static enum db_next sqlite_step(struct db_rows *rows, struct err *err)
{
	struct sqlite_stmt *s = rows->cursor;
	int code = s->ended ? SQLITE_DONE : s->row_ready ? SQLITE_ROW : sqlite3_step(s->handle);
	s->row_ready = false;
	if (code == SQLITE_ROW) {
		rows->row++;
		return DB_ROW;
	}
	s->ended = true;
	if (code == SQLITE_DONE)
		return DB_DONE;
	set_error(of(rows->db), code, "reading rows", err);
	return DB_FAILED;
}

static void sqlite_rows_close(struct db_rows *rows)
{
	struct sqlite_stmt *s = rows->cursor;
	sqlite3_reset(s->handle);
	sqlite3_clear_bindings(s->handle);
	s->open = false;
}

static sqlite3_stmt *row_of(const struct db_rows *rows, int column)
{
	const struct sqlite_stmt *s = rows->cursor;
	MUST(column >= 0 && column < sqlite3_data_count(s->handle));
	return s->handle;
}

static bool sqlite_is_null(const struct db_rows *rows, int column)
{
	return sqlite3_column_type(row_of(rows, column), column) == SQLITE_NULL;
}

static int64_t sqlite_i64(const struct db_rows *rows, int column)
{
	return sqlite3_column_int64(row_of(rows, column), column);
}

static double sqlite_real(const struct db_rows *rows, int column)
{
	return sqlite3_column_double(row_of(rows, column), column);
}

static Str sqlite_bytes(const struct db_rows *rows, int column, enum db_type type, struct arena *a)
{
	sqlite3_stmt *s = row_of(rows, column);
	if (sqlite3_column_type(s, column) == SQLITE_NULL)
		return (Str){ 0 };
	const char *at = type == DB_BLOB ? sqlite3_column_blob(s, column)
	                                 : (const char *)sqlite3_column_text(s, column);
	return str_copy(a, (Str){ at, (size_t)sqlite3_column_bytes(s, column) });
}

static Str sqlite_peek(const struct db_rows *rows, int column)
{
	sqlite3_stmt *s = row_of(rows, column);
	const char *at = (const char *)sqlite3_column_text(s, column);
	return (Str){ at, at ? (size_t)sqlite3_column_bytes(s, column) : 0 };
}

/* Transactions. */

static bool sqlite_command(struct db *base, const char *sql, struct err *err)
{
	struct sqlite_db *db = of(base);
	int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	if (code == SQLITE_OK)
		return true;
	char what[48];
	snprintf(what, sizeof what, "%.40s", sql);
	return set_error(db, code, what, err);
}

static bool sqlite_begin(struct db *base, enum db_access access, struct err *err)
{
	return sqlite_command(base, access == DB_WRITES ? "BEGIN IMMEDIATE" : "BEGIN", err);
}

static bool sqlite_is_sound(const struct db *base)
{
	const struct sqlite_db *db = (const struct sqlite_db *)base;
	return db->handle && (!base->in_tx || !sqlite3_get_autocommit(db->handle));
}

static bool sqlite_commit(struct db *base, struct err *err)
{
	struct sqlite_db *db = of(base);
	if (sqlite3_get_autocommit(db->handle))
		return err_set(err, ERR_IO, "the transaction was lost before its commit");
	if (sqlite_command(base, "COMMIT", err))
		return true;
	/* A commit that failed with BUSY leaves the transaction open. */
	if (!sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

/* Of a transaction that SQLite has already rolled back nothing is left to do. */
static void sqlite_rollback(struct db *base)
{
	struct sqlite_db *db = of(base);
	if (db->handle && !sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

/* Opening. */

static bool pragmas(struct sqlite_db *db, struct err *err)
{
	static const char settings[] = "PRAGMA synchronous=FULL;"
				       "PRAGMA foreign_keys=ON;"
				       "PRAGMA secure_delete=ON;"
				       "PRAGMA temp_store=MEMORY;"
				       "PRAGMA trusted_schema=OFF;"
				       "PRAGMA journal_size_limit=67108864;";
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_busy_handler(db->handle, wait_for_lock, db);
	if (!sqlite_command(&db->base, settings, err))
		return false;
	/* Whoever writes walks through many indexes at once: with the usual 2 MiB an import spends its time reading
	 * pages that it has just written. */
	return sqlite_command(&db->base,
	                      db->base.access == DB_WRITES ? "PRAGMA cache_size=-16384"
	                                                   : "PRAGMA query_only=ON",
	                      err);
}

static bool pragma_i64(struct sqlite_db *db, const char *sql, int64_t *out, struct err *err)
{
	sqlite3_stmt *s = NULL;
	int code = sqlite3_prepare_v2(db->handle, sql, -1, &s, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(s);
	if (code == SQLITE_ROW)
		*out = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return code == SQLITE_ROW || set_error(db, code, sql, err);
}

static bool check_identity(struct sqlite_db *db, struct err *err)
{
	int64_t id = 0;
	if (!pragma_i64(db, "PRAGMA application_id", &id, err))
		return false;
	return id == SQLITE_APPLICATION_ID ||
	       err_set(err, ERR_INVALID, "%s is a database of another program", db->path);
}

static int on_wal(void *context, sqlite3 *handle, const char *name, int pages)
{
	(void)handle, (void)name;
	struct sqlite_db *db = context;
	if (db->on_commit)
		db->on_commit(db->on_commit_context, pages);
	return SQLITE_OK;
}

static bool connect_file(struct sqlite_db *db, struct err *err)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	if (access(db->path, F_OK) != 0)
		return err_set(err, ERR_NOT_FOUND, "there is no database %s", db->path);
	int code = sqlite3_open_v2(db->path, &db->handle, flags, NULL);
	if (code != SQLITE_OK)
		return set_error(db, code, "open", err);
	if (!pragmas(db, err) || !check_identity(db, err))
		return false;
	sqlite3_wal_hook(db->handle, on_wal, db);
	return true;
}

static void disconnect(struct sqlite_db *db)
{
	prepared_clear(&db->prepared, stmt_drop);
	sqlite3_close_v2(db->handle);
	db->handle = NULL;
}

static bool sqlite_reopen(struct db *base, struct err *err)
{
	struct sqlite_db *db = of(base);
	disconnect(db);
	if (connect_file(db, err))
		return true;
	disconnect(db);
	return false;
}

static void sqlite_close(struct db *base)
{
	struct sqlite_db *db = of(base);
	disconnect(db);
	free(db->path);
	free(db);
}

static const struct db_backend sqlite_backend = {
	.engine = DB_SQLITE,
	.close = sqlite_close,
	.reopen = sqlite_reopen,
	.is_sound = sqlite_is_sound,
	.exec = sqlite_exec,
	.query = sqlite_query,
	.step = sqlite_step,
	.rows_close = sqlite_rows_close,
	.is_null = sqlite_is_null,
	.i64 = sqlite_i64,
	.real = sqlite_real,
	.bytes = sqlite_bytes,
	.peek = sqlite_peek,
	.command = sqlite_command,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
};

bool sqlite_open(struct db **out, const struct sqlite_options *options, struct err *err)
{
	struct sqlite_db *db = mem_zeroed(1, sizeof *db);
	db->base.backend = &sqlite_backend;
	db->base.access = options->access;
	db->base.watch = options->watch;
	db->base.generation = options->watch ? atomic_load(&options->watch->generation) : 0;
	db->busy_us = options->busy_us;
	db->path = mem_copy(options->path);
	if (!connect_file(db, err)) {
		sqlite_close(&db->base);
		return false;
	}
	*out = &db->base;
	return true;
}

void sqlite_on_commit(struct db *base, void (*fn)(void *context, int wal_pages), void *context)
{
	struct sqlite_db *db = of(base);
	db->on_commit = fn;
	db->on_commit_context = context;
}

bool sqlite_checkpoint(struct db *base, enum sqlite_log how, int64_t wait_us, int *left,
                       struct err *err)
{
	static const int modes[] = {
		[SQLITE_LOG_COPY] = SQLITE_CHECKPOINT_PASSIVE,
		[SQLITE_LOG_RESTART] = SQLITE_CHECKPOINT_RESTART,
		[SQLITE_LOG_EMPTY] = SQLITE_CHECKPOINT_TRUNCATE,
	};
	struct sqlite_db *db = of(base);
	int pages = 0, copied = 0;
	int64_t usual = db->busy_us;
	db->busy_us = wait_us;
	int code = sqlite3_wal_checkpoint_v2(db->handle, NULL, modes[how], &pages, &copied);
	db->busy_us = usual;
	if (code != SQLITE_OK && code != SQLITE_BUSY)
		return set_error(db, code, "checkpoint", err);
	*left = code == SQLITE_BUSY && pages <= copied ? 1 : pages - copied;
	return true;
}

static int is_late(void *context)
{
	const struct sqlite_db *db = context;
	return clock_monotonic() > db->deadline;
}

void sqlite_set_deadline(struct db *base, int64_t monotonic_us)
{
	struct sqlite_db *db = of(base);
	db->deadline = monotonic_us;
	sqlite3_progress_handler(db->handle, 1000, monotonic_us ? is_late : NULL, db);
}

void sqlite_forget_pages(struct db *base)
{
	sqlite3_db_release_memory(of(base)->handle);
}
