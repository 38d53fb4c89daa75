/* The cubes of a server: who shares one, who waits, what is dropped, what a held view keeps. Both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include "account/workspace.h"
#include "base/die.h"
#include "cube_lines.h"
#include "db/change.h"
#include "ground.h"

static enum db_engine engine;
static struct ground g;
static struct cubes *cubes;

static struct cubes *open_cubes(size_t budget)
{
	return cubes_open(&(struct cubes_config){ .clock = &g.fresh.clock, .budget = budget });
}

static int make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	cubes = open_cubes(0);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	cubes_close(cubes);
	ground_remove(&g);
	return 0;
}

static const struct cube_view *take(struct cubes *from, struct db *db, int64_t workspace)
{
	const struct cube_view *view = NULL;
	int64_t as_of;
	struct err err = { 0 };
	if (!cubes_view(from, db, workspace, 0, &view, &as_of, &err))
		die(__FILE__, __LINE__, err.msg);
	return view;
}

static struct cubes_stats stats_of(struct cubes *from)
{
	struct cubes_stats stats;
	cubes_stats(from, &stats);
	return stats;
}

static int64_t give(int score)
{
	struct capture_input in = ground_answer(&g, score, NULL);
	return ground_take(&g, &in).id;
}

/* Rows that are there, and how many of them have the id. */
static size_t rows_of(const struct cube_view *v, int64_t id, size_t *with_id)
{
	size_t n = 0;
	*with_id = 0;
	for (size_t i = 0; i < v->chunk_count; i++)
		for (size_t k = 0; k < v->chunks[i]->rows; k++) {
			n += CUBE_STATE(v->chunks[i]->facts[k]) != 0;
			*with_id += cube_view_id(v, i, k) == id;
		}
	return n;
}

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

/* A workspace of its own whose cube is asked for. */
static int64_t another(const char *name)
{
	struct workspace_new other = { .name = str_of(name), .time_zone = STR("UTC") };
	struct err err = { 0 };
	assert_true(store_run(g.store, 0, UNIT_INTERACTIVE, workspace_reserve, &other, &err));
	assert_true(store_run(g.store, other.id, UNIT_INTERACTIVE, workspace_fill, &other, &err));
	return other.id;
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

/* Many at once. */

#define THREADS 3
#define ANSWERS 150

struct reader {
	pthread_t thread;
	struct db *db;
	unsigned wants;
	int64_t first; /* rev before the first answer */
	int views;
};

static atomic_bool over;

/* Each answer is one rev and one row: what a view shows follows from its rev. */
static void *read_on(void *context)
{
	struct reader *r = context;
	int64_t rev = 0;
	struct err err = { 0 };
	while (!atomic_load(&over)) {
		const struct cube_view *view;
		int64_t as_of;
		size_t with_id, person_rows = 0;
		if (!cubes_view(cubes, r->db, g.workspace, r->wants, &view, &as_of, &err))
			die(__FILE__, __LINE__, err.msg);
		MUST(view->rev >= rev);
		MUST((int64_t)rows_of(view, 0, &with_id) == view->rev - r->first);
		cube_check_clusters(view);
		for (size_t i = 0; i < view->people_count; i++)
			person_rows += view->people[i]->rows;
		MUST(!r->wants || person_rows == view->person_count);
		rev = view->rev;
		r->views++;
		cubes_return(cubes, view);
	}
	return NULL;
}

static void readers_begin(struct reader *readers, int64_t first)
{
	struct err err = { 0 };
	atomic_store(&over, false);
	for (int i = 0; i < THREADS; i++) {
		readers[i] = (struct reader){ .first = first, .wants = i ? 0 : CUBE_PEOPLE };
		assert_true(store_reader_open(g.store, &readers[i].db, &err));
		MUST(pthread_create(&readers[i].thread, NULL, read_on, &readers[i]) == 0);
	}
}

static void readers_end(struct reader *readers)
{
	atomic_store(&over, true);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(readers[i].thread, NULL);
		store_reader_close(g.store, readers[i].db);
		assert_true(readers[i].views > 0);
	}
}

static void give_as(int number)
{
	char id[16];
	struct err err = { 0 };
	struct capture_input in = ground_answer(&g, number % 11, NULL);
	struct person_input who = { .traits = STR("{\"plan\":\"pro\"}") };
	snprintf(id, sizeof id, "p%d", number % 20);
	who.external_id = str_of(id);
	assert_true(person_ref_check(&g.arena, &who, &in.who, &err));
	ground_take(&g, &in);
}

static void views_are_whole_while_somebody_writes(void **state)
{
	(void)state;
	struct reader readers[THREADS];
	const struct cube_view *view = take(cubes, g.db, g.workspace);
	int64_t first = view->rev;
	cubes_return(cubes, view);
	readers_begin(readers, first);
	for (int i = 0; i < ANSWERS; i++)
		give_as(i);
	readers_end(readers);
	view = take(cubes, g.db, g.workspace);
	assert_int_equal(view->rows, ANSWERS);
	assert_int_equal(view->rev, first + ANSWERS);
	cubes_return(cubes, view);
}

/* Each view drops the others' cubes. */

#define ROUNDS 500

static atomic_int wandering;

struct wanderer {
	pthread_t thread;
	struct db *db;
	struct cubes *small;
	int64_t workspaces[3];
	size_t start;
};

static void *wander(void *context)
{
	struct wanderer *w = context;
	for (size_t i = 0; i < ROUNDS; i++) {
		int64_t workspace = w->workspaces[(w->start + i) % 7 % 3];
		const struct cube_view *view = take(w->small, w->db, workspace);
		size_t with_id, rows = rows_of(view, 0, &with_id);
		MUST(view->workspace == workspace && rows <= view->rows);
		cubes_return(w->small, view);
	}
	atomic_fetch_sub(&wandering, 1);
	return NULL;
}

static void views_stand_while_cubes_are_dropped_under_them(void **state)
{
	(void)state;
	struct cubes *small = open_cubes(1);
	struct wanderer all[THREADS];
	struct err err = { 0 };
	int64_t second = another("Second"), third = another("Third");
	atomic_store(&wandering, THREADS);
	for (size_t i = 0; i < THREADS; i++) {
		all[i] = (struct wanderer){ .small = small,
			                    .workspaces = { g.workspace, second, third },
			                    .start = i };
		assert_true(store_reader_open(g.store, &all[i].db, &err));
		MUST(pthread_create(&all[i].thread, NULL, wander, &all[i]) == 0);
	}
	int given = 0;
	for (; atomic_load(&wandering) > 0; given++)
		give_as(given);
	for (size_t i = 0; i < THREADS; i++) {
		pthread_join(all[i].thread, NULL);
		store_reader_close(g.store, all[i].db);
	}
	const struct cube_view *view = take(small, g.db, g.workspace);
	assert_int_equal(view->rows, given);
	cubes_return(small, view);
	assert_true(stats_of(small).drops > 0);
	cubes_close(small);
}

/* PostgreSQL: a unit that stands before its COMMIT. */

struct gate {
	pthread_mutex_t lock;
	pthread_cond_t turn;
	bool reached, open;
	struct capture_input in;
};

static bool capture_and_wait(struct db_tx *tx, void *input, struct err *err)
{
	struct gate *gate = input;
	if (!capture_apply(tx, &gate->in, err))
		return false;
	pthread_mutex_lock(&gate->lock);
	gate->reached = true;
	pthread_cond_broadcast(&gate->turn);
	while (!gate->open)
		pthread_cond_wait(&gate->turn, &gate->lock);
	pthread_mutex_unlock(&gate->lock);
	return true;
}

static void *hold_back(void *context)
{
	struct err err = { 0 };
	if (!ground_try(&g, capture_and_wait, context, &err))
		die(__FILE__, __LINE__, err.msg);
	return NULL;
}

/* Another process on the same database. */
struct other {
	struct store *store;
	struct capture_input in;
	atomic_bool done;
};

static void *give_there(void *context)
{
	struct other *other = context;
	struct err err = { 0 };
	if (!store_run(other->store, g.workspace, UNIT_INTERACTIVE, capture_apply, &other->in,
	               &err))
		die(__FILE__, __LINE__, err.msg);
	atomic_store(&other->done, true);
	return NULL;
}

static void check_seen_once(int64_t id, size_t rows)
{
	size_t with_id;
	const struct cube_view *view = take(cubes, g.db, g.workspace);
	assert_int_equal(rows_of(view, id, &with_id), rows);
	assert_int_equal(with_id, 1);
	cubes_return(cubes, view);
}

static void a_unit_that_was_held_before_its_commit_is_seen_exactly_once(void **state)
{
	(void)state;
	struct gate gate = { .in = ground_answer(&g, 9, NULL) };
	struct other other = { .in = ground_answer(&g, 3, NULL) };
	struct err err = { 0 };
	pthread_t holder, passer;
	struct store_config config = fresh_config(&g.fresh, STORE_COMMAND);
	assert_true(store_open(&other.store, &config, &err));
	assert_true(capture_check(&g.arena, &gate.in, &err));
	assert_true(capture_check(&g.arena, &other.in, &err));
	pthread_mutex_init(&gate.lock, NULL);
	pthread_cond_init(&gate.turn, NULL);
	cubes_return(cubes, take(cubes, g.db, g.workspace));
	MUST(pthread_create(&holder, NULL, hold_back, &gate) == 0);
	pthread_mutex_lock(&gate.lock);
	while (!gate.reached)
		pthread_cond_wait(&gate.turn, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
	MUST(pthread_create(&passer, NULL, give_there, &other) == 0);
	for (int i = 0; i < 20; i++) {
		const struct cube_view *view = take(cubes, g.db, g.workspace);
		size_t ignored;
		/* Nobody overtakes it: a rev is taken by turns. */
		assert_int_equal(rows_of(view, 0, &ignored), 0);
		cubes_return(cubes, view);
		usleep(5000);
	}
	assert_false(atomic_load(&other.done));
	pthread_mutex_lock(&gate.lock);
	gate.open = true;
	pthread_cond_broadcast(&gate.turn);
	pthread_mutex_unlock(&gate.lock);
	pthread_join(holder, NULL);
	pthread_join(passer, NULL);
	check_seen_once(gate.in.response.id, 2);
	check_seen_once(other.in.response.id, 2);
	store_close(other.store, CLOCK_SECOND);
	pthread_cond_destroy(&gate.turn);
	pthread_mutex_destroy(&gate.lock);
}

/* PostgreSQL: readers of the log stand still while somebody has the table. */

static void run_sql(PGconn *conn, const char *sql)
{
	PGresult *res = PQexec(conn, sql);
	assert_int_equal(PQresultStatus(res), PGRES_COMMAND_OK);
	PQclear(res);
}

/* One caller, with a reader of its own. */
struct asker {
	pthread_t thread;
	struct db *db;
	struct cubes *cubes;
	int64_t rev, as_of;
	enum err_kind refused; /* ERR_NONE: it got a view */
};

static void *ask(void *context)
{
	struct asker *a = context;
	const struct cube_view *view;
	struct err err = { 0 };
	if (!cubes_view(a->cubes, a->db, g.workspace, 0, &view, &a->as_of, &err)) {
		a->refused = err.kind;
		return NULL;
	}
	a->rev = view->rev;
	cubes_return(a->cubes, view);
	return NULL;
}

static struct asker asker_of(struct cubes *of)
{
	struct asker a = { .cubes = of };
	struct err err = { 0 };
	assert_true(store_reader_open(g.store, &a.db, &err));
	return a;
}

/* The first asks while the log is locked, and is given the time to begin; then the second asks and is done; then the log
 * is let go. */
static void ask_behind(struct asker *first, struct asker *second)
{
	PGconn *conn = PQconnectdb(g.fresh.database);
	run_sql(conn, "BEGIN");
	run_sql(conn, "LOCK TABLE change, response IN ACCESS EXCLUSIVE MODE");
	MUST(pthread_create(&first->thread, NULL, ask, first) == 0);
	while (stats_of(first->cubes).reading == 0)
		usleep(1000);
	ask(second);
	run_sql(conn, "ROLLBACK");
	PQfinish(conn);
	pthread_join(first->thread, NULL);
	store_reader_close(g.store, first->db);
	store_reader_close(g.store, second->db);
}

static void who_waits_too_long_takes_the_older_view_and_is_told_of_when_it_is(void **state)
{
	(void)state;
	struct asker first = asker_of(cubes), second = asker_of(cubes);
	give(9);
	const struct cube_view *old = take(cubes, g.db, g.workspace);
	int64_t then = g.fresh.clock.frozen;
	ground_wait(&g, CLOCK_MINUTE);
	give(3);
	ask_behind(&first, &second);
	assert_int_equal(second.refused, ERR_NONE);
	assert_int_equal(second.rev, old->rev);
	assert_int_equal(second.as_of, then);
	assert_int_equal(stats_of(cubes).lag_us_last,
	                 0); /* of the first, who was given the newest */
	assert_int_equal(first.rev, old->rev + 1);
	assert_int_equal(first.as_of, then + CLOCK_MINUTE);
	assert_true(stats_of(cubes).waits > 0);
	cubes_return(cubes, old);
}

static void who_waits_too_long_for_the_first_view_is_told_to_come_again(void **state)
{
	(void)state;
	struct asker first = asker_of(cubes), second = asker_of(cubes);
	give(9);
	ask_behind(&first, &second);
	assert_int_equal(second.refused, ERR_LOADING);
	assert_int_equal(first.refused, ERR_NONE);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

static int run(const char *name)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_answer_is_in_the_next_view),
		TEST(who_asks_again_gets_the_same_view),
		TEST(answers_of_other_workspaces_are_not_in_it),
		TEST(what_was_not_asked_for_longest_is_dropped_when_memory_is_short),
		TEST(a_view_that_is_held_outlives_its_cube_and_counts),
		TEST(a_person_is_known_since_its_first_answer_which_may_be_dated_anew),
		TEST(a_log_that_was_pruned_past_the_cube_makes_it_load_anew),
		TEST(a_text_that_only_a_removed_answer_had_leaves_memory),
		TEST(a_text_that_only_a_removed_person_had_leaves_memory),
		TEST(a_workspace_that_is_removed_is_kept_no_longer_than_somebody_reads_it),
		TEST(a_cube_most_of_whose_rows_are_gone_is_loaded_anew),
		TEST(more_changes_than_rows_are_not_read_one_by_one),
		TEST(views_are_whole_while_somebody_writes),
		TEST(views_stand_while_cubes_are_dropped_under_them),
	};
	const struct CMUnitTest with_processes[] = {
		TEST(a_unit_that_was_held_before_its_commit_is_seen_exactly_once),
		TEST(who_waits_too_long_takes_the_older_view_and_is_told_of_when_it_is),
		TEST(who_waits_too_long_for_the_first_view_is_told_to_come_again),
	};
	int failed = cmocka_run_group_tests_name(name, tests, NULL, NULL);
	if (engine == DB_POSTGRES)
		failed += cmocka_run_group_tests_name(name, with_processes, NULL, NULL);
	return failed;
}

int main(void)
{
	engine = DB_SQLITE;
	int failed = run("cubes on SQLite");
	if (!fresh_has_postgres())
		return failed;
	engine = DB_POSTGRES;
	return failed + run("cubes on PostgreSQL");
}
