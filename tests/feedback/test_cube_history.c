/* The cube against the tables: whatever happens to a workspace, a cube that followed, a cube that was loaded anew, one that
 * was restored from a snapshot of whatever age, and plain SQL say the same. Both engines.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "base/die.h"
#include "cube_lines.h"
#include "history.h"
#include "readings.h"

#define HELD 8

static enum db_engine engine;
static struct ground g;
static struct history h;

/* A view that somebody holds while much happens, and what it said. */
struct held {
	const struct cube_view *view;
	struct arena arena;
	Str lines, tags[HISTORY_TAGS], theme;
};

static int make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	history_begin(&h, &g);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	history_end(&h);
	ground_remove(&g);
	return 0;
}

static struct cubes *open_cubes(bool with_shelf)
{
	static char folder[80];
	snprintf(folder, sizeof folder, "%s/cubes", g.fresh.dir);
	return cubes_open(&(struct cubes_config){ .clock = &g.fresh.clock,
	                                          .shelf = { with_shelf ? folder : NULL, "test" },
	                                          .save_rows = 1 });
}

static void save(struct cubes *cubes)
{
	struct err err = { 0 };
	bool saved;
	ground_wait(&g, CLOCK_HOUR);
	if (!cubes_save(cubes, g.store, g.db, g.workspace, &saved, &err))
		die(__FILE__, __LINE__, err.msg);
}

static const struct cube_view *view_of(struct cubes *cubes, unsigned wants)
{
	const struct cube_view *view = NULL;
	int64_t as_of;
	struct err err = { 0 };
	if (!cubes_view(cubes, g.db, g.workspace, wants, &view, &as_of, &err))
		die(__FILE__, __LINE__, err.msg);
	assert_int_equal(as_of, g.fresh.clock.frozen);
	return view;
}

static void compare_tags(struct arena *a, const struct cube_view *view)
{
	for (size_t i = 0; i < HISTORY_TAGS; i++)
		cube_lines_same(cube_lines_of_tag(a, view, history_tag(i)),
		                cube_lines_of_tag_table(a, g.db, g.workspace, history_tag(i)),
		                "a tag");
}

static void compare_themes(struct arena *a, const struct cube_view *view)
{
	cube_lines_same(cube_lines_of_understood(a, view),
	                cube_lines_of_understood_table(a, g.db, g.workspace), "readings");
	for (int i = 0; i < READINGS_THEMES; i++)
		for (int saying = 0; saying < THEME_SAYINGS; saying++) {
			Str code = str_of(readings_themes[i]);
			cube_lines_same(cube_lines_of_theme(a, view, code,
			                                    (enum theme_saying)saying),
			                cube_lines_of_theme_table(a, g.db, g.workspace, code,
			                                          (enum theme_saying)saying),
			                "a theme");
		}
}

static int64_t compare_one(struct cubes *cubes, unsigned wants, const char *what)
{
	struct arena a = { 0 };
	const struct cube_view *view = view_of(cubes, wants);
	bool people = wants & CUBE_PEOPLE;
	cube_lines_same(cube_lines_of_view(&a, view, people),
	                cube_lines_of_tables(&a, g.db, g.workspace, people), what);
	compare_tags(&a, view);
	compare_themes(&a, view);
	cube_check_clusters(view);
	int64_t rev = view->rev;
	cubes_return(cubes, view);
	arena_free(&a);
	return rev;
}

/* One that is new. How often it was restored. */
static int64_t compare_new(bool with_shelf, unsigned wants, int64_t rev, const char *what)
{
	struct cubes_stats stats;
	struct cubes *anew = open_cubes(with_shelf);
	assert_int_equal(compare_one(anew, wants, what), rev);
	cubes_stats(anew, &stats);
	cubes_close(anew);
	return stats.restores;
}

/* The one that follows, those that are new, and the tables. How many were restored. */
static int64_t compare(struct cubes *cubes, unsigned wants)
{
	int64_t rev = compare_one(cubes, wants, "followed, tables");
	assert_int_equal(compare_new(false, wants, rev, "loaded, tables"), 0);
	return compare_new(true, wants, rev, "restored, tables");
}

static void hold(struct held *held, struct cubes *cubes)
{
	held->view = view_of(cubes, CUBE_PEOPLE);
	held->lines = cube_lines_of_view(&held->arena, held->view, true);
	for (size_t i = 0; i < HISTORY_TAGS; i++)
		held->tags[i] = cube_lines_of_tag(&held->arena, held->view, history_tag(i));
	held->theme = cube_lines_of_theme(&held->arena, held->view, STR("price"), THEME_NAMED);
}

static void release(struct held *held, struct cubes *cubes)
{
	if (!held->view)
		return;
	cube_lines_same(cube_lines_of_view(&held->arena, held->view, true), held->lines,
	                "a view that was held");
	for (size_t i = 0; i < HISTORY_TAGS; i++)
		cube_lines_same(cube_lines_of_tag(&held->arena, held->view, history_tag(i)),
		                held->tags[i], "a tag of a view that was held");
	cube_lines_same(cube_lines_of_theme(&held->arena, held->view, STR("price"), THEME_NAMED),
	                held->theme, "a theme of a view that was held");
	cubes_return(cubes, held->view);
	arena_free(&held->arena);
	*held = (struct held){ 0 };
}

static void reopen(void)
{
	struct err err;
	store_reader_close(g.store, g.db);
	fresh_close(&g.fresh);
	g.store = fresh_open(&g.fresh);
	assert_true(store_reader_open(g.store, &g.db, &err));
}

static void a_cube_says_what_the_tables_say_whatever_happens(void **state)
{
	(void)state;
	struct cubes *cubes = open_cubes(true);
	struct held held[HELD] = { 0 };
	int rounds = engine == DB_SQLITE ? 120 : 40;
	int64_t restores = 0;
	for (int round = 0; round < rounds; round++) {
		struct held *one = &held[round % HELD];
		for (uint64_t i = 1 + history_draw(&h, 6); i > 0; i--)
			history_step(&h);
		if (history_draw(&h, 25) == 0)
			history_prune(&h);
		release(one, cubes);
		if (history_draw(&h, 25) == 0)
			reopen();
		restores += compare(cubes, round < rounds / 4 ? 0 : CUBE_PEOPLE);
		if (history_draw(&h, 4) == 0)
			save(cubes);
		if (round >= rounds / 4)
			hold(one, cubes);
	}
	for (int i = 0; engine == DB_SQLITE && i < HISTORY_KINDS; i++)
		assert_true(h.done[i] > 0);
	struct cubes_stats stats;
	cubes_stats(cubes, &stats);
	assert_true(stats.loads < rounds / 2);
	assert_true(stats.catch_ups > rounds / 3);
	assert_true(stats.saves > 0 && restores > 0);
	for (int i = 0; i < HELD; i++)
		release(&held[i], cubes);
	cubes_close(cubes);
}

static const char forget_text[] =
    "DELETE FROM change WHERE workspace_id = $1 AND kind IN (2, 12) AND rev = $2";
static const struct db_stmt forget_stmt = { .name = "test_forget",
	                                    .sqlite = forget_text,
	                                    .postgres = forget_text };

/* Takes the note of an answer out of the newest rev, and leaves another so that the rev stays. */
static bool forget(struct db_tx *tx, void *input, struct err *err)
{
	return db_exec(tx->db, &forget_stmt,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*(int64_t *)input)), NULL,
	               err);
}

static bool star_and_note(struct db_tx *tx, void *input, struct err *err)
{
	tx_changed(tx, CHANGE_KEY, 1);
	return response_set_star(tx, *(int64_t *)input, true, err);
}

static void a_change_that_was_not_noted_would_be_seen_by_the_comparison(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct cubes *cubes = open_cubes(false);
	struct capture_input in = ground_answer(&g, 9, NULL);
	int64_t id = ground_take(&g, &in).id;
	compare(cubes, 0);
	ground_run(&g, star_and_note, &id);
	struct cubes *after = open_cubes(false);
	const struct cube_view *view = view_of(after, 0);
	int64_t rev = view->rev;
	cubes_return(after, view);
	cubes_close(after);
	ground_run(&g, forget, &rev);
	view = view_of(cubes, 0);
	assert_int_equal(view->rev, rev);
	assert_false(str_eq(cube_lines_of_view(&a, view, false),
	                    cube_lines_of_tables(&a, g.db, g.workspace, false)));
	cubes_return(cubes, view);
	cubes_close(cubes);
	arena_free(&a);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_cube_says_what_the_tables_say_whatever_happens),
		TEST(a_cube_says_what_the_tables_say_whatever_happens),
		TEST(a_change_that_was_not_noted_would_be_seen_by_the_comparison),
	};
	return ENGINES_RUN("cube's histories", engine, tests, NULL, NULL);
}
