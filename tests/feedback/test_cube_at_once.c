/* Cubes that many ask for at once, while somebody writes, and while others stand in the way. Both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include "../db/engines.h"
#include "base/die.h"
#include "cube_ground.h"
#include "cube_lines.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		CUBE_TEST(views_are_whole_while_somebody_writes),
		CUBE_TEST(views_stand_while_cubes_are_dropped_under_them),
	};
	/* Of others, whom SQLite's writer would wait for. */
	const struct CMUnitTest on_postgres[] = {
		CUBE_TEST(a_unit_that_was_held_before_its_commit_is_seen_exactly_once),
		CUBE_TEST(who_waits_too_long_takes_the_older_view_and_is_told_of_when_it_is),
		CUBE_TEST(who_waits_too_long_for_the_first_view_is_told_to_come_again),
	};
	int failed = ENGINES_RUN("cubes at once", engine, tests, NULL, NULL);
	return engine == DB_SQLITE ? failed
	                           : failed + cmocka_run_group_tests_name("cubes behind others",
	                                                                  on_postgres, NULL, NULL);
}
