/* Questions that come again: with what was counted before they say what they say without, over random histories, of views that
 * were made since and before.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_kept.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/die.h"
#include "cells_same.h"
#include "draw.h"
#include "feedback/action.h"
#include "feedback/cube.h"
#include "history.h"
#include "question.h"
#include "scene.h"

#define HELD      4
#define QUESTIONS 60
#define THREADS   4

/* Of one workspace, the same questions again and again. */
struct asker {
	struct cubes *cubes;
	struct db *db;
	int64_t workspace;
	uint64_t seed;
	const int64_t *surveys;
	size_t survey_count;
};

static const struct cube_view *view_of(const struct asker *k)
{
	const struct cube_view *view = NULL;
	int64_t as_of;
	struct err err = { 0 };
	if (!cubes_view(k->cubes, k->db, k->workspace, CUBE_PEOPLE, &view, &as_of, &err))
		die(__FILE__, __LINE__, err.msg);
	return view;
}

static void compare(const struct asker *k, struct question *q, const struct cube_view *view)
{
	struct cells kept, anew;
	struct err kept_err = { 0 }, anew_err = { 0 };
	struct facts facts = facts_of_view(view, k->db, k->workspace);
	bool ok = cells_ask(&facts, q->arena, &q->q, &anew, &anew_err);
	facts.kept = cubes_kept(k->cubes, k->workspace);
	if (ok != cells_ask(&facts, q->arena, &q->q, &kept, &kept_err))
		cells_differ(q, ok ? kept_err.msg : anew_err.msg);
	if (ok)
		cells_same(q, &kept, &anew);
	else
		assert_string_equal(kept_err.msg, anew_err.msg);
}

static void compare_all(const struct asker *k, const struct cube_view *view)
{
	for (uint64_t i = 0; i < QUESTIONS; i++) {
		struct arena a = { 0 };
		struct question q = { .random = k->seed + i * 1000,
			              .arena = &a,
			              .surveys = k->surveys,
			              .survey_count = k->survey_count };
		question_draw(&q);
		compare(k, &q, view);
		arena_free(&a);
	}
}

/* How many questions are ones to be kept is the seed's; of those most are brought to each view after the first. */
static void were_brought(const struct asker *k)
{
	struct cubes_stats stats;
	cubes_stats(k->cubes, &stats);
	printf("%lld counted, %lld brought\n", (long long)stats.counted, (long long)stats.brought);
	assert_true(stats.counted > 0);
	assert_true(stats.brought > stats.counted);
}

/* The view at hand, and now and then one that is older than what was counted last. */
static void a_question_again_says_what_it_says_anew_whatever_happens(void **state)
{
	(void)state;
	struct ground g;
	struct history h;
	const struct cube_view *held[HELD] = { 0 };
	ground_make(&g, DB_SQLITE);
	history_begin(&h, &g);
	for (int i = 0; i < 60; i++)
		history_step(&h);
	struct asker k = { .cubes = cubes_open(&(struct cubes_config){ .clock = &g.fresh.clock }),
		           .db = g.db,
		           .workspace = g.workspace,
		           .seed = draw_seed(),
		           .surveys = &g.survey.id,
		           .survey_count = 1 };
	for (int round = 0; round < 60; round++) {
		const struct cube_view **old = &held[round % HELD];
		for (uint64_t i = 1 + history_draw(&h, 4); i > 0; i--)
			history_step(&h);
		if (*old && history_draw(&h, 2))
			compare_all(&k, *old);
		if (*old)
			cubes_return(k.cubes, *old);
		*old = view_of(&k);
		compare_all(&k, *old);
	}
	were_brought(&k);
	for (int i = 0; i < HELD; i++)
		cubes_return(k.cubes, held[i]);
	cubes_close(k.cubes);
	history_end(&h);
	ground_remove(&g);
}

static void a_question_again_says_what_it_says_anew_of_many_answers(void **state)
{
	(void)state;
	struct scene s;
	int64_t surveys[SCENE_SURVEYS];
	uint64_t seed = draw_seed();
	scene_make(&s, DB_SQLITE, seed, 600);
	for (int i = 0; i < SCENE_SURVEYS; i++)
		surveys[i] = s.surveys[i].id;
	struct asker k = { .cubes = cubes_open(&(struct cubes_config){ .clock = &s.g.fresh.clock }),
		           .db = s.g.db,
		           .workspace = s.g.workspace,
		           .seed = seed,
		           .surveys = surveys,
		           .survey_count = SCENE_SURVEYS };
	for (int round = 0; round < 20; round++) {
		const struct cube_view *view = view_of(&k);
		compare_all(&k, view);
		cubes_return(k.cubes, view);
		scene_add(&s, 1 + scene_below(&s, 8));
	}
	were_brought(&k);
	cubes_close(k.cubes);
	scene_remove(&s);
}

/* A small world, and one question of it. */
struct small {
	struct ground g;
	struct asker k;
	struct arena arena;
	struct question q;
};

static void small_begin(struct small *s, struct dim dim)
{
	*s = (struct small){ 0 };
	ground_make(&s->g, DB_SQLITE);
	s->k = (struct asker){ .cubes =
		                   cubes_open(&(struct cubes_config){ .clock = &s->g.fresh.clock }),
		               .db = s->g.db,
		               .workspace = s->g.workspace };
	s->q.arena = &s->arena;
	s->q.q = (struct cell_question){ .scope = &s->q.scope,
		                         .filter = &s->q.filter,
		                         .dims = { dim },
		                         .wants_clusters = true };
}

static void small_end(struct small *s)
{
	cubes_close(s->k.cubes);
	arena_free(&s->arena);
	ground_remove(&s->g);
}

static struct response small_answer(struct small *s, int score, const char *person,
                                    const char *account, Str properties)
{
	struct err err = { 0 };
	struct capture_input in = ground_answer(&s->g, score, NULL);
	struct person_input who = { .external_id = str_of(person), .account = str_of(account) };
	if (*person)
		MUST(person_ref_check(&s->arena, &who, &in.who, &err));
	in.properties = properties;
	return ground_take(&s->g, &in);
}

static void small_compare(struct small *s)
{
	const struct cube_view *view = view_of(&s->k);
	compare(&s->k, &s->q, view);
	cubes_return(s->k.cubes, view);
}

static void small_stats(struct small *s, int64_t counted, int64_t brought)
{
	struct cubes_stats stats;
	cubes_stats(s->k.cubes, &stats);
	assert_int_equal(stats.counted, counted);
	assert_int_equal(stats.brought, brought);
}

static void the_second_answer_of_an_account_makes_one_cluster_with_the_first(void **state)
{
	static const char *const people[] = { "a", "b", "c", "a", "b" };
	(void)state;
	struct small s;
	small_begin(&s, (struct dim){ 0 });
	small_answer(&s, 3, "z", "other", (Str){ 0 });
	for (size_t i = 0; i < 5; i++) {
		small_answer(&s, 10, people[i], "acme", (Str){ 0 });
		small_answer(&s, 0, "", "", (Str){ 0 });
		small_compare(&s);
	}
	small_stats(&s, 1, 4);
	small_end(&s);
}

static void small_exclude(struct small *s, int64_t answer)
{
	struct caller caller = { .workspace = s->g.workspace,
		                 .role = ROLE_OWNER,
		                 .name = STR("Eva") };
	struct action_input in = { .what = ACTION_EXCLUDE,
		                   .caller = &caller,
		                   .reason = STR("a reason"),
		                   .ids = &answer,
		                   .count = 1,
		                   .arena = &s->arena };
	ground_run(&s->g, action_apply, &in);
}

static void a_part_whose_last_answer_has_gone_is_counted_anew(void **state)
{
	(void)state;
	struct small s;
	small_begin(&s, (struct dim){ .kind = DIM_PART });
	small_answer(&s, 9, "", "", (Str){ 0 });
	ground_wait(&s.g, CLOCK_DAY);
	small_answer(&s, 9, "", "", (Str){ 0 });
	ground_wait(&s.g, CLOCK_DAY);
	int64_t last = small_answer(&s, 9, "", "", (Str){ 0 }).id;
	small_compare(&s);
	small_exclude(&s, last);
	small_compare(&s);
	small_stats(&s, 2, 0);
	small_answer(&s, 9, "", "", (Str){ 0 });
	small_compare(&s);
	small_stats(&s, 2, 1);
	small_end(&s);
}

/* Two people answered twice, of values that are told apart no more, and then are. */
static void values_that_leave_the_rest_take_what_they_share_along(void **state)
{
	(void)state;
	struct small s;
	const Str last = STR("{\"place\":\"z\"}");
	small_begin(&s, (struct dim){ .kind = DIM_PROPERTY, .name = STR("place") });
	for (int i = 0; i <= CELLS_VALUES_MAX; i++)
		small_answer(&s, 9, "", "", str_printf(&s.arena, "{\"place\":\"a%04d\"}", i));
	for (int i = 0; i < 2; i++) {
		small_answer(&s, 0, "one", "", STR("{\"place\":\"y\"}"));
		small_answer(&s, 10, "two", "", last);
	}
	for (int i = 0; i < 2 * CELLS_VALUES_MAX; i++)
		small_answer(&s, 9, "", "", str_printf(&s.arena, "{\"place\":\"a%04d\"}", i / 2));
	small_compare(&s);
	small_answer(&s, 10, "three", "", last);
	small_compare(&s);
	small_answer(&s, 10, "", "", last);
	small_compare(&s);
	small_end(&s);
}

/* Threads with views of their own, some older, ask the same. */
struct thread {
	pthread_t thread;
	struct asker k;
	struct store *store;
	const struct cube_view *views[3];
};

static void *ask(void *context)
{
	struct thread *t = context;
	for (int i = 0; i < 3; i++)
		compare_all(&t->k, t->views[i]);
	return NULL;
}

static void threads_that_ask_the_same_at_once_are_all_told_the_truth(void **state)
{
	(void)state;
	struct scene s;
	struct err err;
	int64_t surveys[SCENE_SURVEYS];
	struct thread threads[THREADS];
	scene_make(&s, DB_SQLITE, draw_seed(), 300);
	for (int i = 0; i < SCENE_SURVEYS; i++)
		surveys[i] = s.surveys[i].id;
	struct cubes *cubes = cubes_open(&(struct cubes_config){ .clock = &s.g.fresh.clock });
	for (int i = 0; i < THREADS; i++)
		threads[i] = (struct thread){ .k = { .cubes = cubes,
			                             .db = s.g.db,
			                             .workspace = s.g.workspace,
			                             .seed = s.random,
			                             .surveys = surveys,
			                             .survey_count = SCENE_SURVEYS } };
	uint64_t seed = s.random;
	for (int view = 0; view < 3; view++) {
		for (int i = 0; i < THREADS; i++)
			threads[i].views[(view + i) % 3] = view_of(&threads[i].k);
		scene_add(&s, 5);
	}
	for (int i = 0; i < THREADS; i++) {
		threads[i].k.seed = seed;
		assert_true(store_reader_open(s.g.store, &threads[i].k.db, &err));
		db_bind_workspace(threads[i].k.db, s.g.workspace);
		MUST(pthread_create(&threads[i].thread, NULL, ask, &threads[i]) == 0);
	}
	for (int i = 0; i < THREADS; i++) {
		MUST(pthread_join(threads[i].thread, NULL) == 0);
		store_reader_close(s.g.store, threads[i].k.db);
		for (int view = 0; view < 3; view++)
			cubes_return(cubes, threads[i].views[view]);
	}
	cubes_close(cubes);
	scene_remove(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_again_says_what_it_says_anew_whatever_happens),
		cmocka_unit_test(a_question_again_says_what_it_says_anew_of_many_answers),
		cmocka_unit_test(the_second_answer_of_an_account_makes_one_cluster_with_the_first),
		cmocka_unit_test(a_part_whose_last_answer_has_gone_is_counted_anew),
		cmocka_unit_test(values_that_leave_the_rest_take_what_they_share_along),
		cmocka_unit_test(threads_that_ask_the_same_at_once_are_all_told_the_truth),
	};
	return cmocka_run_group_tests_name("cells that are kept", tests, NULL, NULL);
}
