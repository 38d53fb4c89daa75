/* Snapshots of cubes: which count, what a damaged one does, and what is in none. Both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_shelf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "base/die.h"
#include "cube_lines.h"
#include "db/file.h"
#include "feedback/cube.h"
#include "ground.h"

static enum db_engine engine;
static struct ground g;
static char folder[80], snapshot[160], aside[160];

static int make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	snprintf(folder, sizeof folder, "%s/cubes", g.fresh.dir);
	snprintf(snapshot, sizeof snapshot, "%s/%lld.cube", folder, (long long)g.workspace);
	snprintf(aside, sizeof aside, "%s/aside", g.fresh.dir);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	ground_remove(&g);
	return 0;
}

static struct cube_shelf shelf_of(const char *program)
{
	return (struct cube_shelf){ folder, program };
}

static struct cubes *open_cubes(const char *program)
{
	return cubes_open(&(struct cubes_config){
	    .clock = &g.fresh.clock, .shelf = shelf_of(program), .save_rows = 1 });
}

static const struct cube_view *take(struct cubes *cubes)
{
	const struct cube_view *view = NULL;
	int64_t as_of;
	struct err err = { 0 };
	if (!cubes_view(cubes, g.db, g.workspace, 0, &view, &as_of, &err))
		die(__FILE__, __LINE__, err.msg);
	return view;
}

static bool save_of(struct cubes *cubes)
{
	struct err err = { 0 };
	bool saved;
	cubes_return(cubes, take(cubes));
	if (!cubes_save(cubes, g.store, g.db, g.workspace, &saved, &err))
		die(__FILE__, __LINE__, err.msg);
	return saved;
}

/* Of a cube that comes from the tables. */
static void save(void)
{
	unlink(snapshot);
	struct cubes *cubes = open_cubes("one");
	assert_true(save_of(cubes));
	cubes_close(cubes);
}

/* How often it was restored: a new one, which says what the tables say. */
static int64_t restores(const char *program)
{
	struct arena a = { 0 };
	struct cubes_stats stats;
	struct cubes *cubes = open_cubes(program);
	const struct cube_view *view = take(cubes);
	cube_lines_same(cube_lines_of_view(&a, view, false),
	                cube_lines_of_tables(&a, g.db, g.workspace, false), program);
	cube_check_clusters(view);
	cubes_return(cubes, view);
	cubes_stats(cubes, &stats);
	cubes_close(cubes);
	arena_free(&a);
	return stats.restores;
}

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static void sweep(void)
{
	struct err err = { 0 };
	struct cube_shelf shelf = shelf_of("one");
	if (!cube_shelf_sweep(&shelf, g.db, &err))
		die(__FILE__, __LINE__, err.msg);
}

static int64_t give(int score, const char *properties)
{
	struct capture_input in = ground_answer(&g, score, NULL);
	in.properties = str_of(properties);
	return ground_take(&g, &in).id;
}

static void give_some(void)
{
	for (int i = 0; i < 40; i++)
		give(i % 11,
		     i % 2 ? "{\"city\":\"Lund\"}" : "{\"city\":\"Bergen\",\"shop\":\"3\"}");
}

static bool remove_answer(struct db_tx *tx, void *input, struct err *err)
{
	return response_remove(tx, *(int64_t *)input, err);
}

/* The file's bytes, which the caller frees. */
static char *bytes_of(const char *path, size_t *size)
{
	FILE *f = fopen(path, "r");
	struct stat info;
	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &info), 0);
	char *bytes = mem_alloc((size_t)info.st_size + 1);
	*size = fread(bytes, 1, (size_t)info.st_size, f);
	fclose(f);
	return bytes;
}

static void put_bytes(const char *path, const char *bytes, size_t size)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, size, f), size);
	fclose(f);
}

static bool has(const char *path, const char *text)
{
	size_t size;
	char *bytes = bytes_of(path, &size);
	bool found = memmem(bytes, size, text, strlen(text)) != NULL;
	free(bytes);
	return found;
}

static void what_was_saved_is_restored_and_followed_up(void **state)
{
	(void)state;
	struct stat info;
	give_some();
	assert_int_equal(restores("one"), 0);
	save();
	assert_int_equal(stat(snapshot, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(restores("one"), 1);
	give(3, "{\"city\":\"Oslo\"}");
	assert_int_equal(restores("one"), 1);
}

static void a_snapshot_is_written_when_much_has_changed_and_not_before(void **state)
{
	(void)state;
	struct cubes *cubes = open_cubes("one");
	give_some();
	assert_true(save_of(cubes));
	give(4, "{}");
	assert_false(save_of(cubes));
	ground_wait(&g, 15 * CLOCK_MINUTE);
	assert_true(save_of(cubes));
	ground_wait(&g, CLOCK_DAY);
	assert_false(save_of(cubes));
	cubes_close(cubes);
}

static void another_program_does_not_take_it(void **state)
{
	(void)state;
	give_some();
	save();
	assert_int_equal(restores("two"), 0);
	assert_int_equal(restores("one"), 1);
}

static void a_damaged_one_is_not_taken(void **state)
{
	(void)state;
	size_t size;
	give_some();
	save();
	char *bytes = bytes_of(snapshot, &size);
	for (size_t at = 0; at < size; at += 1 + size / 400) {
		bytes[at] ^= 0x10;
		put_bytes(snapshot, bytes, size);
		assert_int_equal(restores("one"), 0);
		bytes[at] ^= 0x10;
	}
	for (size_t len = 0; len < size; len += 1 + size / 100) {
		put_bytes(snapshot, bytes, len);
		assert_int_equal(restores("one"), 0);
	}
	put_bytes(snapshot, bytes, size);
	assert_int_equal(restores("one"), 1);
	free(bytes);
}

static void one_of_another_database_is_neither_taken_nor_kept(void **state)
{
	(void)state;
	struct err err = { 0 };
	give_some();
	save();
	assert_true(file_copy(snapshot, aside, &err));
	save();
	assert_true(file_move(aside, snapshot, &err));
	assert_int_equal(restores("one"), 0);
	sweep();
	assert_false(is_there(snapshot));
	put_bytes(snapshot, "", 0);
	sweep();
	assert_false(is_there(snapshot));
}

static void reopen(const char *from)
{
	char path[128];
	struct err err = { 0 };
	snprintf(path, sizeof path, "%s/heed.db", g.fresh.dir);
	store_reader_close(g.store, g.db);
	fresh_close(&g.fresh);
	if (from) {
		unlink(path);
		assert_true(file_copy(from, path, &err));
	} else {
		assert_true(file_copy(path, aside, &err));
	}
	g.store = fresh_open(&g.fresh);
	assert_true(store_reader_open(g.store, &g.db, &err));
}

/* The same rev, but another past: the token tells. */
static void a_database_that_was_set_back_takes_no_snapshot_of_its_future(void **state)
{
	(void)state;
	if (engine != DB_SQLITE)
		skip();
	give_some();
	save();
	give(1, "{\"city\":\"Oslo\"}");
	reopen(NULL);
	assert_int_equal(restores("one"), 1);
	reopen(aside);
	assert_int_equal(restores("one"), 1);
	give(2, "{\"city\":\"Oslo\"}");
	save();
	assert_int_equal(restores("one"), 1);
	reopen(aside);
	give(10, "{\"city\":\"Turku\"}");
	give(10, "{\"city\":\"Turku\"}");
	assert_int_equal(restores("one"), 0);
	sweep();
	assert_false(is_there(snapshot));
}

static void what_is_deleted_for_good_takes_the_snapshot_with_it(void **state)
{
	(void)state;
	give_some();
	int64_t id = give(9, "{\"city\":\"Hammerfest\"}");
	save();
	assert_true(has(snapshot, "Hammerfest"));
	ground_run(&g, remove_answer, &id);
	assert_int_equal(restores("one"), 0);
	sweep();
	assert_false(is_there(snapshot));
	save();
	assert_true(is_there(snapshot));
	assert_false(has(snapshot, "Hammerfest"));
	assert_true(has(snapshot, "Lund"));
	assert_int_equal(restores("one"), 1);
}

/* A cube that has followed a loss still has the text in its dictionary; the file has not. */
static void texts_that_no_row_has_are_in_no_snapshot(void **state)
{
	(void)state;
	struct cubes *cubes = open_cubes("one");
	give_some();
	int64_t id = give(9, "{\"city\":\"Hammerfest\"}");
	give(9, "{\"city\":\"Tromso\"}");
	assert_true(save_of(cubes));
	ground_run(&g, remove_answer, &id);
	ground_wait(&g, CLOCK_MINUTE / 2);
	cubes_return(cubes, take(cubes));
	ground_wait(&g, 15 * CLOCK_MINUTE);
	assert_true(save_of(cubes));
	cubes_close(cubes);
	assert_false(has(snapshot, "Hammerfest"));
	assert_true(has(snapshot, "Tromso"));
	assert_int_equal(restores("one"), 1);
	give(9, "{\"city\":\"Hammerfest\"}");
	assert_int_equal(restores("one"), 1);
}

/* What is deleted while a file is being written: the view is from before. */
static void a_snapshot_from_before_a_loss_gets_no_token(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct cubes *cubes = open_cubes("one");
	bool saved;
	give_some();
	int64_t id = give(9, "{\"city\":\"Hammerfest\"}");
	cubes_return(cubes, take(cubes));
	ground_run(&g, remove_answer, &id);
	assert_true(cubes_save(cubes, g.store, g.db, g.workspace, &saved, &err));
	assert_false(saved);
	cubes_close(cubes);
	assert_false(is_there(snapshot));
	assert_int_equal(rmdir(folder), 0);
}

static void a_folder_that_cannot_be_written_is_told_and_nothing_else_happens(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct cubes *cubes = open_cubes("one");
	bool saved;
	give_some();
	put_bytes(folder, "", 0);
	cubes_return(cubes, take(cubes));
	assert_false(cubes_save(cubes, g.store, g.db, g.workspace, &saved, &err));
	assert_int_equal(err.kind, ERR_IO);
	assert_true(cubes_save(cubes, g.store, g.db, g.workspace, &saved, &err));
	assert_false(saved);
	cubes_close(cubes);
	assert_int_equal(restores("one"), 0);
	assert_int_equal(unlink(folder), 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_saved_is_restored_and_followed_up),
		TEST(a_snapshot_is_written_when_much_has_changed_and_not_before),
		TEST(another_program_does_not_take_it),
		TEST(a_damaged_one_is_not_taken),
		TEST(one_of_another_database_is_neither_taken_nor_kept),
		TEST(a_database_that_was_set_back_takes_no_snapshot_of_its_future),
		TEST(what_is_deleted_for_good_takes_the_snapshot_with_it),
		TEST(texts_that_no_row_has_are_in_no_snapshot),
		TEST(a_snapshot_from_before_a_loss_gets_no_token),
		TEST(a_folder_that_cannot_be_written_is_told_and_nothing_else_happens),
	};
	return ENGINES_RUN("snapshots of cubes", engine, tests, NULL, NULL);
}
