/* The bin: what lies there for 30 days goes for good by night, and nothing else. Both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/bin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "app/nightly.h"
#include "feedback/correction.h"
#include "feedback/note.h"
#include "feedback/tag.h"
#include "ground.h"

static enum db_engine engine;
static struct ground g;
#define EVA STR("Eva")

GROUND_COUNTS(responses, "response");
GROUND_COUNTS(notes, "response_note");
GROUND_COUNTS(taggings, "response_tag");
GROUND_COUNTS(events, "response_event");
GROUND_COUNTS(pasts, "response_history");

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

static int64_t give(void)
{
	struct capture_input in = ground_answer(&g, 9, NULL);
	return ground_take(&g, &in).id;
}

static void correct(int64_t id, enum correction_kind what)
{
	struct correction_input in = { .id = id,
		                       .correction = { .what = what, .actor = EVA },
		                       .arena = &g.arena };
	ground_run(&g, correction_apply, &in);
}

static int64_t note_of(int64_t response)
{
	struct note_input in = {
		.caller = &(struct caller){ .workspace = g.workspace, .user = 7, .name = EVA },
		.author = EVA,
		.response_id = response,
		.text = STR("a note"),
		.arena = &g.arena
	};
	ground_run(&g, note_add, &in);
	return in.note.id;
}

static bool tag_it(struct db_tx *tx, void *input, struct err *err)
{
	struct tag tag;
	bool changed;
	struct tag_name name = { STR("Tag"), STR("tag") };
	return tag_upsert(tx, &name, &tag, err) &&
	       tag_give(tx, *(int64_t *)input, tag.id, &changed, err);
}

static void night(void)
{
	struct err err;
	assert_true(nightly_prune(g.store, &err));
}

static bool is_purgeable(void)
{
	bool any;
	struct err err;
	assert_true(bin_purgeable(g.db, g.workspace, g.fresh.clock.frozen, &any, &err));
	return any;
}

static void thirty_days_in_the_bin_end_an_answer_and_all_that_hangs_on_it(void **state)
{
	(void)state;
	int64_t gone = give(), restored = give();
	give();
	for (int i = 0; i < 2; i++) {
		int64_t id = i ? restored : gone;
		note_of(id);
		ground_run(&g, tag_it, &id);
		correct(id, CORRECTION_DELETE);
	}
	ground_wait(&g, RESPONSE_BIN - CLOCK_HOUR);
	correct(restored, CORRECTION_RESTORE);
	night();
	assert_int_equal(ground_count(&g, &responses), 3);
	ground_wait(&g, 2 * CLOCK_HOUR);
	assert_true(is_purgeable());
	night();
	assert_false(is_purgeable());
	assert_int_equal(ground_count(&g, &responses), 2);
	assert_int_equal(ground_count(&g, &notes), 1);
	assert_int_equal(ground_count(&g, &taggings), 1);
	assert_int_equal(ground_count(&g, &events), 1);
	assert_int_equal(ground_count(&g, &pasts), 2);
	assert_int_equal(ground_read(&g, restored).state, RESPONSE_PARTIAL);
}

static void more_than_one_unit_holds_is_taken_in_several(void **state)
{
	(void)state;
	bool more = false;
	for (int i = 0; i < BIN_PURGE + 1; i++)
		correct(give(), CORRECTION_DELETE);
	ground_wait(&g, RESPONSE_BIN + CLOCK_HOUR);
	ground_run(&g, bin_purge, &more);
	assert_true(more);
	assert_int_equal(ground_count(&g, &responses), 1);
	night();
	assert_int_equal(ground_count(&g, &responses), 0);
}

static void a_deleted_note_goes_after_thirty_days(void **state)
{
	(void)state;
	int64_t response = give();
	struct note_input in = {
		.caller = &(struct caller){ .workspace = g.workspace, .user = 7, .name = EVA },
		.id = note_of(response),
		.has_deleted = true,
		.deleted = true,
		.arena = &g.arena
	};
	ground_run(&g, note_change, &in);
	night();
	assert_int_equal(ground_count(&g, &notes), 1);
	ground_wait(&g, NOTE_BIN + CLOCK_HOUR);
	night();
	assert_int_equal(ground_count(&g, &notes), 0);
	assert_int_equal(ground_count(&g, &responses), 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(thirty_days_in_the_bin_end_an_answer_and_all_that_hangs_on_it),
		TEST(more_than_one_unit_holds_is_taken_in_several),
		TEST(a_deleted_note_goes_after_thirty_days),
	};
	return ENGINES_RUN("bin", engine, tests, NULL, NULL);
}
