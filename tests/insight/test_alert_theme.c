/* Themes that emerge, over a real store and on both engines: columns and tables see the same, and a second round writes nothing. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/alert_theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "alerts.h"
#include "base/clock.h"
#include "feedback/cube.h"

#define DAYS  420
#define A_DAY 5
#define ROSE  70 /* days ago */

static enum db_engine engine;
static struct ground g;
static struct cubes *cubes;

#define STMT(what, text)                                            \
	static const struct db_stmt what = { .name = "test_" #what, \
		                             .sqlite = text,        \
		                             .postgres = text }
STMT(theme_make, "INSERT INTO theme (workspace_id, id, code, name, renamed, industries, state, "
                 "merged_into, actor, created_at, "
                 "updated_at) VALUES ($1, $2, $3, $3, 0, 0, 1, 0, 'test', 0, 0)");
STMT(reading_make, "INSERT INTO reading (workspace_id, response_id, input, engine, taxonomy, "
                   "language, covered, low_effort, "
                   "sentiment, score, blind, blind_score, urgent, read_at) VALUES ($1, $2, 1, 1, "
                   "0, 'en', 1, 0, 1, 0, 1, 0, 0, 0)");
STMT(mention_make, "INSERT INTO theme_mention (workspace_id, response_id, theme_id, span_from, "
                   "span_len, polarity, certainty, "
                   "made_by) VALUES ($1, $2, $3, 0, 3, 0, 1, 1)");

static bool make_themes(struct db_tx *tx, void *input, struct err *err)
{
	(void)input;
	return db_exec(tx->db, &theme_make,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(1), db_arg_text(STR("wait"))),
	               NULL, err) &&
	       db_exec(tx->db, &theme_make,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(2), db_arg_text(STR("price"))),
	               NULL, err) &&
	       db_exec(tx->db, &theme_make,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(3), db_arg_text(STR("queue"))),
	               NULL, err);
}

static bool mention(struct db_tx *tx, int64_t response, int64_t theme, struct err *err)
{
	return db_exec(tx->db, &mention_make,
	               DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(response), db_arg_i64(theme)),
	               NULL, err);
}

/* Two themes rise together, of which each second comment speaks afterwards; the third stays as it was. */
static bool add_day(struct db_tx *tx, void *input, struct err *err)
{
	int64_t back = *(int64_t *)input;
	for (int i = 0; i < A_DAY; i++) {
		bool inserted, late = back <= ROSE;
		int64_t at = GROUND_NOW - back * CLOCK_DAY + i * CLOCK_MINUTE;
		struct response r = ground_row(tx, g.survey.id, at, 8);
		r.comment = STR("As it is");
		r.comment_folded = STR("as it is");
		r.channel = i % 2 ? STR("web") : STR("mail");
		if (!response_insert(tx, &r, &inserted, err) ||
		    !db_exec(tx->db, &reading_make,
		             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(r.id)), NULL, err))
			return false;
		if ((i == back % 10 || (late && i % 2)) &&
		    (!mention(tx, r.id, 1, err) || !mention(tx, r.id, 3, err)))
			return false;
		if (i == back % A_DAY && !mention(tx, r.id, 2, err))
			return false;
	}
	return true;
}

static int make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	ground_run(&g, make_themes, NULL);
	for (int64_t back = DAYS; back > 0; back--)
		ground_run(&g, add_day, &back);
	cubes = cubes_open(&(struct cubes_config){ .clock = &g.fresh.clock });
	return 0;
}

static int drop(void **state)
{
	(void)state;
	cubes_close(cubes);
	ground_remove(&g);
	return 0;
}

static void go_round(struct cubes *by)
{
	struct err err;
	if (!emerging_round(g.store, g.db, by, g.workspace, &err))
		fail_msg("%s", err.msg);
}

static void themes_that_rise_together_are_one_alert(void **state)
{
	(void)state;
	go_round(cubes);
	struct alert alert = alerts_only(&g);
	assert_int_equal(alert.part_count, 0);
	assert_int_equal(alert.theme_count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct emerged *e = &alert.themes[i].emerged;
		int64_t rose = GROUND_NOW / CLOCK_DAY - ROSE;
		assert_string_equal(str_copy_c(&g.arena, alert.themes[i].theme.code),
		                    i ? "wait" : "queue");
		assert_true(e->since_day > rose - 14 && e->since_day < rose + 14);
		assert_true(e->seen_day > rose && e->seen_day <= rose + 42);
		assert_true(e->lo > 1 && e->lo < e->times && e->times < e->hi);
		assert_true(e->share_after > 2 * e->share_before);
		assert_true(e->comments >= EMERGING_COMMENTS && e->people >= EMERGING_SAYERS);
	}
}

static void a_round_that_finds_nothing_new_writes_nothing(void **state)
{
	(void)state;
	int64_t before = ground_units(&g);
	go_round(cubes);
	go_round(NULL); /* from the tables */
	assert_int_equal(ground_units(&g), before);
	assert_int_equal(alerts_only(&g).theme_count, 2);
}

static void what_was_told_is_not_told_again_when_a_unit_runs_twice(void **state)
{
	(void)state;
	struct alert first = alerts_only(&g);
	struct alert_themes_found again = { first.themes, first.theme_count };
	ground_run(&g, alert_themes_write, &again);
	assert_int_equal(alerts_only(&g).theme_count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(themes_that_rise_together_are_one_alert),
		cmocka_unit_test(a_round_that_finds_nothing_new_writes_nothing),
		cmocka_unit_test(what_was_told_is_not_told_again_when_a_unit_runs_twice),
	};
	return ENGINES_RUN("emerging themes", engine, tests, make, drop);
}
