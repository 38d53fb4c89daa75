/* Answers with the themes that they speak of, of a view against those of the tables: random questions over a random history, on both
 * engines.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_mentions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "base/die.h"
#include "cells_same.h"
#include "draw.h"
#include "feedback/cube.h"
#include "history.h"
#include "readings.h"
#include "scene.h"

#define SEEN_MAX 8192

static enum db_engine engine;

struct seen {
	struct fact fact;
	unsigned sayings[READINGS_THEMES];
};

struct visited {
	struct seen at[SEEN_MAX];
	size_t count;
	uint32_t last_cluster, last_person;
};

/* Numbers are given in the order in which they come. */
static void follow(uint32_t number, uint32_t *last)
{
	assert_true(number <= *last + 1);
	*last = number > *last ? number : *last;
}

static bool note(void *context, const struct fact *fact, const struct fact_mention *mentions,
                 size_t count, struct err *err)
{
	struct visited *v = context;
	(void)err;
	assert_true(v->count < SEEN_MAX);
	struct seen *s = &v->at[v->count++];
	*s = (struct seen){ .fact = *fact };
	follow(fact->cluster, &v->last_cluster);
	follow(fact->person, &v->last_person);
	for (size_t i = 0; i < count; i++) {
		assert_true(i == 0 || mentions[i].theme > mentions[i - 1].theme);
		assert_true(mentions[i].theme < READINGS_THEMES && mentions[i].sayings);
		s->sayings[mentions[i].theme] = mentions[i].sayings;
	}
	return true;
}

static int by_id(const void *x, const void *y)
{
	const struct seen *a = x, *b = y;
	return (a->fact.id > b->fact.id) - (a->fact.id < b->fact.id);
}

static void visit(const struct facts *facts, const struct question *q, const struct cells *cells,
                  struct visited *out)
{
	Str codes[READINGS_THEMES];
	struct err err = { 0 };
	for (int i = 0; i < READINGS_THEMES; i++)
		codes[i] = str_of(readings_themes[i]);
	out->count = out->last_cluster = out->last_person = 0;
	if (!cells_visit_mentions(facts, q->arena, &q->q, cells, codes, READINGS_THEMES, note, out,
	                          &err))
		fail_msg("%s", err.msg);
	qsort(out->at, out->count, sizeof(out->at[0]), by_id);
}

/* Numbers of one visit stand for those of the other: the same one for the same one, and nobody for nobody. */
static bool pairs(uint32_t *other_of, uint32_t number, uint32_t other)
{
	if (!other_of[number])
		other_of[number] = other + 1;
	return other_of[number] == other + 1 && !number == !other;
}

static void same(const struct question *q, const struct visited *a, const struct visited *b)
{
	static uint32_t clusters[SEEN_MAX], persons[SEEN_MAX];
	memset(clusters, 0, sizeof(clusters));
	memset(persons, 0, sizeof(persons));
	if (a->count != b->count || a->last_cluster != b->last_cluster ||
	    a->last_person != b->last_person)
		cells_differ(q, "how many come");
	for (size_t i = 0; i < a->count; i++) {
		const struct fact *x = &a->at[i].fact, *y = &b->at[i].fact;
		if (x->id != y->id || x->at != y->at || x->score != y->score ||
		    x->before != y->before || x->values[0] != y->values[0] ||
		    x->values[1] != y->values[1])
			cells_differ(q, "an answer");
		if (!pairs(clusters, x->cluster, y->cluster) ||
		    !pairs(persons, x->person, y->person))
			cells_differ(q, "whose an answer is");
		if (memcmp(a->at[i].sayings, b->at[i].sayings, sizeof(a->at[i].sayings)) != 0)
			cells_differ(q, "what a comment speaks of");
	}
}

/* How many speak so of each theme, as cells have it. */
static void same_as_cells(const struct facts *tables, const struct question *q,
                          const struct visited *v)
{
	for (int saying = 0; saying < THEME_SAYINGS; saying++) {
		struct cell_question by = q->q;
		struct cells cells;
		struct err err = { 0 };
		by.dims[0] = (struct dim){ .kind = DIM_THEME, .saying = (enum theme_saying)saying };
		by.dims[1] = (struct dim){ 0 };
		if (!cells_ask(tables, q->arena, &by, &cells, &err))
			fail_msg("%s", err.msg);
		for (int t = 0; t < READINGS_THEMES; t++) {
			int64_t expected = 0, found = 0;
			for (size_t i = 0; i < cells.count[0]; i++)
				for (int score = 0;
				     score <= NPS_SCORE_MAX &&
				     str_eq(cells.values[0][i].text, str_of(readings_themes[t]));
				     score++)
					expected += cells.at[i].sums.by_score[score] +
					            cells.at[i].before.by_score[score];
			for (size_t i = 0; i < v->count; i++)
				found += v->at[i].sayings[t] >> saying & 1;
			if (found != expected)
				cells_differ(q, "how many speak of a theme");
		}
	}
}

static int64_t compare_one(const struct facts *view, const struct facts *tables, struct question *q)
{
	static struct visited of_view, of_tables;
	struct cells cells;
	struct err err = { 0 };
	q->q.vote = VOTE_ANSWER;
	for (int d = 0; d < 2; d++)
		if (dim_is_set(&q->q.dims[d]))
			q->q.dims[d] = (struct dim){ 0 };
	if (!cells_ask(view, q->arena, &q->q, &cells, &err))
		return 0;
	visit(view, q, &cells, &of_view);
	visit(tables, q, &cells, &of_tables);
	same(q, &of_view, &of_tables);
	same_as_cells(tables, q, &of_view);
	return (int64_t)of_view.count;
}

static int64_t compare_some(struct cubes *cubes, struct ground *g, struct question *q,
                            int questions)
{
	struct facts tables = facts_of_tables(g->db, g->workspace);
	int64_t answers = 0;
	for (int i = 0; i < questions; i++) {
		struct arena a = { 0 };
		struct facts view;
		struct err err;
		/* Of some the view knows no people: then the tables answer. */
		if (!facts_open(cubes, g->db, g->workspace, i % 8 ? CUBE_PEOPLE : 0, &a, &view,
		                &err))
			die(__FILE__, __LINE__, err.msg);
		q->arena = &a;
		question_draw(q);
		answers += compare_one(&view, &tables, q);
		arena_free(&a);
	}
	return answers;
}

static void mentions_of_a_view_are_those_of_the_tables_whatever_happens(void **state)
{
	(void)state;
	struct ground g;
	struct history h;
	int64_t answers = 0;
	ground_make(&g, engine);
	history_begin(&h, &g);
	struct cubes *cubes = cubes_open(&(struct cubes_config){ .clock = &g.fresh.clock });
	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < 12; i++)
			history_step(&h);
		struct question q = question_of_history(&h);
		answers += compare_some(cubes, &g, &q, engine == DB_SQLITE ? 30 : 8);
	}
	assert_true(answers > 0);
	cubes_close(cubes);
	history_end(&h);
	ground_remove(&g);
}

static void mentions_of_a_view_are_those_of_the_tables_with_accounts(void **state)
{
	(void)state;
	struct scene s;
	scene_make(&s, engine, draw_seed(), 600);
	struct cubes *cubes = cubes_open(&(struct cubes_config){ .clock = &s.g.fresh.clock });
	struct question q = question_of_scene(&s);
	assert_true(compare_some(cubes, &s.g, &q, engine == DB_SQLITE ? 200 : 40) > 0);
	cubes_close(cubes);
	scene_remove(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mentions_of_a_view_are_those_of_the_tables_whatever_happens),
		cmocka_unit_test(mentions_of_a_view_are_those_of_the_tables_with_accounts),
	};
	return ENGINES_RUN("cells of mentions", engine, tests, NULL, NULL);
}
