/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/migrate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engines.h"
#include "db/store.h"
#include "fresh.h"

#define BOTH(text) .sqlite = text, .postgres = text

static enum db_engine engine;
static struct fresh f;
static struct err err;

static const struct db_stmt first[] = {
	{ .name = "process",
	  BOTH("CREATE TABLE IF NOT EXISTS process ( number BIGINT NOT NULL PRIMARY KEY, "
	       "owner TEXT NOT NULL, expires_at BIGINT NOT NULL )") },
	{ .name = "thing",
	  BOTH("CREATE TABLE IF NOT EXISTS thing ( workspace_id BIGINT NOT NULL, id BIGINT NOT "
	       "NULL, PRIMARY KEY (workspace_id, id) )") },
};
static const struct db_stmt edited[] = {
	{ .name = "process",
	  BOTH("CREATE TABLE IF NOT EXISTS process ( number BIGINT NOT NULL PRIMARY KEY, "
	       "owner TEXT NOT NULL, expires_at BIGINT NOT NULL, more TEXT )") },
};
static const struct db_stmt second[] = {
	{ .name = "thing_by_id", BOTH("CREATE INDEX IF NOT EXISTS thing_by_id ON thing (id)") },
	{ .name = "thing_note", BOTH("ALTER TABLE thing ADD COLUMN note TEXT") },
};
static const struct db_stmt broken[] = {
	{ .name = "other", BOTH("CREATE TABLE IF NOT EXISTS other ( id BIGINT PRIMARY KEY )") },
	{ .name = "wrong", BOTH("CREATE TABLE nonsense") },
};

static const struct migration one[] = { { 1, "first", first, 2 } };
static const struct migration two[] = { { 1, "first", first, 2 }, { 2, "second", second, 2 } };
static const struct migration three[] = { { 1, "first", first, 2 },
	                                  { 2, "second", second, 2 },
	                                  { 3, "third", first, 2 } };
static const struct migration one_edited[] = { { 1, "first", edited, 1 } };
static const struct migration with_broken[] = { { 1, "first", first, 2 },
	                                        { 2, "broken", broken, 2 } };

static int make(void **state)
{
	(void)state;
	fresh_make(&f, engine);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	fresh_remove(&f);
	return 0;
}

static bool open_with(const struct migration *all, size_t count, enum store_purpose purpose)
{
	struct store_config config = fresh_config(&f, purpose);
	config.migrations = all;
	config.migration_count = count;
	fresh_close(&f);
	return store_open(&f.store, &config, &err);
}

static struct migration_state state_of(const struct migration *all, size_t count)
{
	struct db *db;
	struct migration_state s = { -1, -1 };
	assert_true(store_reader_open(f.store, &db, &err));
	assert_true(migrate_state(db, all, count, &s, &err));
	store_reader_close(f.store, db);
	return s;
}

static void opening_again_changes_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_true(open_with(one, 1, STORE_SERVE));
		struct migration_state s = state_of(one, 1);
		assert_int_equal(s.applied, 1);
		assert_int_equal(s.newest, 1);
	}
}

static void a_pending_migration_is_run_once(void **state)
{
	(void)state;
	assert_true(open_with(one, 1, STORE_SERVE));
	assert_true(open_with(two, 2, STORE_MIGRATE));
	assert_int_equal(state_of(two, 2).applied, 2);
	assert_true(open_with(two, 2, STORE_SERVE)); /* ADD COLUMN again would fail */
}

static void a_newer_database_is_refused(void **state)
{
	(void)state;
	assert_true(open_with(three, 3, STORE_SERVE));
	assert_false(open_with(one, 1, STORE_SERVE));
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_non_null(strstr(err.msg, "newer Heed (its schema is 3, this program knows 1)"));
	assert_non_null(strstr(err.msg, "restore a backup"));
}

static void an_edited_migration_is_refused(void **state)
{
	(void)state;
	assert_true(open_with(one, 1, STORE_SERVE));
	assert_false(open_with(one_edited, 1, STORE_SERVE));
	assert_int_equal(err.kind, ERR_CONFLICT);
}

static void a_command_does_not_migrate_beside_a_server(void **state)
{
	(void)state;
	assert_true(open_with(one, 1, STORE_SERVE));
	assert_false(open_with(two, 2, STORE_COMMAND));
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_non_null(strstr(err.msg, "heed migrate"));
}

static void a_command_without_a_database_says_what_to_do(void **state)
{
	(void)state;
	struct store_config config = fresh_config(&f, STORE_COMMAND);
	config.create = false;
	assert_false(store_open(&f.store, &config, &err));
	if (engine == DB_SQLITE) {
		assert_int_equal(err.kind, ERR_NOT_FOUND);
		assert_non_null(strstr(err.msg, "heed init"));
	}
}

static void a_failing_migration_leaves_nothing_of_itself(void **state)
{
	(void)state;
	assert_true(open_with(one, 1, STORE_SERVE));
	assert_false(open_with(with_broken, 2, STORE_SERVE));
	assert_non_null(strstr(err.msg, "wrong"));
	assert_true(open_with(two, 2, STORE_SERVE));
	assert_int_equal(state_of(two, 2).applied, 2);
}

static int backups;

static bool count_backup(struct store *store, void *context, struct err *e)
{
	(void)context;
	struct db *db;
	backups++;
	if (!store_reader_open(store, &db, e))
		return false;
	store_reader_close(store, db);
	return true;
}

static bool refuse_backup(struct store *store, void *context, struct err *e)
{
	(void)store, (void)context;
	return err_set(e, ERR_IO, "no room for a backup");
}

static void a_backup_comes_before_the_migration_of_a_database_in_use(void **state)
{
	(void)state;
	struct store_config config = fresh_config(&f, STORE_SERVE);
	config.before_migrating = count_backup;
	config.migrations = one;
	config.migration_count = 1;
	backups = 0;
	assert_true(store_open(&f.store, &config, &err));
	assert_int_equal(backups, 0);
	fresh_close(&f);
	config.migrations = two;
	config.migration_count = 2;
	config.before_migrating = refuse_backup;
	assert_false(store_open(&f.store, &config, &err));
	assert_string_equal(err.msg, "no room for a backup");
	config.before_migrating = count_backup;
	assert_true(store_open(&f.store, &config, &err));
	assert_int_equal(backups, 1);
}

static const struct db_stmt is_without_rowid = {
	.name = "is_without_rowid",
	.sqlite = "SELECT COUNT(*) FROM pragma_table_list WHERE schema = 'main' AND wr = 1",
	.global = true,
};

static void tables_of_sqlite_stand_in_the_order_of_their_keys(void **state)
{
	(void)state;
	struct db *db;
	int64_t n;
	if (engine != DB_SQLITE)
		skip();
	assert_true(open_with(one, 1, STORE_SERVE));
	assert_true(store_reader_open(f.store, &db, &err));
	assert_true(db_one_i64(db, &is_without_rowid, DB_NO_ARGS, 0, &n, &err));
	store_reader_close(f.store, db);
	assert_int_equal(n, 3); /* with schema_version */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
		TEST(opening_again_changes_nothing),
		TEST(a_pending_migration_is_run_once),
		TEST(a_newer_database_is_refused),
		TEST(an_edited_migration_is_refused),
		TEST(a_command_does_not_migrate_beside_a_server),
		TEST(a_command_without_a_database_says_what_to_do),
		TEST(a_failing_migration_leaves_nothing_of_itself),
		TEST(a_backup_comes_before_the_migration_of_a_database_in_use),
		TEST(tables_of_sqlite_stand_in_the_order_of_their_keys),
	};
	return ENGINES_RUN("migrations", engine, tests, NULL, NULL);
}
