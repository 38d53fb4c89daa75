/* Cells of a view against cells of the tables: random questions over random histories, on both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "base/die.h"
#include "cells_same.h"
#include "draw.h"
#include "feedback/cube.h"
#include "history.h"
#include "question.h"
#include "scene.h"

static enum db_engine engine;

struct pair {
	struct facts view, tables;
	struct question *q;
};

static void differ(const struct pair *p, const char *what)
{
	cells_differ(p->q, what);
}

static bool count_visit(void *context, const struct fact *fact, struct err *err)
{
	int64_t *counts = context;
	(void)err;
	counts[fact->values[0] * counts[0] + fact->values[1] + 1] += fact->before ? 1000000 : 1;
	return true;
}

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t n = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		n += sums->by_score[score];
	return n;
}

/* Visits put each answer into the cell that counted it. */
static void same_visits(const struct pair *p, const struct cells *cells)
{
	struct err err;
	size_t count = cells->count[0] * cells->count[1], found, other;
	int64_t *counts = ARENA_ARRAY(p->q->arena, int64_t, count + 1), *ids, *expected;
	if (dim_is_set(&p->q->q.dims[0]) || dim_is_set(&p->q->q.dims[1]))
		return;
	counts[0] = (int64_t)cells->count[1];
	assert_true(cells_visit(&p->view, p->q->arena, &p->q->q, cells, count_visit, counts, &err));
	for (size_t i = 0; i < count; i++)
		if (counts[i + 1] !=
		    answers_of(&cells->at[i].sums) + 1000000 * answers_of(&cells->at[i].before))
			differ(p, "a visit");
	if (count == 0)
		return;
	size_t cell = (size_t)(p->q->random % count);
	assert_true(
	    cells_answers(&p->view, p->q->arena, &p->q->q, cells, cell, 4, &ids, &found, &err));
	assert_true(cells_answers(&p->tables, p->q->arena, &p->q->q, cells, cell, 4, &expected,
	                          &other, &err));
	if (found != other || memcmp(ids, expected, found * sizeof(*ids)) != 0)
		differ(p, "the answers behind");
}

static void compare(const struct pair *p)
{
	struct cells of_view, of_tables;
	struct err view_err = { 0 }, tables_err = { 0 };
	bool ok = cells_ask(&p->view, p->q->arena, &p->q->q, &of_view, &view_err);
	if (ok != cells_ask(&p->tables, p->q->arena, &p->q->q, &of_tables, &tables_err))
		differ(p, ok ? tables_err.msg : view_err.msg);
	if (!ok) {
		assert_string_equal(view_err.msg, tables_err.msg);
		return;
	}
	cells_same(p->q, &of_view, &of_tables);
	same_visits(p, &of_view);
}

static void compare_some(struct cubes *cubes, struct ground *g, struct question *q, int questions)
{
	struct err err = { 0 };
	int64_t as_of;
	const struct cube_view *view;
	if (!cubes_view(cubes, g->db, g->workspace, CUBE_PEOPLE, &view, &as_of, &err))
		die(__FILE__, __LINE__, err.msg);
	struct pair p = { facts_of_view(view, g->db, g->workspace),
		          facts_of_tables(g->db, g->workspace), q };
	for (int i = 0; i < questions; i++) {
		struct arena a = { 0 };
		q->arena = &a;
		question_draw(q);
		compare(&p);
		arena_free(&a);
	}
	cubes_return(cubes, view);
}

static void a_view_answers_as_the_tables_do_of_many_answers(void **state)
{
	(void)state;
	struct scene s;
	uint64_t seed = draw_seed();
	scene_make(&s, engine, seed, 600);
	struct cubes *cubes = cubes_open(&(struct cubes_config){ .clock = &s.g.fresh.clock });
	for (int round = 0; round < 4; round++) {
		struct question q = question_of_scene(&s);
		compare_some(cubes, &s.g, &q, engine == DB_SQLITE ? 250 : 60);
		scene_add(&s, 300);
	}
	cubes_close(cubes);
	scene_remove(&s);
}

static void a_view_answers_as_the_tables_do_whatever_happens(void **state)
{
	(void)state;
	struct ground g;
	struct history h;
	ground_make(&g, engine);
	history_begin(&h, &g);
	struct cubes *cubes = cubes_open(&(struct cubes_config){ .clock = &g.fresh.clock });
	for (int round = 0; round < 30; round++) {
		for (int i = 0; i < 12; i++)
			history_step(&h);
		struct question q = question_of_history(&h);
		compare_some(cubes, &g, &q, engine == DB_SQLITE ? 30 : 10);
	}
	cubes_close(cubes);
	history_end(&h);
	ground_remove(&g);
}

/* More than a chunk has: of a whole one bits, orders and packed columns are kept. */

#define COPIES 112
#define MOVED  40

static const char copy_text[] =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2) "
    "INSERT INTO response (workspace_id, id, survey_id, version, person_id, account_id, state, "
    "score, comment, comment_folded, answers, properties, language, channel, source, import_id, "
    "starred, created_at, updated_at, submitted_at, first_scored_at, time_clamped, edits) "
    "SELECT r.workspace_id, r.id + n.i * 1099511627776, r.survey_id, r.version, r.person_id, "
    "r.account_id, r.state, r.score, r.comment, r.comment_folded, r.answers, r.properties, "
    "r.language, r.channel, r.source, r.import_id, r.starred, r.created_at, r.updated_at, "
    "r.submitted_at, r.first_scored_at, r.time_clamped, r.edits "
    "FROM response r CROSS JOIN n WHERE r.workspace_id = $1";
static const struct db_stmt copy_stmt = { "test_copy", copy_text, copy_text, false };
static const char move_text[] = "UPDATE response SET state = 2, score = $3, properties = $4, "
				"first_scored_at = COALESCE(first_scored_at, submitted_at) "
				"WHERE workspace_id = $1 AND id = $2";
static const struct db_stmt move_stmt = { "test_move", move_text, move_text, false };

static bool copy_answers(struct db_tx *tx, void *unused, struct err *err)
{
	(void)unused;
	return db_exec(tx->db, &copy_stmt, DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(COPIES)),
	               NULL, err);
}

/* Some answers of the first chunk get another score, and what another one had for properties. */
static bool move_answers(struct db_tx *tx, void *input, struct err *err)
{
	struct scene *s = input;
	for (int i = 0; i < MOVED; i++) {
		int64_t id = s->answers[scene_below(s, s->count)].r.id;
		Str properties = s->answers[scene_below(s, s->count)].r.properties;
		tx_changed(tx, CHANGE_RESPONSE, id);
		if (!db_exec(tx->db, &move_stmt,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(id),
		                     db_arg_i64((int64_t)scene_below(s, 11)),
		                     db_arg_text(properties)),
		             NULL, err))
			return false;
	}
	return true;
}

static void a_view_answers_as_the_tables_do_of_more_than_a_chunk(void **state)
{
	(void)state;
	struct scene s;
	uint64_t seed = draw_seed();
	scene_make(&s, engine, seed, 600);
	ground_run(&s.g, copy_answers, NULL);
	struct cubes *cubes = cubes_open(&(struct cubes_config){ .clock = &s.g.fresh.clock });
	int64_t surveys[SCENE_SURVEYS];
	for (int i = 0; i < SCENE_SURVEYS; i++)
		surveys[i] = s.surveys[i].id;
	for (int round = 0; round < 3; round++) {
		struct question q = { .random = scene_random(&s),
			              .surveys = surveys,
			              .survey_count = SCENE_SURVEYS };
		compare_some(cubes, &s.g, &q, engine == DB_SQLITE ? 12 : 4);
		ground_run(&s.g, move_answers, &s);
	}
	cubes_close(cubes);
	scene_remove(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_view_answers_as_the_tables_do_of_many_answers),
		cmocka_unit_test(a_view_answers_as_the_tables_do_whatever_happens),
		cmocka_unit_test(a_view_answers_as_the_tables_do_of_more_than_a_chunk),
	};
	return ENGINES_RUN("cells of views", engine, tests, NULL, NULL);
}
