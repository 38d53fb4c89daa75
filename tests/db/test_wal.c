/* The write-ahead log of SQLite beside an import and readers that never rest. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/store.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fresh.h"

#define READERS  2
#define CHUNKS   250
#define ROWS     40
#define ROW_SIZE 20000
#define CLOSINGS 12
/* So many let the log pass the size from which on it starts anew. */
#define CHUNKS_OFTEN 18
#define WAL_LIMIT    (INT64_C(128) << 20)

static struct fresh f;
static _Atomic bool stop;
static _Atomic int64_t reads;

static const struct db_stmt insert = {
	.name = "insert_audit",
	.sqlite = "INSERT INTO audit (workspace_id, id, at, actor, action, subject, detail) "
		  "VALUES ($1, $2, 0, '', '', '', $3)",
};
static const struct db_stmt newest = {
	.name = "newest_audit",
	.sqlite = "SELECT MAX(id) FROM audit WHERE workspace_id = $1",
};

static const struct db_stmt count_all = {
	.name = "count_audit",
	.sqlite = "SELECT COUNT(*) FROM audit WHERE workspace_id = $1",
};

static bool add_chunk(struct db_tx *tx, void *input, struct err *err)
{
	(void)input;
	char text[ROW_SIZE];
	memset(text, 'x', sizeof text);
	for (int i = 0; i < ROWS; i++)
		if (!db_exec(tx->db, &insert,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx_new_id(tx)),
		                     db_arg_text((Str){ text, sizeof text })),
		             NULL, err))
			return false;
	return true;
}

/* Read transactions of 100 ms, one after the other: there is never a moment without one. */
static void *read_on(void *context)
{
	struct db *db;
	struct err err;
	int64_t n;
	(void)context;
	if (!store_reader_open(f.store, &db, &err))
		return NULL;
	while (!atomic_load(&stop)) {
		if (!db_read_begin(db, &err) ||
		    !db_one_i64(db, &newest, DB_ARGS(db_arg_i64(1)), 0, &n, &err))
			break;
		usleep(100 * 1000);
		db_read_end(db);
		atomic_fetch_add(&reads, 1);
	}
	store_reader_close(f.store, db);
	return NULL;
}

static void an_import_beside_readers_keeps_the_log_short(void **state)
{
	(void)state;
	struct err err;
	struct store_stats stats;
	pthread_t threads[READERS];
	int64_t longest = 0;
	fresh_make(&f, DB_SQLITE);
	fresh_open(&f);
	for (int i = 0; i < READERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_on, NULL), 0);
	for (int i = 0; i < CHUNKS; i++) {
		assert_true(store_run(f.store, 1, UNIT_BULK, add_chunk, NULL, &err));
		store_stats(f.store, &stats);
		if (stats.wal_bytes > longest)
			longest = stats.wal_bytes;
	}
	atomic_store(&stop, true);
	for (int i = 0; i < READERS; i++)
		pthread_join(threads[i], NULL);
	assert_true(atomic_load(&reads) > 0);
	print_message("%d MB written, log at most %d MB\n", CHUNKS * ROWS / 1000 * ROW_SIZE / 1000,
	              (int)(longest >> 20));
	assert_true(longest < WAL_LIMIT);
	fresh_remove(&f);
}

/* The keeper holds the lane while the log starts anew; the store may be closed just then. */
static void a_store_is_closed_in_the_middle_of_a_checkpoint(void **state)
{
	(void)state;
	struct err err;
	struct db *db;
	int64_t added = 0, count;
	fresh_make(&f, DB_SQLITE);
	for (int round = 0; round < CLOSINGS; round++) {
		fresh_open(&f);
		for (int i = 0; i < CHUNKS_OFTEN + round; i++, added += ROWS)
			assert_true(store_run(f.store, 1, UNIT_BULK, add_chunk, NULL, &err));
		fresh_close(&f);
	}
	fresh_open(&f);
	assert_true(store_reader_open(f.store, &db, &err));
	assert_true(db_one_i64(db, &count_all, DB_ARGS(db_arg_i64(1)), 0, &count, &err));
	store_reader_close(f.store, db);
	assert_int_equal(count, added);
	fresh_remove(&f);
}

static const struct db_stmt write_secret = {
	.name = "write_secret",
	.sqlite = "INSERT INTO audit (workspace_id, id, at, actor, action, subject, detail) "
		  "VALUES ($1, 1, 0, '', '', '', $2) ON CONFLICT (workspace_id, id) DO UPDATE "
		  "SET detail = excluded.detail",
};

static bool write_detail(struct db_tx *tx, void *input, struct err *err)
{
	return db_exec(tx->db, &write_secret,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_text(*(Str *)input)), NULL, err);
}

/* Does it stand in the file, or in its log? */
static bool stands_in(const char *ending, Str text)
{
	char path[256];
	struct arena a = { 0 };
	snprintf(path, sizeof path, "%s/heed.db%s", f.dir, ending);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	size_t size = (size_t)ftell(file);
	rewind(file);
	char *bytes = arena_alloc(&a, size + 1);
	assert_int_equal(fread(bytes, 1, size, file), size);
	fclose(file);
	bool found = str_find((Str){ bytes, size }, text) != SIZE_MAX;
	arena_free(&a);
	return found;
}

static void a_wiped_store_holds_nothing_that_was_overwritten(void **state)
{
	(void)state;
	struct err err;
	struct db *db;
	int64_t count;
	bool whole;
	Str secret = STR("0171 5551234"), masked = STR("[phone]");
	fresh_make(&f, DB_SQLITE);
	fresh_open(&f);
	assert_true(store_run(f.store, 1, UNIT_BULK, write_detail, &secret, &err));
	assert_true(stands_in("-wal", secret));
	assert_true(store_reader_open(f.store, &db, &err));
	assert_true(db_read_begin(db, &err));
	assert_true(db_one_i64(db, &count_all, DB_ARGS(db_arg_i64(1)), 0, &count, &err));
	assert_true(store_run(f.store, 1, UNIT_BULK, write_detail, &masked, &err));
	assert_false(store_wipe(f.store, &whole, &err));
	assert_int_equal(err.kind, ERR_BUSY);
	db_read_end(db);
	assert_true(store_wipe(f.store, &whole, &err));
	assert_true(whole);
	assert_false(stands_in("-wal", secret));
	assert_false(stands_in("", secret));
	assert_true(stands_in("", masked));
	assert_true(store_run(f.store, 1, UNIT_BULK, write_detail, &secret, &err));
	store_reader_close(f.store, db);
	fresh_remove(&f);
}

#define MOVED      3000
#define MOVES      6000
#define FILLER_MAX 700

static const struct db_stmt write_moved = {
	.name = "write_moved",
	.sqlite = "INSERT INTO audit (workspace_id, id, at, actor, action, subject, detail) "
		  "VALUES ($1, $2, 0, '', '', '', $3) ON CONFLICT (workspace_id, id) DO UPDATE "
		  "SET detail = excluded.detail",
};

static const struct db_stmt mask_moved = {
	.name = "mask_moved",
	.sqlite = "UPDATE audit SET detail = replace(detail, 'secret.value', '[v]') "
		  "WHERE workspace_id = $1",
};

/* Texts of many lengths, each row and then some in no order: pages split and are put together again. */
static bool write_moving(struct db_tx *tx, void *input, struct err *err)
{
	uint32_t *draw = input;
	char text[FILLER_MAX + 64], filler[FILLER_MAX];
	memset(filler, 'x', sizeof filler);
	for (int i = 0; i < MOVED + MOVES; i++) {
		*draw = *draw * 1664525 + 1013904223;
		int length = (int)(*draw >> 8) % FILLER_MAX;
		int row = i < MOVED ? i + 1 : (int)(*draw >> 4) % MOVED + 1;
		int n = snprintf(text, sizeof text, "%.*s secret.value", length, filler);
		if (!db_exec(tx->db, &write_moved,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(row),
		                     db_arg_text((Str){ text, (size_t)n })),
		             NULL, err))
			return false;
	}
	return true;
}

static bool mask_all(struct db_tx *tx, void *input, struct err *err)
{
	(void)input;
	return db_exec(tx->db, &mask_moved, DB_ARGS(db_arg_i64(tx->workspace)), NULL, err);
}

static void a_wiped_store_holds_nothing_that_was_moved(void **state)
{
	(void)state;
	struct err err;
	bool whole;
	uint32_t draw = 7;
	fresh_make(&f, DB_SQLITE);
	fresh_open(&f);
	assert_true(store_run(f.store, 1, UNIT_BULK, write_moving, &draw, &err));
	assert_true(store_run(f.store, 1, UNIT_BULK, mask_all, NULL, &err));
	assert_true(store_wipe(f.store, &whole, &err));
	assert_false(stands_in("", STR("secret.value")));
	assert_false(stands_in("-wal", STR("secret.value")));
	assert_true(stands_in("", STR("[v]")));
	fresh_remove(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_store_is_closed_in_the_middle_of_a_checkpoint),
		cmocka_unit_test(a_wiped_store_holds_nothing_that_was_overwritten),
		cmocka_unit_test(a_wiped_store_holds_nothing_that_was_moved),
		cmocka_unit_test(an_import_beside_readers_keeps_the_log_short),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
