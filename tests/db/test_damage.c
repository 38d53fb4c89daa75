/* A SQLite file that something has written into, and other files that cannot be trusted. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/store.h"

#include <fcntl.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fresh.h"

#define PAGE 4096

static struct fresh f;
static struct err err;

static bool fill(struct db_tx *tx, void *input, struct err *e)
{
	(void)input;
	struct touch t = { .position = 1 };
	for (int i = 0; i < 400; i++) {
		snprintf(t.code, sizeof t.code, "a code with number %d", i);
		if (!touch_add(tx, &t, e))
			return false;
	}
	return true;
}

static int make(void **state)
{
	(void)state;
	fresh_make(&f, DB_SQLITE);
	fresh_open(&f);
	bool ok = store_run(f.store, 1, UNIT_INTERACTIVE, fill, NULL, &err);
	fresh_close(&f);
	return !ok;
}

static int drop(void **state)
{
	(void)state;
	fresh_remove(&f);
	return 0;
}

static char *path(void)
{
	static char text[96];
	snprintf(text, sizeof text, "%s/heed.db", f.dir);
	return text;
}

/* The number of a page in the middle of the table, or its root. */
static long page_of(const char *table, bool leaf)
{
	sqlite3 *db;
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_open(path(), &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(db,
	                       leaf ? "SELECT MAX(pageno) FROM dbstat WHERE name = ? AND "
	                              "pagetype = 'leaf'"
	                            : "SELECT rootpage FROM sqlite_schema WHERE name = ?",
	                       -1, &s, NULL),
	    SQLITE_OK);
	sqlite3_bind_text(s, 1, table, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	long page = (long)sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return page;
}

static void overwrite(long page)
{
	char junk[PAGE];
	memset(junk, 0x5a, sizeof junk);
	int fd = open(path(), O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, junk, PAGE, (page - 1) * PAGE), PAGE);
	close(fd);
}

static void expect_damage_of(const char *table)
{
	struct err why = { 0 };
	assert_false(store_is_ready(f.store, &why));
	assert_int_equal(why.kind, ERR_CORRUPT);
	if (!strstr(why.msg, table) || !strstr(why.msg, "heed restore"))
		fail_msg("%s", why.msg);
	assert_string_equal(why.path, table);
}

static void a_damaged_table_is_named_at_the_start(void **state)
{
	(void)state;
	overwrite(page_of("touchpoint", true));
	fresh_open(&f);
	expect_damage_of("touchpoint");
}

static void a_damaged_store_reads_on_and_writes_no_more(void **state)
{
	(void)state;
	overwrite(page_of("audit", false));
	fresh_open(&f);
	expect_damage_of("audit");
	assert_int_equal(touch_count(f.store, 1), 400);
	assert_false(touch_add_now(f.store, 1, "x", &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
}

static void damage_met_while_running_is_named_too(void **state)
{
	(void)state;
	long page = page_of("touchpoint_by_code", false); /* what a count reads */
	struct err why = { 0 };
	fresh_open(&f);
	assert_true(store_is_ready(f.store, &why));
	overwrite(page);
	assert_int_equal(touch_count(f.store, 1), -1); /* met */
	assert_false(store_is_ready(f.store, &why));
	for (int i = 0; i < 2000 && !strstr(why.msg, "touchpoint"); i++) {
		usleep(5000);
		assert_false(store_is_ready(f.store, &why));
	}
	expect_damage_of("touchpoint");
}

static void a_file_that_is_no_database_is_refused_with_what_to_do(void **state)
{
	(void)state;
	struct store_config config = fresh_config(&f, STORE_SERVE);
	overwrite(1);
	assert_false(store_open(&f.store, &config, &err));
	assert_int_equal(err.kind, ERR_CORRUPT);
	assert_non_null(strstr(err.msg, "heed restore"));
}

static void a_database_of_another_program_is_left_alone(void **state)
{
	(void)state;
	sqlite3 *db;
	struct store_config config = fresh_config(&f, STORE_SERVE);
	unlink(path());
	assert_int_equal(sqlite3_open(path(), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "CREATE TABLE mine (x)", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_false(store_open(&f.store, &config, &err));
	assert_int_equal(err.kind, ERR_INVALID);
	assert_non_null(strstr(err.msg, "another program"));
}

static void the_files_are_private(void **state)
{
	(void)state;
	struct stat st;
	char name[128];
	fresh_open(&f);
	assert_true(touch_add_now(f.store, 1, "x", &err));
	static const char *const endings[] = { "", "-wal", "-shm" };
	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "%s%s", path(), endings[i]);
		assert_int_equal(stat(name, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
}

static void a_data_directory_that_is_missing_is_made_private(void **state)
{
	(void)state;
	struct stat st;
	char dir[96];
	struct store *store;
	struct store_config config = fresh_config(&f, STORE_SERVE);
	snprintf(dir, sizeof dir, "%s/Grüße an alle", f.dir);
	config.data_dir = dir;
	assert_true(store_open(&store, &config, &err));
	store_close(store, 0);
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

static void a_locked_file_refuses_writes_until_it_is_free(void **state)
{
	(void)state;
	sqlite3 *other;
	struct err why = { 0 };
	fresh_open(&f);
	assert_int_equal(sqlite3_open(path(), &other), SQLITE_OK);
	sqlite3_busy_timeout(other, 5000);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_false(touch_add_now(f.store, 1, "x", &err));
	assert_int_equal(err.kind, ERR_BUSY);
	/* The unit is told a moment before the store is. */
	for (int i = 0; i < 1000 && store_is_ready(f.store, &why); i++)
		usleep(1000);
	assert_false(store_is_ready(f.store, &why));
	assert_int_equal(why.kind, ERR_BUSY);
	assert_int_equal(touch_count(f.store, 1), 400);
	assert_false(touch_add_now(f.store, 1, "x", &err)); /* at once: nothing waits in vain */
	assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(other);
	for (int i = 0; i < 1000 && !store_is_ready(f.store, &why); i++)
		usleep(5000);
	assert_true(touch_add_now(f.store, 1, "x", &err));
	assert_int_equal(touch_count(f.store, 1), 401);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
		TEST(a_damaged_table_is_named_at_the_start),
		TEST(a_damaged_store_reads_on_and_writes_no_more),
		TEST(damage_met_while_running_is_named_too),
		TEST(a_file_that_is_no_database_is_refused_with_what_to_do),
		TEST(a_database_of_another_program_is_left_alone),
		TEST(a_locked_file_refuses_writes_until_it_is_free),
		TEST(the_files_are_private),
		TEST(a_data_directory_that_is_missing_is_made_private),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
