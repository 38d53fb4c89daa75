/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/copy.h"

#include <string.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/utf8.h"
#include "db/copy.sql.h"
#include "db/sqlite.h"

#define PAGE_ROWS 500
#define PAGE_TEXT "500"
#define SQL_MAX   16384

/* The statements are joined from names that stand in our own migrations; nothing of a user's or a file's is ever
 * part of them. */
struct sql {
	struct buf text;
};

static void add(struct sql *sql, const char *text)
{
	MUST(buf_add(&sql->text, str_of(text)));
}

static void add_names(struct sql *sql, const struct copy_table *t, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		add(sql, i ? ", " : "");
		MUST(buf_add(&sql->text, t->columns[i].name));
	}
}

static void add_numbers(struct sql *sql, size_t count)
{
	for (size_t i = 0; i < count; i++)
		MUST(buf_printf(&sql->text, "%s$%zu", i ? ", " : "", i + 1));
}

static struct db_stmt statement(struct arena *a, struct sql *sql, const char *name)
{
	const char *text = str_copy_c(a, buf_str(&sql->text));
	buf_clear(&sql->text);
	return (struct db_stmt){ .name = name, .sqlite = text, .postgres = text, .global = true };
}

static void add_page(struct sql *sql, const struct copy_table *t, bool after)
{
	add(sql, "SELECT ");
	add_names(sql, t, t->column_count);
	add(sql, " FROM ");
	MUST(buf_add(&sql->text, t->name));
	if (after) {
		add(sql, " WHERE (");
		add_names(sql, t, t->key_count);
		add(sql, ") > (");
		add_numbers(sql, t->key_count);
		add(sql, ")");
	}
	add(sql, " ORDER BY ");
	add_names(sql, t, t->key_count);
	add(sql, " LIMIT " PAGE_TEXT);
}

static void make_statements(struct arena *a, struct copy_table *t)
{
	struct sql sql;
	buf_init(&sql.text, SQL_MAX);
	add_page(&sql, t, false);
	t->first_page = statement(a, &sql, "copy_first_page");
	add_page(&sql, t, true);
	t->next_page = statement(a, &sql, "copy_next_page");
	add(&sql, "INSERT INTO ");
	MUST(buf_add(&sql.text, t->name));
	add(&sql, " (");
	add_names(&sql, t, t->column_count);
	add(&sql, ") VALUES (");
	add_numbers(&sql, t->column_count);
	add(&sql, ")");
	t->insert = statement(a, &sql, "copy_insert");
	add(&sql, "DELETE FROM ");
	MUST(buf_add(&sql.text, t->name));
	t->clear = statement(a, &sql, "copy_clear");
	buf_free(&sql.text);
}

static enum db_type type_of(Str declared)
{
	if (str_eq(declared, STR("BYTEA")))
		return DB_BLOB;
	if (str_eq(declared, STR("TEXT")))
		return DB_TEXT;
	if (str_eq(declared, STR("DOUBLE PRECISION")))
		return DB_REAL;
	return DB_I64;
}

static bool read_columns(struct db *db, struct arena *a, struct copy_table *t, struct err *err)
{
	struct db_rows rows;
	if (!db_query(db, &rows, &sql_copy_columns, DB_ARGS(db_arg_text(t->name)), err))
		return false;
	enum db_next next;
	while ((next = db_step(&rows, err)) == DB_ROW) {
		MUST(t->column_count < COPY_COLUMNS_MAX);
		struct copy_column *column = &t->columns[t->column_count++];
		column->name = db_text(&rows, 0, a);
		column->type = type_of(db_text(&rows, 1, a));
		t->key_count += db_i64(&rows, 2) > 0;
	}
	db_rows_close(&rows);
	MUST(next == DB_FAILED || t->key_count > 0);
	return next != DB_FAILED;
}

bool copy_schema(struct db *db, struct arena *a, struct copy_schema *out, struct err *err)
{
	enum { TABLES_MAX = 128 };
	struct db_rows rows;
	*out = (struct copy_schema){ 0 };
	out->tables = ARENA_ARRAY(a, struct copy_table, TABLES_MAX);
	if (!db_query(db, &rows, &sql_copy_tables, DB_NO_ARGS, err))
		return false;
	enum db_next next;
	while ((next = db_step(&rows, err)) == DB_ROW) {
		MUST(out->count < TABLES_MAX);
		out->tables[out->count++].name = db_text(&rows, 0, a);
	}
	db_rows_close(&rows);
	for (size_t i = 0; next != DB_FAILED && i < out->count; i++) {
		if (!read_columns(db, a, &out->tables[i], err))
			return false;
		make_statements(a, &out->tables[i]);
	}
	return next != DB_FAILED;
}

static bool read_value(struct db_rows *rows, int column, enum db_type type, struct arena *a,
                       DbArg *out)
{
	if (db_is_null(rows, column)) {
		*out = db_arg_null();
		return true;
	}
	switch (type) {
	case DB_I64:
		*out = db_arg_i64(db_i64(rows, column));
		return true;
	case DB_REAL:
		*out = db_arg_real(db_real(rows, column));
		return true;
	case DB_BLOB:
		*out = db_arg_blob(db_blob(rows, column, a));
		return true;
	case DB_TEXT:
		*out = db_arg_text(db_text(rows, column, a));
		return utf8_is_valid(out->str) && str_find_char(out->str, '\0', 0) == SIZE_MAX;
	case DB_NULL:
		break;
	}
	UNREACHABLE();
}

/* Copies what the open page holds; `last` keeps the key of its last row. */
static bool copy_page(struct db_rows *rows, struct db *to, const struct copy_table *t,
                      struct arena *a, DbArg *last, size_t *copied, struct err *err)
{
	enum db_next next;
	*copied = 0;
	while ((next = db_step(rows, err)) == DB_ROW) {
		DbArg *values = ARENA_ARRAY(a, DbArg, t->column_count);
		for (size_t i = 0; i < t->column_count; i++)
			if (!read_value(rows, (int)i, t->columns[i].type, a, &values[i]))
				return err_set(err, ERR_CORRUPT,
				               "table %.*s, column %.*s: a text is not UTF-8",
				               STR_FMT(t->name), STR_FMT(t->columns[i].name));
		if (!db_exec(to, &t->insert, (DbArgs){ values, t->column_count }, NULL, err))
			return err_prefix(err, "table %.*s", STR_FMT(t->name));
		memcpy(last, values, t->key_count * sizeof *last);
		(*copied)++;
	}
	return next != DB_FAILED;
}

static bool copy_table(struct db *from, struct db *to, const struct copy_table *t, int64_t *rows,
                       struct err *err)
{
	struct arena pages[2] = { { 0 }, { 0 } }; /* the key of the page before is still needed */
	DbArg last[COPY_COLUMNS_MAX];
	size_t copied = PAGE_ROWS;
	bool ok = true;
	for (size_t page = 0; ok && copied == PAGE_ROWS; page++) {
		struct db_rows open;
		DbArgs key = page ? (DbArgs){ last, t->key_count } : DB_NO_ARGS;
		ok = db_query(from, &open, page ? &t->next_page : &t->first_page, key, err);
		if (!ok)
			break;
		struct arena *a = &pages[page % 2];
		arena_free(a);
		ok = copy_page(&open, to, t, a, last, &copied, err);
		db_rows_close(&open);
		*rows += (int64_t)copied;
	}
	arena_free(&pages[0]);
	arena_free(&pages[1]);
	return ok;
}

bool copy_rows(struct db *from, struct db *to, const struct copy_schema *schema,
               copy_progress_fn progress, void *context, int64_t *rows, struct err *err)
{
	int64_t total = 0;
	for (size_t i = 0; i < schema->count; i++) {
		const struct copy_table *t = &schema->tables[i];
		if (!copy_table(from, to, t, &total, err))
			return false;
		if (progress)
			progress(context, t->name, total);
	}
	*rows = total;
	return true;
}

bool copy_clear(struct db *db, const struct copy_schema *schema, struct err *err)
{
	for (size_t i = schema->count; i-- > 0;)
		if (!db_exec(db, &schema->tables[i].clear, DB_NO_ARGS, NULL, err))
			return false;
	return true;
}

/* How many of the migrations a database of schema `applied` has had. */
static size_t migrations_up_to(const struct migration *all, size_t count, int64_t applied)
{
	size_t n = 0;
	while (n < count && all[n].number <= applied)
		n++;
	return n;
}

bool copy_make_like(struct db *from, const struct migration *all, size_t count, const char *path,
                    int64_t now, struct db **out, struct err *err)
{
	struct migration_state state;
	struct sqlite_options options = { .path = path, .access = DB_WRITES };
	struct db *made;
	if (!migrate_state(from, all, count, &state, err))
		return false;
	if (state.applied == 0)
		return err_set(err, ERR_INVALID, "it holds no data of Heed's");
	if (!sqlite_create(path, err) || !sqlite_open(&made, &options, err))
		return false;
	size_t had = migrations_up_to(all, count, state.applied);
	if (!migrate_run(made, all, had, now, NULL, NULL, err)) {
		db_close(made);
		return false;
	}
	*out = made;
	return true;
}
