/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/migrate.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "db/backend.h"
#include "db/migrate.sql.h"

#define STATEMENT_MAX (256 * 1024)

/* FNV-1a over the texts of both engines: finds an edited migration, not an attacker. */
static void checksum_of(const struct migration *m, char out[static 17])
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < m->count; i++) {
		const char *texts[] = { m->statements[i].sqlite, m->statements[i].postgres };
		for (size_t t = 0; t < 2; t++)
			for (const char *c = texts[t] ? texts[t] : ""; *c; c++)
				hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	}
	snprintf(out, 17, "%016" PRIx64, hash);
}

static const struct migration *find(const struct migration *all, size_t count, int64_t number)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].number == number)
			return &all[i];
	return NULL;
}

/* An applied migration must be one of ours, unchanged. */
static bool check_row(struct db_rows *rows, const struct migration *all, size_t count,
                      struct err *err)
{
	struct arena a = { 0 };
	char expected[17];
	int64_t number = db_i64(rows, 0);
	Str name = db_text(rows, 1, &a), checksum = db_text(rows, 2, &a);
	const struct migration *m = find(all, count, number);
	if (m)
		checksum_of(m, expected);
	bool ok = m && str_eq(checksum, str_of(expected));
	if (!ok)
		err_set(err, ERR_CONFLICT,
		        "schema %" PRId64 " (%.*s) of the database is not the one of "
		        "this program: use the version that made it",
		        number, STR_FMT(name));
	arena_free(&a);
	return ok;
}

static bool read_applied(struct db *db, const struct migration *all, size_t count, int64_t *applied,
                         struct err *err)
{
	struct db_rows rows;
	int64_t known = count ? all[count - 1].number : 0;
	if (!db_query(db, &rows, &sql_migrate_version_list, DB_NO_ARGS, err))
		return false;
	enum db_next next;
	bool ok = true;
	while (ok && (next = db_step(&rows, err)) == DB_ROW) {
		*applied = db_i64(&rows, 0);
		ok = *applied > known || check_row(&rows, all, count, err);
	}
	db_rows_close(&rows);
	if (!ok || next != DB_DONE)
		return false;
	return *applied <= known ||
	       err_set(err, ERR_CONFLICT,
	               "the database was made by a newer Heed (its schema is %" PRId64
	               ", this program knows %" PRId64 "): use that version, or restore a backup "
	               "of before it was brought up to date",
	               *applied, known);
}

bool migrate_state(struct db *db, const struct migration *all, size_t count,
                   struct migration_state *out, struct err *err)
{
	int64_t exists;
	struct migration_state state = { .newest = count ? all[count - 1].number : 0 };
	if (!db_one_i64(db, &sql_migrate_version_exists, DB_NO_ARGS, 0, &exists, err))
		return false;
	if (exists && !read_applied(db, all, count, &state.applied, err))
		return false;
	*out = state;
	return true;
}

/* SQLite keeps rows in their primary key's order when told so; elsewhere that is no SQL. */
static bool run_ddl(struct db *db, const struct db_stmt *stmt, struct err *err)
{
	struct buf sql;
	Str text = str_of(db_stmt_text(db, stmt));
	if (text.len == 0)
		return true;
	buf_init(&sql, STATEMENT_MAX);
	buf_add(&sql, text);
	if (db_engine(db) == DB_SQLITE && str_starts(text, STR("CREATE TABLE")))
		buf_add(&sql, STR(" WITHOUT ROWID"));
	bool ok = buf_add_char(&sql, '\0') && !sql.overflowed;
	if (!ok)
		err_set(err, ERR_INTERNAL, "too long");
	ok = ok && db_command(db, sql.at, err);
	buf_free(&sql);
	return ok || err_prefix(err, "schema change %s", stmt->name);
}

static bool apply(struct db *db, const struct migration *m, int64_t now, struct err *err)
{
	char checksum[17];
	checksum_of(m, checksum);
	for (size_t i = 0; i < m->count; i++)
		if (!run_ddl(db, &m->statements[i], err))
			return false;
	return db_exec(db, &sql_migrate_version_insert,
	               DB_ARGS(db_arg_i64(m->number), db_arg_text(str_of(m->name)),
	                       db_arg_text(str_of(checksum)), db_arg_i64(now)),
	               NULL, err);
}

/* The next pending migration in a transaction of its own. Another process may have come first: the state is read
 * again inside. */
static bool step(struct db *db, const struct migration *all, size_t count, int64_t now, bool *more,
                 struct err *err)
{
	struct migration_state state;
	if (!db_begin(db, err))
		return false;
	bool ok = run_ddl(db, &sql_migrate_version_make, err) &&
	          (db_engine(db) != DB_POSTGRES ||
	           db_command(db, sql_migrate_take_turns.postgres, err)) &&
	          migrate_state(db, all, count, &state, err);
	const struct migration *next = NULL;
	for (size_t i = 0; ok && !next && i < count; i++)
		if (all[i].number > state.applied)
			next = &all[i];
	ok = ok && (!next || apply(db, next, now, err));
	if (!ok) {
		db_rollback(db);
		return false;
	}
	*more = next && next->number < all[count - 1].number;
	return db_commit(db, err);
}

bool migrate_run(struct db *db, const struct migration *all, size_t count, int64_t now,
                 bool (*before)(void *context, struct err *err), void *context, struct err *err)
{
	struct migration_state state;
	if (!migrate_state(db, all, count, &state, err))
		return false;
	if (state.applied == state.newest)
		return true;
	if (state.applied > 0 && before && !before(context, err))
		return false;
	bool more = true;
	while (more)
		if (!step(db, all, count, now, &more, err))
			return false;
	return true;
}
