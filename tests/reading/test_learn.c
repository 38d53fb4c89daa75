/* A workspace learns from its own answers and corrections, and says how well it reads by what was held back. Both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/learn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "desk.h"
#include "reading/correction.h"
#include "reading/learnt.h"
#include "reading/lesson.h"
#include "survey/definition.h"
#include "text/blind_sentiment.h"
#include "text/own_model.h"

static enum db_engine engine;
static struct desk d;
static struct arena kept;

#define OF                    " WHERE workspace_id = $1 AND response_id = $2"
#define OF_ANSWER(stmt, what) DESK_SQL(stmt, "SELECT " what " FROM reading" OF)
OF_ANSWER(sentiment, "sentiment");
OF_ANSWER(blind, "blind");
DESK_SQL(mentions_of,
         "SELECT COUNT(*) FROM theme_mention WHERE workspace_id = $1 AND response_id = $2");
DESK_SQL(models_kept, "SELECT COUNT(*) FROM learnt WHERE workspace_id = $1 AND version <> $2 AND "
                      "(sentiment IS NOT NULL OR themes IS NOT NULL)");

static int make(void **state)
{
	(void)state;
	desk_make(&d, engine);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	arena_free(&kept);
	desk_remove(&d);
	return 0;
}

static void learn_now(void)
{
	const struct learn_wish wish = { .store = d.g.store, .files = &d.files };
	struct err err;
	if (!learn(&wish, d.g.db, d.g.workspace, &err))
		fail_msg("%s", err.msg);
}

static struct learning state_now(void)
{
	struct learning out;
	struct err err;
	assert_true(learning_find(d.g.db, &kept, d.g.workspace, &out, &err));
	return out;
}

static struct learnt newest(void)
{
	struct learnt *all;
	size_t count;
	struct err err;
	assert_true(learnt_list(d.g.db, &kept, d.g.workspace, &all, &count, &err));
	return count ? all[0] : (struct learnt){ 0 };
}

static const struct learnt_figure *figure(int64_t theme, enum learnt_kind kind)
{
	struct learnt_figure *all;
	size_t count;
	struct err err;
	assert_true(
	    learnt_figures(d.g.db, &kept, d.g.workspace, newest().version, &all, &count, &err));
	for (size_t i = 0; i < count; i++)
		if (all[i].theme == theme && all[i].kind == kind)
			return &all[i];
	fail_msg("no figure %d", (int)kind);
	return NULL;
}

/* Words that mean nothing elsewhere: here they tell good from bad. */
static const char *const things[] = { "desk", "lamp", "table", "sofa", "bed", "shelf", "door" };
static void answers(int each)
{
	char text[80];
	for (int i = 0; i < each; i++) {
		snprintf(text, sizeof text, "It was the blue %s number %d again.", things[i % 7],
		         i);
		desk_answer(&d, 10, text);
		snprintf(text, sizeof text, "It was the green %s number %d again.", things[i % 7],
		         i);
		desk_answer(&d, 1, text);
	}
}

static void few_answers_teach_nothing_and_are_counted(void **state)
{
	(void)state;
	answers(LEARNT_SIDE_LEAST - 1);
	desk_read_all(&d);
	learn_now();
	struct learning s = state_now();
	assert_int_equal(s.version, 0);
	assert_int_equal(s.state, LEARNING_RESTS);
	assert_int_equal(s.low, LEARNT_SIDE_LEAST - 1);
	assert_int_equal(s.high, LEARNT_SIDE_LEAST - 1);
	assert_true(s.looked_at > 0);
	answers(1);
	desk_read_all(&d);
	learn_now();
	assert_int_equal(state_now().version, 1);
}

static void scores_teach_what_is_shown_and_not_what_is_blind(void **state)
{
	(void)state;
	answers(60);
	desk_read_all(&d);
	int64_t old = desk_answer(&d, 8, "It was the blue desk again, the blue one.");
	desk_read_all(&d);
	int64_t shown = desk_number(&d, &sentiment, old), blindly = desk_number(&d, &blind, old);
	assert_int_not_equal(shown, SENTIMENT_POSITIVE);
	learn_now();
	assert_true(newest().has_sentiment);
	assert_true(newest().reread);
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &sentiment, old), SENTIMENT_POSITIVE);
	assert_int_equal(desk_number(&d, &blind, old), blindly);
	int64_t fresh = desk_answer(&d, 8, "It was the blue desk again, the blue one.");
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &sentiment, fresh), SENTIMENT_POSITIVE);
	assert_int_equal(desk_number(&d, &blind, fresh), blindly);
	const struct learnt_figure *own = figure(0, LEARNT_SENTIMENT_OWN);
	assert_true(own->n[LEARNT_LOW_RIGHT] > 50);
	assert_true(own->n[LEARNT_LOW_RIGHT] + own->n[LEARNT_HIGH_RIGHT] >
	            figure(0, LEARNT_SENTIMENT_SHIPPED)->n[LEARNT_LOW_RIGHT] +
	                figure(0, LEARNT_SENTIMENT_SHIPPED)->n[LEARNT_HIGH_RIGHT]);
}

static void what_was_learnt_is_there_after_a_start(void **state)
{
	(void)state;
	answers(60);
	desk_read_all(&d);
	learn_now();
	desk_read_all(&d);
	desk_restart(&d);
	int64_t fresh = desk_answer(&d, 8, "It was the blue desk again, the blue one.");
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &sentiment, fresh), SENTIMENT_POSITIVE);
}

static void the_same_lesson_is_not_learnt_twice_and_another_leaves_no_old_model(void **state)
{
	(void)state;
	answers(60);
	desk_read_all(&d);
	learn_now();
	learn_now();
	assert_int_equal(state_now().version, 1);
	desk_answer(&d, 1, "It was the green chair, too.");
	desk_read_all(&d);
	learn_now();
	assert_int_equal(state_now().version, 2);
	assert_int_equal(desk_number(&d, &models_kept, 2), 0);
	assert_false(newest().reread);
}

/* Who never differs: no answer may be judged by what saw its own score. */
static void no_answer_teaches_its_own_reading(void **state)
{
	(void)state;
	char text[80];
	for (int i = 0; i < 120; i++) {
		snprintf(text, sizeof text, "It was number%d once%d more%d.", i, i * 7, i * 11);
		desk_answer(&d, i % 2 ? 10 : 1, text);
	}
	desk_read_all(&d);
	learn_now();
	const struct learnt_figure *own = figure(0, LEARNT_SENTIMENT_OWN);
	assert_in_range(own->n[LEARNT_LOW_RIGHT] + own->n[LEARNT_HIGH_RIGHT], 35, 85);
}

#define NIGHTS 12
/* Scores that have nothing to do with the words: what is in use stays so, whatever chance brings the next night. */
static void what_helps_neither_way_does_not_come_and_go(void **state)
{
	(void)state;
	char text[80];
	bool used[NIGHTS];
	uint64_t seed = 5;
	for (int night = 0; night < NIGHTS; night++) {
		for (int n = 0; n < 40; n++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			uint64_t r = seed >> 33;
			snprintf(text, sizeof text, "It was the %s %s and a %s.", things[r % 7],
			         things[r / 7 % 7], things[r / 49 % 7]);
			desk_answer(&d, r / 343 % 2 ? 10 : 1, text);
		}
		desk_read_all(&d);
		learn_now();
		used[night] = newest().has_sentiment;
	}
	for (int night = 1; night < NIGHTS; night++)
		assert_true(!used[night - 1] || used[night]);
}

static const struct caller owner = { .user = 1, .role = ROLE_OWNER };

static int64_t say(int64_t response, const char *theme, bool is, int64_t author)
{
	struct caller who = owner;
	who.user = author;
	who.workspace = d.g.workspace;
	who.name = STR("Ana");
	struct correction_make in = {
		.caller = &who,
		.arena = &kept,
		.correction = { .response = response,
		                .kind = is ? CORRECT_THEME_ADDED : CORRECT_THEME_REMOVED,
		                .theme = desk_theme(&d, theme) },
	};
	struct err err;
	if (!store_run(d.g.store, d.g.workspace, UNIT_INTERACTIVE, reading_correct, &in, &err))
		fail_msg("%s", err.msg);
	return in.correction.id;
}

static void undo(int64_t response, int64_t correction)
{
	struct caller who = owner;
	who.workspace = d.g.workspace;
	struct correction_make in = { .caller = &who,
		                      .arena = &kept,
		                      .correction = { .id = correction, .response = response } };
	struct err err;
	if (!store_run(d.g.store, d.g.workspace, UNIT_INTERACTIVE, reading_correction_undo, &in,
	               &err))
		fail_msg("%s", err.msg);
}

#define CORRECTED 40
static void corrected_answers(int64_t ids[static 2 * CORRECTED])
{
	char text[80];
	for (int i = 0; i < CORRECTED; i++) {
		snprintf(text, sizeof text, "The gizmo jammed in week %d, says our %s.", i,
		         things[i % 7]);
		ids[2 * i] = desk_answer(&d, i % 11, text);
		snprintf(text, sizeof text, "We met in week %d at the %s.", i, things[i % 7]);
		ids[2 * i + 1] = desk_answer(&d, i % 11, text);
	}
	desk_read_all(&d);
}

static void corrections_teach_themes_and_undone_ones_do_not(void **state)
{
	(void)state;
	int64_t ids[2 * CORRECTED], said[2 * CORRECTED];
	corrected_answers(ids);
	int64_t quality = desk_theme(&d, "quality");
	for (int i = 0; i < 2 * CORRECTED; i++)
		said[i] = say(ids[i], "quality", i % 2 == 0, 1);
	learn_now();
	assert_true(newest().has_themes);
	const struct learnt_figure *own = figure(quality, LEARNT_THEME_OWN);
	assert_int_equal(own->n[LEARNT_IN_USE], 1);
	assert_true(own->n[LEARNT_FOUND] > 30);
	assert_int_equal(figure(quality, LEARNT_THEME_SHIPPED)->n[LEARNT_FOUND], 0);
	desk_read_all(&d);
	int64_t fresh = desk_answer(&d, 8, "The gizmo jammed, they say.");
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &mentions_of, fresh), 1);
	for (int i = 0; i < 2 * CORRECTED; i++)
		undo(ids[i], said[i]);
	learn_now();
	assert_false(newest().has_themes);
	assert_int_equal(newest().labels, 0);
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &mentions_of, fresh), 0);
}

/* Nothing tells how far a theme goes that people only added. */
static void additions_alone_are_not_used(void **state)
{
	(void)state;
	int64_t ids[2 * CORRECTED];
	corrected_answers(ids);
	for (int i = 0; i < 2 * CORRECTED; i += 2)
		say(ids[i], "quality", true, 1);
	learn_now();
	assert_false(newest().has_themes);
	const struct learnt_figure *own = figure(desk_theme(&d, "quality"), LEARNT_THEME_OWN);
	assert_int_equal(own->n[LEARNT_IN_USE], 0);
	assert_int_equal(own->n[LEARNT_FOUND] + own->n[LEARNT_MISSED], CORRECTED);
}

DESK_SQL(
    check_insert,
    "INSERT INTO share_check (workspace_id, id, group_of, part, filter, scope, first_at, ends_at, "
    "seed, comments, drawn, wanted, actor, drawn_at) "
    "VALUES ($1, 7, 0, 'x', '', '{}', 1, 2, 3, 100, 100, 100, 'Ana', 4)");
DESK_SQL(check_comment,
         "INSERT INTO share_check_comment (workspace_id, check_id, response_id, place, "
         "machine) VALUES ($1, 7, $2, $3, 0)");
DESK_SQL(check_read,
         "INSERT INTO share_check_read (workspace_id, check_id, response_id, author_id, author, "
         "at) VALUES ($1, 7, $2, 1, 'Ana', 5)");
DESK_SQL(check_label,
         "INSERT INTO share_check_label (workspace_id, check_id, response_id, author_id, "
         "theme_id, says) VALUES ($1, 7, $2, 1, $3, $4)");

struct said_at_random {
	const int64_t *ids;
	size_t count;
	int64_t theme;
};

/* Every other one speaks of the theme. */
static bool say_at_random(struct db_tx *tx, void *input, struct err *err)
{
	const struct said_at_random *in = input;
	DbArg w = db_arg_i64(tx->workspace);
	if (!db_exec(tx->db, &check_insert, DB_ARGS(w), NULL, err))
		return false;
	for (size_t i = 0; i < in->count; i++) {
		DbArg id = db_arg_i64(in->ids[i]);
		if (!db_exec(tx->db, &check_comment, DB_ARGS(w, id, db_arg_i64((int64_t)i)), NULL,
		             err) ||
		    !db_exec(tx->db, &check_read, DB_ARGS(w, id), NULL, err) ||
		    !db_exec(tx->db, &check_label,
		             DB_ARGS(w, id, db_arg_i64(in->theme), db_arg_i64(i % 2 == 0)), NULL,
		             err))
			return false;
	}
	return true;
}

static void comments_checked_at_random_teach_and_are_told_apart(void **state)
{
	(void)state;
	int64_t ids[2 * CORRECTED];
	struct err err;
	corrected_answers(ids);
	struct said_at_random in = { ids, 2 * CORRECTED, desk_theme(&d, "quality") };
	if (!store_run(d.g.store, d.g.workspace, UNIT_INTERACTIVE, say_at_random, &in, &err))
		fail_msg("%s", err.msg);
	learn_now();
	assert_int_equal(newest().labels, 2 * CORRECTED);
	assert_true(newest().has_themes);
	const struct learnt_figure *own = figure(in.theme, LEARNT_THEME_OWN);
	assert_true(own->n[LEARNT_CHECKED + LEARNT_FOUND] > 30);
	assert_int_equal(own->n[LEARNT_FOUND] + own->n[LEARNT_MISSED], 0);
	assert_int_equal(figure(in.theme, LEARNT_THEME_SHIPPED)->n[LEARNT_CHECKED + LEARNT_FOUND],
	                 0);
}

DESK_SQL(erase, "DELETE FROM response WHERE workspace_id = $1 AND id = $2");

static bool erase_one(struct db_tx *tx, void *input, struct err *err)
{
	return db_exec(tx->db, &erase,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*(int64_t *)input)), NULL,
	               err);
}

/* Its word is in the models of others; not so once it is gone and was learnt again. */
static void what_was_erased_is_in_no_model(void **state)
{
	(void)state;
	struct learnt_models before, after;
	struct err err;
	answers(60);
	int64_t id = desk_answer(&d, 1, "Xylophone xylophone xylophone xylophone.");
	desk_read_all(&d);
	learn_now();
	assert_true(learnt_models_find(d.g.db, &kept, d.g.workspace, 1, &before, &err));
	int64_t comments = newest().comments;
	assert_true(store_run(d.g.store, d.g.workspace, UNIT_INTERACTIVE, erase_one, &id, &err));
	learn_now();
	assert_int_equal(newest().comments, comments - 1);
	assert_int_equal(desk_number(&d, &models_kept, 2), 0);
	assert_true(learnt_models_find(d.g.db, &kept, d.g.workspace, 2, &after, &err));
	const struct own_model *had, *has;
	assert_true(own_model_read(&kept, before.sentiment, &had, &err));
	assert_true(own_model_read(&kept, after.sentiment, &has, &err));
	uint32_t place = feature_place('w', STR("xylophone"), (Str){ 0 });
	float one = 1;
	const struct features word = { &place, &one, 1 }, none = { 0 };
	int knew = 0;
	for (uint64_t who = 0; who < 50; who++) {
		knew += own_model_say(had, &word, who) != own_model_say(had, &none, who);
		assert_true(own_model_say(has, &word, who) == own_model_say(has, &none, who));
	}
	assert_true(knew > 0);
}

static void of_what_an_author_said_the_newest_counts(void **state)
{
	(void)state;
	struct lesson l = { 0 };
	struct err err;
	int64_t id = desk_answer(&d, 5, "The gizmo jammed.");
	desk_read_all(&d);
	say(id, "quality", true, 1);
	say(id, "quality", false, 1);
	say(id, "quality", true, 2);
	say(id, "price", true, 2);
	assert_true(lesson_said(d.g.db, &kept, d.g.workspace, &l, &err));
	assert_int_equal(l.label_count, 3);
	int is = 0;
	for (size_t i = 0; i < l.label_count; i++)
		is += l.labels[i].is;
	assert_int_equal(is, 2);
}

static bool never(void *context)
{
	(void)context;
	return false;
}

static void want(void)
{
	Str actor = STR("Ana");
	struct err err;
	assert_true(
	    store_run(d.g.store, d.g.workspace, UNIT_INTERACTIVE, learning_want, &actor, &err));
}

static void what_is_ended_is_begun_again(void **state)
{
	(void)state;
	const struct learn_wish ends = { .store = d.g.store, .files = &d.files, .goes_on = never };
	struct err err;
	answers(60);
	desk_read_all(&d);
	want();
	assert_int_equal(state_now().state, LEARNING_WANTED);
	assert_true(learn(&ends, d.g.db, d.g.workspace, &err));
	assert_int_equal(state_now().state, LEARNING_RUNS);
	assert_int_equal(state_now().version, 0);
	learn_now();
	assert_int_equal(state_now().state, LEARNING_RESTS);
	assert_int_equal(state_now().version, 1);
}

struct moment {
	int asked, wants_at;
};

static bool wants_meanwhile(void *context)
{
	struct moment *m = context;
	if (++m->asked == m->wants_at)
		want();
	return true;
}

static void learn_and_want(int at)
{
	struct moment m = { .wants_at = at };
	const struct learn_wish wish = {
		.store = d.g.store, .files = &d.files, .goes_on = wants_meanwhile, .context = &m
	};
	struct err err;
	assert_true(learn(&wish, d.g.db, d.g.workspace, &err));
	assert_true(m.asked >= at);
	assert_int_equal(state_now().state, LEARNING_WANTED);
}

static void what_is_wanted_while_it_runs_is_done_after_it(void **state)
{
	(void)state;
	answers(60);
	desk_read_all(&d);
	learn_and_want(2); /* it began by itself, and has looked at what there is to learn from */
	assert_int_equal(state_now().version, 1);
	learn_and_want(1); /* it was wanted before, and finds nothing new */
	learn_now();
	assert_int_equal(state_now().state, LEARNING_RESTS);
	answers(10);
	desk_read_all(&d);
	learn_and_want(4); /* it has said where it is */
	assert_int_equal(state_now().version, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(few_answers_teach_nothing_and_are_counted),
		TEST(scores_teach_what_is_shown_and_not_what_is_blind),
		TEST(what_was_learnt_is_there_after_a_start),
		TEST(the_same_lesson_is_not_learnt_twice_and_another_leaves_no_old_model),
		TEST(no_answer_teaches_its_own_reading),
		TEST(what_helps_neither_way_does_not_come_and_go),
		TEST(corrections_teach_themes_and_undone_ones_do_not),
		TEST(additions_alone_are_not_used),
		TEST(comments_checked_at_random_teach_and_are_told_apart),
		TEST(what_was_erased_is_in_no_model),
		TEST(of_what_an_author_said_the_newest_counts),
		TEST(what_is_ended_is_begun_again),
		TEST(what_is_wanted_while_it_runs_is_done_after_it),
	};
	return ENGINES_RUN("learning", engine, tests, NULL, NULL);
}
