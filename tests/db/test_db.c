/* One connection: what goes in comes out, the same on both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engines.h"
#include "fresh.h"

#define BOTH(text) .sqlite = text, .postgres = text

static enum db_engine engine;
static struct fresh f;
static struct db *db;
static struct arena arena;
static struct err err;

static int make(void **state)
{
	(void)state;
	fresh_make(&f, engine);
	fresh_open(&f);
	return !store_reader_open(f.store, &db, &err);
}

static int drop(void **state)
{
	(void)state;
	store_reader_close(f.store, db);
	arena_free(&arena);
	fresh_remove(&f);
	return 0;
}

static const struct db_stmt insert_brand = {
	.name = "insert_brand",
	BOTH("INSERT INTO brand (workspace_id, id, name, name_folded, colour, logo, created_at, "
	     "updated_at) VALUES ($1, $2, $4, $4, '', $3, 0, 0)"),
};
static const struct db_stmt find_brand = {
	.name = "find_brand",
	BOTH("SELECT id, name, logo, logo_type FROM brand WHERE workspace_id = $1 AND id = $2"),
};
static const struct db_stmt echo = {
	.name = "echo",
	.global = true,
	BOTH("SELECT CAST($1 AS BIGINT), CAST($2 AS DOUBLE PRECISION), CAST($3 AS TEXT), "
	     "CAST($1 AS BIGINT) IS NULL"),
};
static const struct db_stmt delete_brands = {
	.name = "delete_brands",
	BOTH("DELETE FROM brand WHERE workspace_id = $1"),
};

struct brand {
	int64_t id;
	Str name, logo;
};

static bool add_brand(struct db_tx *tx, void *input, struct err *e)
{
	const struct brand *b = input;
	return db_exec(tx->db, &insert_brand,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(b->id),
	                       b->logo.at ? db_arg_blob(b->logo) : db_arg_null(),
	                       db_arg_text(b->name)),
	               NULL, e);
}

static void store_brand(struct brand b)
{
	if (!store_run(f.store, 1, UNIT_INTERACTIVE, add_brand, &b, &err))
		fail_msg("%s", err.msg);
}

static struct brand read_brand(int64_t id)
{
	struct db_rows rows;
	struct brand b = { 0 };
	assert_true(db_query(db, &rows, &find_brand, DB_ARGS(db_arg_i64(1), db_arg_i64(id)), &err));
	assert_int_equal(db_step(&rows, &err), DB_ROW);
	b.id = db_i64(&rows, 0);
	b.name = db_text(&rows, 1, &arena);
	b.logo = db_blob(&rows, 2, &arena);
	assert_true(db_is_null(&rows, 3));
	assert_null(db_text(&rows, 3, &arena).at);
	assert_int_equal(db_step(&rows, &err), DB_DONE);
	assert_int_equal(db_step(&rows, &err), DB_DONE);
	db_rows_close(&rows);
	db_rows_close(&rows);
	return b;
}

static void texts_and_bytes_come_back_as_they_were(void **state)
{
	(void)state;
	char all[256];
	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	store_brand((struct brand){ 1, STR("Größe 日本 🙂 '\"\\$1"), { all, 256 } });
	store_brand((struct brand){ 2, STR(""), STR("") });
	store_brand((struct brand){ 3, STR("no logo"), { 0 } });
	struct brand b = read_brand(1);
	assert_true(str_eq(b.name, STR("Größe 日本 🙂 '\"\\$1")));
	assert_true(str_eq(b.logo, (Str){ all, 256 }));
	b = read_brand(2);
	assert_true(b.name.at && b.name.len == 0);
	assert_true(b.logo.at && b.logo.len == 0);
	assert_null(read_brand(3).logo.at);
}

static void expect_echo(DbArg integer, DbArg real, DbArg text)
{
	struct db_rows rows;
	assert_true(db_query(db, &rows, &echo, DB_ARGS(integer, real, text), &err));
	assert_int_equal(db_step(&rows, &err), DB_ROW);
	assert_int_equal(db_is_null(&rows, 0), integer.type == DB_NULL);
	assert_true(db_i64(&rows, 0) == (integer.type == DB_NULL ? 0 : integer.i64));
	double back = db_real(&rows, 1), expected = real.type == DB_NULL ? 0 : real.real;
	assert_memory_equal(&back, &expected, sizeof back);
	Str t = db_text(&rows, 2, &arena);
	assert_true(text.type == DB_NULL ? !t.at : str_eq(t, text.str));
	db_rows_close(&rows);
}

static void numbers_come_back_exactly(void **state)
{
	(void)state;
	expect_echo(db_arg_i64(INT64_MAX), db_arg_real(0.1), db_arg_text(STR("a")));
	expect_echo(db_arg_i64(INT64_MIN), db_arg_real(-1.7976931348623157e308),
	            db_arg_text(STR("007")));
	expect_echo(db_arg_i64(-1), db_arg_real(5e-324), db_arg_text(STR("")));
	expect_echo(db_arg_null(), db_arg_null(), db_arg_null());
	expect_echo(db_arg_bool(true), db_arg_real(1.0 / 3.0), db_arg_text(STR("1.50")));
}

static void text_that_one_engine_would_refuse_gets_into_neither(void **state)
{
	(void)state;
	static const Str bad[] = { { "a\0b", 3 }, { "\xff", 1 }, { "\xed\xa0\x80", 3 } };
	for (size_t i = 0; i < 3; i++) {
		struct brand b = { 9, bad[i], { 0 } };
		assert_false(store_run(f.store, 1, UNIT_INTERACTIVE, add_brand, &b, &err));
		assert_int_equal(err.kind, ERR_INTERNAL);
	}
}

static void a_reader_cannot_write(void **state)
{
	(void)state;
	store_brand((struct brand){ 1, STR("a"), { 0 } });
	assert_false(db_exec(db, &delete_brands, DB_ARGS(db_arg_i64(1)), NULL, &err));
	assert_int_equal(err.kind, ERR_INTERNAL);
	read_brand(1);
}

static void a_reader_stays_in_its_workspace(void **state)
{
	(void)state;
	struct db_rows rows;
	DbArgs other = DB_ARGS(db_arg_i64(2), db_arg_i64(1));
	db_bind_workspace(db, 1);
	assert_false(db_query(db, &rows, &find_brand, other, &err));
	assert_int_equal(err.kind, ERR_INTERNAL);
	db_rows_close(&rows);
	expect_echo(db_arg_i64(2), db_arg_real(0), db_arg_null()); /* global */
	db_bind_workspace(db, DB_GLOBAL_ONLY);
	assert_false(db_query(db, &rows, &find_brand, other, &err));
	db_bind_workspace(db, 0);
	assert_true(db_query(db, &rows, &find_brand, other, &err));
	db_rows_close(&rows);
}

static void wrong_counts_of_arguments_are_refused(void **state)
{
	(void)state;
	struct db_rows rows;
	assert_false(db_query(db, &rows, &find_brand, DB_ARGS(db_arg_i64(1)), &err));
	assert_int_equal(err.kind, ERR_INTERNAL);
	assert_true(db_read_begin(db, &err));
	db_read_end(db);
}

static void a_read_transaction_sees_one_state(void **state)
{
	(void)state;
	store_brand((struct brand){ 1, STR("a"), { 0 } });
	assert_true(db_read_begin(db, &err));
	read_brand(1);
	store_brand((struct brand){ 2, STR("b"), { 0 } });
	struct db_rows rows;
	assert_true(db_query(db, &rows, &find_brand, DB_ARGS(db_arg_i64(1), db_arg_i64(2)), &err));
	assert_int_equal(db_step(&rows, &err), DB_DONE);
	db_rows_close(&rows);
	struct store_stats stats;
	store_stats(f.store, &stats);
	assert_int_equal(stats.readers_open, 1);
	assert_true(stats.oldest_reader_us > 0);
	db_read_end(db);
	read_brand(2);
	store_stats(f.store, &stats);
	assert_int_equal(stats.oldest_reader_us, 0);
}

static void one_integer_falls_back_when_there_is_no_row(void **state)
{
	(void)state;
	int64_t n = 0;
	assert_true(
	    db_one_i64(db, &find_brand, DB_ARGS(db_arg_i64(1), db_arg_i64(404)), -7, &n, &err));
	assert_int_equal(n, -7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
		TEST(texts_and_bytes_come_back_as_they_were),
		TEST(numbers_come_back_exactly),
		TEST(text_that_one_engine_would_refuse_gets_into_neither),
		TEST(a_reader_cannot_write),
		TEST(a_reader_stays_in_its_workspace),
		TEST(wrong_counts_of_arguments_are_refused),
		TEST(a_read_transaction_sees_one_state),
		TEST(one_integer_falls_back_when_there_is_no_row),
	};
	return ENGINES_RUN("db", engine, tests, NULL, NULL);
}
