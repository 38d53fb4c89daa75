/* A round of the watch over a real store, on both engines: what it writes, and that it writes nothing twice. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/watch_round.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "alerts.h"
#include "base/clock.h"
#include "feedback/cube.h"

#define DAYS  400
#define A_DAY 12
#define FELL  60

static enum db_engine engine;
static struct ground g;
static struct cubes *cubes;

/* The fall is as regular as the answers: 6 of 12 promote, later 3; 2 of 12 do not, later 6. */
static int score_of(int64_t back, int i)
{
	if (back > FELL)
		return i < 6 ? 10 : i < 10 ? 8 : 3;
	return i < 3 ? 10 : i < 6 ? 8 : 3;
}

struct day {
	int64_t survey, back;
};

static bool add_day(struct db_tx *tx, void *input, struct err *err)
{
	const struct day *d = input;
	for (int i = 0; i < A_DAY; i++) {
		bool inserted;
		int64_t at =
		    GROUND_NOW - d->back * CLOCK_DAY + (i * 5 + d->back) % 12 * CLOCK_MINUTE;
		struct response r = ground_row(tx, d->survey, at, score_of(d->back, i));
		if (!response_insert(tx, &r, &inserted, err))
			return false;
	}
	return true;
}

static void fill(int64_t survey)
{
	for (int64_t back = DAYS; back > 0; back--)
		ground_run(&g, add_day, &(struct day){ survey, back });
}

static struct survey touchpoint(const char *slug)
{
	struct survey_input in = { .slug = str_of(slug),
		                   .name = str_of(slug),
		                   .kind = SURVEY_TRANSACTIONAL,
		                   .touchpoint = str_of(slug),
		                   .definition = STR("{}"),
		                   .live = true,
		                   .arena = &g.arena };
	ground_run(&g, survey_save, &in);
	return in.survey;
}

static int make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	fill(g.survey.id);
	fill(touchpoint("support").id);
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

static bool go_round(struct cubes *by)
{
	bool watching;
	struct err err;
	if (!watch_round(g.store, g.db, by, g.workspace, &watching, &err))
		fail_msg("%s", err.msg);
	return watching;
}

static void two_scores_that_fell_at_once_are_one_alert(void **state)
{
	(void)state;
	(void)go_round(cubes);
	struct alert alert = alerts_only(&g);
	assert_int_equal(alert.part_count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct watch_change *f = &alert.parts[i].change;
		int64_t fell = GROUND_NOW / CLOCK_DAY - FELL;
		assert_true(f->from <= fell && fell <= f->to);
		assert_true(f->lo < f->size && f->size < f->hi && f->hi < 0);
	}
}

static void a_round_that_finds_all_as_it_was_writes_nothing(void **state)
{
	(void)state;
	int64_t before = ground_units(&g);
	(void)go_round(cubes);
	/* From the tables it is the same as from the columns. */
	(void)go_round(NULL);
	assert_int_equal(ground_units(&g), before);
	assert_int_equal(alerts_only(&g).part_count, 2);
}

static void what_was_told_is_not_told_again_when_a_unit_runs_twice(void **state)
{
	(void)state;
	struct alert alert = alerts_only(&g);
	struct watch_found again = { .changes = alert.parts, .change_count = alert.part_count };
	ground_run(&g, watch_write, &again);
	assert_int_equal(alerts_only(&g).part_count, 2);
}

static void days_without_answers_are_written_when_the_flow_is_another(void **state)
{
	(void)state;
	struct watch_row *rows;
	struct err err;
	size_t count;
	ground_wait(&g, 200 * CLOCK_DAY);
	assert_false(go_round(cubes));
	assert_true(watch_list(g.db, &g.arena, g.workspace, &rows, &count, &err));
	assert_int_equal(count, 2);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(rows[i].watch.state, WATCH_OFF_GONE);
	int64_t before = ground_units(&g);
	ground_wait(&g, CLOCK_DAY);
	(void)go_round(cubes);
	assert_int_equal(ground_units(&g), before);
}

/* The last of these tests: what it writes stays. */
static void a_score_that_rose_when_others_fell_is_an_alert_of_its_own(void **state)
{
	(void)state;
	struct alert fell = alerts_only(&g), *alerts;
	struct alert_part rose = fell.parts[0];
	struct watch_found found = { .changes = &rose, .change_count = 1 };
	struct err err;
	size_t count;
	rose.change.size = -rose.change.size;
	for (int times = 0; times < 2; times++) {
		ground_run(&g, watch_write, &found);
		assert_true(alert_list(g.db, &g.arena, g.workspace, &alerts, &count, &err));
		assert_int_equal(count, 2);
		assert_int_equal(alerts[0].part_count + alerts[1].part_count, 3);
	}
}

static bool dismiss(struct db_tx *tx, void *input, struct err *err)
{
	static const struct db_stmt put_off = {
		.name = "test_dismiss",
		.sqlite = "UPDATE alert SET state = 2 WHERE workspace_id = $1 AND id = $2",
		.postgres = "UPDATE alert SET state = 2 WHERE workspace_id = $1 AND id = $2",
	};
	const int64_t *id = input;
	return db_exec(tx->db, &put_off, DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(*id)), NULL,
	               err);
}

static struct alert alert_now(int64_t id)
{
	struct alert *all;
	struct err err;
	size_t count;
	assert_true(alert_list(g.db, &g.arena, g.workspace, &all, &count, &err));
	for (size_t i = 0; i < count; i++)
		if (all[i].id == id)
			return all[i];
	fail_msg("there is no alert %" PRId64, id);
	return (struct alert){ 0 };
}

/* It writes to what the test before it left. */
static void another_score_that_joins_a_dismissed_alert_brings_it_back(void **state)
{
	(void)state;
	struct alert *all, fell;
	struct err err;
	size_t count;
	assert_true(alert_list(g.db, &g.arena, g.workspace, &all, &count, &err));
	fell = all[count - 1];
	struct alert_part other = fell.parts[0];
	struct watch_found again = { .changes = fell.parts, .change_count = fell.part_count };
	struct watch_found found = { .changes = &other, .change_count = 1 };
	ground_run(&g, dismiss, &fell.id);
	ground_run(&g, watch_write, &again);
	assert_int_equal(alert_now(fell.id).state, ALERT_DISMISSED);
	other.part.touchpoint_id = 4711;
	ground_run(&g, watch_write, &found);
	assert_int_equal(alert_now(fell.id).part_count, fell.part_count + 1);
	assert_int_equal(alert_now(fell.id).state, ALERT_OPEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_scores_that_fell_at_once_are_one_alert),
		cmocka_unit_test(a_round_that_finds_all_as_it_was_writes_nothing),
		cmocka_unit_test(what_was_told_is_not_told_again_when_a_unit_runs_twice),
		cmocka_unit_test(days_without_answers_are_written_when_the_flow_is_another),
		cmocka_unit_test(a_score_that_rose_when_others_fell_is_an_alert_of_its_own),
		cmocka_unit_test(another_score_that_joins_a_dismissed_alert_brings_it_back),
	};
	return ENGINES_RUN("the watch", engine, tests, make, drop);
}
