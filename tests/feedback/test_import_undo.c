/* Imports taken back in several units in flight: whole, nothing else, stopped and gone on with. Both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_undo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "feedback/import_store.h"
#include "ground.h"

#define MANY 1007

static enum db_engine engine;
static struct ground g;

GROUND_COUNTS(responses, "response");
GROUND_COUNTS(persons, "person");

static int make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	ground_remove(&g);
	return 0;
}

static struct import_item item(int who)
{
	Str id = str_printf(&g.arena, "p%d", who);
	return (struct import_item){
		.who = { .external_id = { IDENTITY_EXTERNAL_ID, id, id } },
		.response = { .survey_id = g.survey.id,
		              .version = 1,
		              .state = RESPONSE_COMPLETE,
		              .score = who % 11,
		              .answers = STR("{}"),
		              .language = STR("en"),
		              .channel = STR("import"),
		              .properties = STR("{}") },
	};
}

/* One answer each of the persons from .. to. */
static int64_t import(int from, int to)
{
	struct import_begin_input in = { .survey_id = g.survey.id,
		                         .file_name = STR("f.csv"),
		                         .mapping = STR("{}") };
	struct import_batch *batch = arena_alloc(&g.arena, sizeof *batch);
	ground_run(&g, import_begin, &in);
	for (int at = from; at < to;) {
		memset(batch, 0, sizeof *batch);
		batch->import_id = in.id;
		while (at < to && batch->count < IMPORT_UNIT_MAX)
			batch->items[batch->count++] = item(at++);
		ground_run(&g, import_apply, batch);
	}
	struct import_record record = { .id = in.id };
	ground_run(&g, import_end, &record);
	return in.id;
}

static enum import_state state_of(int64_t id)
{
	struct import_record record;
	struct err err;
	assert_true(import_find(g.db, &g.arena, g.workspace, id, &record, &err));
	return record.state;
}

static struct import_undo_job job_of(int64_t id)
{
	return (struct import_undo_job){ .store = g.store, .workspace = g.workspace, .id = id };
}

static void takes_all_of_one_import_and_nothing_of_another(void **state)
{
	(void)state;
	int64_t other = import(0, 5), id = import(3, MANY), answers;
	struct import_undo_job job = job_of(id);
	struct err err;
	assert_true(import_undo(&job, &answers, &err));
	assert_int_equal(answers, MANY - 3);
	assert_int_equal(state_of(id), IMPORT_UNDONE);
	assert_int_equal(state_of(other), IMPORT_DONE);
	assert_int_equal(ground_count(&g, &responses), 5);
	assert_int_equal(ground_count(&g, &persons), 5);
	assert_false(import_undo(&job, &answers, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
}

static bool after_the_second(void *context)
{
	return ++*(int *)context > 2;
}

static void what_was_stopped_goes_on_where_it_stood(void **state)
{
	(void)state;
	int64_t id = import(0, MANY), first, rest;
	int asked = 0;
	struct import_undo_job job = job_of(id);
	struct err err;
	job.stopped = after_the_second;
	job.context = &asked;
	assert_false(import_undo(&job, &first, &err));
	assert_int_equal(err.kind, ERR_BUSY);
	assert_true(first > 0 && first < MANY);
	assert_int_equal(state_of(id), IMPORT_UNDOING);
	assert_int_equal(ground_count(&g, &responses), MANY - first);
	job.stopped = NULL;
	assert_true(import_undo(&job, &rest, &err));
	assert_int_equal(first + rest, MANY);
	assert_int_equal(state_of(id), IMPORT_UNDONE);
	assert_int_equal(ground_count(&g, &responses), 0);
	assert_int_equal(ground_count(&g, &persons), 0);
}

static void a_unit_never_passes_its_bounds_and_fills_them(void **state)
{
	(void)state;
	struct import_pace pace = import_pace_begin();
	for (int i = 0; i < 1000; i++) {
		import_pace_follow(&pace, pace.target, 10);
		assert_in_range(pace.target, 1, IMPORT_UNIT_MAX);
	}
	assert_int_equal(pace.target, IMPORT_UNIT_MAX);
	import_pace_follow(&pace, pace.target, 15000);
	assert_true(pace.target < IMPORT_UNIT_MAX);
	size_t before = pace.target;
	import_pace_follow(&pace, pace.target, 11900);
	import_pace_follow(&pace, 1, 10);
	assert_int_equal(pace.target, before);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(takes_all_of_one_import_and_nothing_of_another),
		TEST(what_was_stopped_goes_on_where_it_stood),
		cmocka_unit_test(a_unit_never_passes_its_bounds_and_fills_them),
	};
	return ENGINES_RUN("import undo", engine, tests, NULL, NULL);
}
