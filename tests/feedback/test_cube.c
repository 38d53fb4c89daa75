/* The cubes of a server: who shares one, what is dropped, what a held view keeps. Both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "account/workspace.h"
#include "base/die.h"
#include "cube_ground.h"
#include "cube_lines.h"
#include "db/change.h"

static void a_new_answer_is_in_the_next_view(void **state)
{
	(void)state;
	size_t with_id;
	const struct cube_view *before = take(cubes, g.db, g.workspace);
	assert_int_equal(before->rows, 0);
	int64_t id = give(9);
	const struct cube_view *after = take(cubes, g.db, g.workspace);
	assert_int_equal(rows_of(after, id, &with_id), 1);
	assert_int_equal(with_id, 1);
	assert_int_equal(CUBE_SCORE(after->chunks[0]->facts[0]), 9);
	assert_int_equal(before->rows, 0);
	assert_int_equal(before->chunk_count, 0);
	cubes_return(cubes, before);
	cubes_return(cubes, after);
	assert_int_equal(stats_of(cubes).loads, 1);
	assert_int_equal(stats_of(cubes).rows, 1);
}

static void who_asks_again_gets_the_same_view(void **state)
{
	(void)state;
	give(3);
	const struct cube_view *one = take(cubes, g.db, g.workspace);
	const struct cube_view *two = take(cubes, g.db, g.workspace);
	assert_ptr_equal(one, two);
	cubes_return(cubes, one);
	cubes_return(cubes, two);
	assert_int_equal(stats_of(cubes).catch_ups, 0);
}

static void answers_of_other_workspaces_are_not_in_it(void **state)
{
	(void)state;
	struct workspace_new other = { .name = STR("Other"), .time_zone = STR("UTC") };
	struct err err = { 0 };
	give(1);
	assert_true(store_run(g.store, 0, UNIT_INTERACTIVE, workspace_reserve, &other, &err));
	const struct cube_view *view = take(cubes, g.db, other.id);
	assert_int_equal(view->rows, 0);
	assert_int_equal(view->workspace, other.id);
	cubes_return(cubes, view);
}

static void what_was_not_asked_for_longest_is_dropped_when_memory_is_short(void **state)
{
	(void)state;
	struct cubes *small = open_cubes(1); /* less than any has */
	int64_t second = another("Second"), third = another("Third");
	cubes_return(small, take(small, g.db, g.workspace));
	assert_int_equal(stats_of(small).drops, 0); /* the one that is asked for stays */
	cubes_return(small, take(small, g.db, second));
	assert_int_equal(stats_of(small).drops, 1);
	cubes_return(small, take(small, g.db, third));
	struct cubes_stats stats = stats_of(small);
	assert_int_equal(stats.drops, 2);
	assert_int_equal(stats.workspaces, 1);
	assert_int_equal(stats.loads, 3);
	cubes_return(small, take(small, g.db, third));
	assert_int_equal(stats_of(small).loads, 3);
	cubes_return(small, take(small, g.db, g.workspace));
	assert_int_equal(stats_of(small).loads, 4);
	cubes_close(small);
}

static void a_view_that_is_held_outlives_its_cube_and_counts(void **state)
{
	(void)state;
	struct cubes *small = open_cubes(1);
	struct arena a = { 0 };
	int64_t second = another("Second");
	give(7);
	const struct cube_view *held = take(small, g.db, g.workspace);
	Str lines = cube_lines_of_view(&a, held, false);
	cubes_return(small, take(small, g.db, second));
	assert_int_equal(stats_of(small).workspaces, 1);
	int64_t with_it = stats_of(small).bytes;
	cube_lines_same(cube_lines_of_view(&a, held, false), lines, "a view without its cube");
	cubes_return(small, held);
	assert_true(stats_of(small).bytes < with_it);
	cubes_close(small);
	arena_free(&a);
}

static bool remove_answer(struct db_tx *tx, void *input, struct err *err)
{
	return response_remove(tx, *(int64_t *)input, err);
}

/* An answer of somebody, from a year ago. */
static struct capture_input old_answer(int score)
{
	struct err err = { 0 };
	struct capture_input in = ground_answer(&g, score, NULL);
	struct person_input who = { .external_id = STR("p1") };
	in.dismissed = score == SCORE_NONE;
	in.submitted_at = g.fresh.clock.frozen - 365 * CLOCK_DAY;
	assert_true(person_ref_check(&g.arena, &who, &in.who, &err));
	return in;
}

static void check_people(void)
{
	const struct cube_view *view;
	struct arena a = { 0 };
	int64_t as_of;
	struct err err = { 0 };
	assert_true(cubes_view(cubes, g.db, g.workspace, CUBE_PEOPLE, &view, &as_of, &err));
	cube_lines_same(cube_lines_of_view(&a, view, true),
	                cube_lines_of_tables(&a, g.db, g.workspace, true), "people");
	cubes_return(cubes, view);
	arena_free(&a);
}

static void a_person_is_known_since_its_first_answer_which_may_be_dated_anew(void **state)
{
	(void)state;
	struct capture_input in = old_answer(SCORE_NONE);
	struct response r = ground_take(&g, &in);
	check_people();
	in = ground_answer(&g, 7, NULL);
	in.response_id = r.id;
	ground_take(&g, &in);
	check_people();
	in = old_answer(4);
	r = ground_take(&g, &in);
	check_people();
	ground_run(&g, remove_answer, &r.id);
	check_people();
}

static void a_log_that_was_pruned_past_the_cube_makes_it_load_anew(void **state)
{
	(void)state;
	struct arena a = { 0 };
	give(2);
	cubes_return(cubes, take(cubes, g.db, g.workspace));
	give(4);
	for (int nights = 0; nights < 2; nights++)
		for (bool more = true; more;)
			ground_run(&g, change_night, &more);
	give(5);
	const struct cube_view *view = take(cubes, g.db, g.workspace);
	assert_int_equal(stats_of(cubes).loads, 2);
	cube_lines_same(cube_lines_of_view(&a, view, false),
	                cube_lines_of_tables(&a, g.db, g.workspace, false), "loaded anew");
	cubes_return(cubes, view);
	arena_free(&a);
}

/* Very many. */

#define MANY 70000

static const char fill_text[] =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $4) "
    "INSERT INTO response (workspace_id, id, survey_id, version, state, score, answers, language, "
    "channel, properties, source, created_at, updated_at, submitted_at, first_scored_at, "
    "time_clamped, edits) "
    "SELECT $1, n.i, $2, 1, 1, 9, '{}', 'de', 'api', '{}', 'api', $3, $3, $3, $3, 0, 0 FROM n";
static const struct db_stmt fill_stmt = { "test_fill", fill_text, fill_text, false };
static const char clear_text[] =
    "DELETE FROM response WHERE workspace_id = $1 AND id > $2 AND id <= $3";
static const struct db_stmt clear_stmt = { "test_clear", clear_text, clear_text, false };

static bool fill_many(struct db_tx *tx, void *input, struct err *err)
{
	(void)input;
	return db_exec(tx->db, &fill_stmt,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(g.survey.id),
	                       db_arg_i64(tx->now), db_arg_i64(MANY)),
	               NULL, err);
}

struct span {
	int64_t after, last;
};

static bool clear_span(struct db_tx *tx, void *input, struct err *err)
{
	const struct span *span = input;
	for (int64_t id = span->after + 1; id <= span->last; id++)
		tx_changed(tx, CHANGE_RESPONSE, id);
	return db_exec(tx->db, &clear_stmt,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(span->after),
	                       db_arg_i64(span->last)),
	               NULL, err);
}

static int64_t give_with(const char *properties)
{
	struct capture_input in = ground_answer(&g, 9, NULL);
	in.properties = str_of(properties);
	return ground_take(&g, &in).id;
}

static bool knows(const struct cube_view *v, const char *text)
{
	size_t at = cube_property_find(v->properties, v->property_count, STR("city"));
	return at != SIZE_MAX && cube_dict_find(v->properties[at].values.dict, str_of(text),
	                                        v->properties[at].values.count) != 0;
}

static bool known_now(const char *text)
{
	const struct cube_view *v = take(cubes, g.db, g.workspace);
	bool known = knows(v, text);
	cubes_return(cubes, v);
	return known;
}

static void a_text_that_only_a_removed_answer_had_leaves_memory(void **state)
{
	(void)state;
	int64_t one = give_with("{\"city\":\"Lund\"}"), other = give_with("{\"city\":\"Bergen\"}");
	give_with("{\"city\":\"Lund\"}");
	assert_true(known_now("Lund") && known_now("Bergen"));
	ground_run(&g, remove_answer, &one);
	ground_wait(&g, CLOCK_MINUTE);
	assert_true(known_now("Lund"));
	assert_int_equal(stats_of(cubes).loads, 1);
	ground_run(&g, remove_answer, &other);
	assert_false(known_now("Bergen"));
	assert_true(known_now("Lund"));
	assert_int_equal(stats_of(cubes).loads, 2);
	/* Not with every answer of many that are removed, but a minute later at most. */
	other = give_with("{\"city\":\"Oslo\"}");
	assert_true(known_now("Oslo"));
	ground_run(&g, remove_answer, &other);
	(void)known_now("Oslo");
	assert_int_equal(stats_of(cubes).loads, 2);
	ground_wait(&g, CLOCK_MINUTE);
	assert_false(known_now("Oslo"));
}

static bool remove_person(struct db_tx *tx, void *input, struct err *err)
{
	static const char text[] = "DELETE FROM person WHERE workspace_id = $1 AND id = $2";
	static const struct db_stmt stmt = { "test_remove_person", text, text, false };
	int64_t id = *(int64_t *)input;
	tx_changed(tx, CHANGE_PERSON, id);
	return db_exec(tx->db, &stmt, DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id)), NULL,
	               err);
}

static bool knows_trait(const char *text)
{
	const struct cube_view *v;
	int64_t as_of;
	struct err err = { 0 };
	bool known = false;
	if (!cubes_view(cubes, g.db, g.workspace, CUBE_PEOPLE, &v, &as_of, &err))
		die(__FILE__, __LINE__, err.msg);
	for (size_t i = 0; i < v->trait_count; i++)
		known = known || cube_dict_find(v->traits[i].values.dict, str_of(text),
		                                v->traits[i].values.count) != 0;
	cubes_return(cubes, v);
	return known;
}

static void a_text_that_only_a_removed_person_had_leaves_memory(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct capture_input in = ground_answer(&g, 9, NULL);
	const struct person_input who = { .external_id = STR("p1"),
		                          .traits = STR("{\"team\":\"Night shift\"}") };
	assert_true(person_ref_check(&g.arena, &who, &in.who, &err));
	struct response r = ground_take(&g, &in);
	assert_true(knows_trait("Night shift"));
	ground_run(&g, remove_answer, &r.id);
	ground_run(&g, remove_person, &r.person_id);
	ground_wait(&g, CLOCK_MINUTE);
	assert_false(knows_trait("Night shift"));
}

static void a_workspace_that_is_removed_is_kept_no_longer_than_somebody_reads_it(void **state)
{
	(void)state;
	give(9);
	const struct cube_view *held = take(cubes, g.db, g.workspace);
	cubes_forget(cubes, g.workspace);
	assert_int_equal(stats_of(cubes).workspaces, 0);
	assert_int_equal(held->rows, 1);
	cubes_return(cubes, held);
	assert_int_equal(stats_of(cubes).bytes, 0);
	held = take(cubes, g.db, g.workspace);
	assert_int_equal(held->rows, 1);
	cubes_return(cubes, held);
	assert_int_equal(stats_of(cubes).bytes, 0);
}

static void check_rows(uint64_t rows, size_t there, int64_t loads)
{
	size_t with_id;
	const struct cube_view *view = take(cubes, g.db, g.workspace);
	assert_int_equal(view->rows, rows);
	assert_int_equal(rows_of(view, MANY, &with_id), there);
	assert_int_equal(stats_of(cubes).loads, loads);
	cubes_return(cubes, view);
}

static void a_cube_most_of_whose_rows_are_gone_is_loaded_anew(void **state)
{
	(void)state;
	ground_run(&g, fill_many, NULL);
	check_rows(MANY, MANY, 1);
	ground_run(&g, clear_span, &(struct span){ 0, 34000 });
	check_rows(MANY, MANY - 34000, 1);
	assert_int_equal(stats_of(cubes).changes, 34000);
	ground_run(&g, clear_span, &(struct span){ 34000, 68000 });
	check_rows(MANY - 68000, MANY - 68000, 2);
}

static void more_changes_than_rows_are_not_read_one_by_one(void **state)
{
	(void)state;
	ground_run(&g, fill_many, NULL);
	check_rows(MANY, MANY, 1);
	ground_run(&g, clear_span, &(struct span){ 0, 60000 });
	check_rows(MANY - 60000, MANY - 60000, 2);
	assert_true(stats_of(cubes).changes < 60000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CUBE_TEST(a_new_answer_is_in_the_next_view),
		CUBE_TEST(who_asks_again_gets_the_same_view),
		CUBE_TEST(answers_of_other_workspaces_are_not_in_it),
		CUBE_TEST(what_was_not_asked_for_longest_is_dropped_when_memory_is_short),
		CUBE_TEST(a_view_that_is_held_outlives_its_cube_and_counts),
		CUBE_TEST(a_person_is_known_since_its_first_answer_which_may_be_dated_anew),
		CUBE_TEST(a_log_that_was_pruned_past_the_cube_makes_it_load_anew),
		CUBE_TEST(a_text_that_only_a_removed_answer_had_leaves_memory),
		CUBE_TEST(a_text_that_only_a_removed_person_had_leaves_memory),
		CUBE_TEST(a_workspace_that_is_removed_is_kept_no_longer_than_somebody_reads_it),
		CUBE_TEST(a_cube_most_of_whose_rows_are_gone_is_loaded_anew),
		CUBE_TEST(more_changes_than_rows_are_not_read_one_by_one),
	};
	return ENGINES_RUN("cubes", engine, tests, NULL, NULL);
}
