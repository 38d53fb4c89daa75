/* The reader: it reads what comes, what came before it, what changed, and nothing twice. Both engines. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "db/change.h"
#include "desk.h"
#include "feedback/correction.h"
#include "reading/correction.h"
#include "reading/kept.h"
#include "reading/pass.h"
#include "reading/theme_change.h"
#include "text/blind_sentiment.h"

#define SUPPORT "The customer support took forever to answer."
#define LOVELY  "The app is lovely and easy to use."

static enum db_engine engine;
static struct desk d;

#define OF                    " WHERE workspace_id = $1 AND response_id = $2"
#define OF_ANSWER(stmt, what) DESK_SQL(stmt, "SELECT " what " FROM reading" OF)
OF_ANSWER(read_at, "read_at");
OF_ANSWER(sentiment, "sentiment");
OF_ANSWER(effort, "low_effort");
DESK_SQL(readings, "SELECT COUNT(*) FROM reading WHERE workspace_id = $1");
DESK_SQL(mentions, "SELECT COUNT(*) FROM theme_mention WHERE workspace_id = $1");
DESK_SQL(mentions_of,
         "SELECT COUNT(*) FROM theme_mention WHERE workspace_id = $1 AND response_id = $2");
DESK_SQL(mentions_of_theme,
         "SELECT COUNT(*) FROM theme_mention WHERE workspace_id = $1 AND theme_id = $2");
DESK_SQL(pass_done, "SELECT done FROM reading_pass WHERE workspace_id = $1");
DESK_SQL(pass_total, "SELECT total FROM reading_pass WHERE workspace_id = $1");
DESK_SQL(pass_state, "SELECT state FROM reading_pass WHERE workspace_id = $1");
DESK_SQL(newest_read, "SELECT MAX(response_id) FROM reading WHERE workspace_id = $1");

static int make(void **state)
{
	(void)state;
	desk_make(&d, engine);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	desk_remove(&d);
	return 0;
}

static int64_t rev(void)
{
	struct err err;
	int64_t out;
	assert_true(change_rev(d.g.db, d.g.workspace, &out, &err));
	return out;
}

static void reads_what_comes_with_its_themes(void **state)
{
	(void)state;
	desk_read_all(&d);
	int64_t bad = desk_answer(&d, 2, SUPPORT), good = desk_answer(&d, 10, LOVELY);
	int64_t silent = desk_answer(&d, 10, NULL), nothing = desk_answer(&d, 5, "nothing");
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &sentiment, bad), SENTIMENT_NEGATIVE);
	assert_int_equal(desk_number(&d, &sentiment, good), SENTIMENT_POSITIVE);
	assert_int_equal(desk_number(&d, &read_at, silent), -1);
	assert_int_equal(desk_number(&d, &effort, nothing), LOW_EFFORT_NOTHING);
	assert_int_equal(desk_number(&d, &mentions_of, nothing), 0);
	assert_true(desk_number(&d, &mentions_of_theme, desk_theme(&d, "app")) == 1);
	assert_true(desk_number(&d, &mentions_of, bad) > 0);
}

static void what_it_wrote_is_no_reason_to_read(void **state)
{
	(void)state;
	desk_answer(&d, 2, SUPPORT);
	desk_read_all(&d);
	int64_t before = rev(), at;
	at = ground_count(&d.g, &readings);
	for (int i = 0; i < 3; i++)
		assert_false(desk_look(&d));
	assert_int_equal(rev(), before);
	desk_restart(&d);
	assert_false(desk_look(&d));
	assert_int_equal(rev(), before);
	assert_int_equal(ground_count(&d.g, &readings), at);
}

static void an_edited_comment_is_read_again_and_only_that(void **state)
{
	(void)state;
	int64_t one = desk_answer(&d, 2, SUPPORT), other = desk_answer(&d, 2, LOVELY);
	desk_read_all(&d);
	int64_t first = desk_number(&d, &read_at, one);
	ground_wait(&d.g, CLOCK_MINUTE);
	desk_edit(&d, one, 2, LOVELY);
	desk_edit(&d, other, 3, LOVELY); /* still a detractor's */
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &read_at, one), first + CLOCK_MINUTE);
	assert_int_equal(desk_number(&d, &read_at, other), first);
	assert_int_equal(desk_number(&d, &sentiment, one), desk_number(&d, &sentiment, other));
	assert_int_equal(desk_number(&d, &mentions_of, one), desk_number(&d, &mentions_of, other));
	desk_edit(&d, one, 2, "");
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &read_at, one), -1);
	assert_int_equal(desk_number(&d, &mentions_of, one), 0);
}

static void what_is_taken_out_keeps_its_reading_and_what_goes_takes_it_along(void **state)
{
	(void)state;
	int64_t one = desk_answer(&d, 2, SUPPORT);
	struct correction_input in = { .id = one,
		                       .correction = { .what = CORRECTION_EXCLUDE,
		                                       .reason = STR("staff"),
		                                       .actor = STR("Eva") },
		                       .arena = &d.g.arena };
	desk_read_all(&d);
	int64_t first = desk_number(&d, &read_at, one);
	ground_wait(&d.g, CLOCK_MINUTE);
	ground_run(&d.g, correction_apply, &in);
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &read_at, one), first);
	in.correction.what = CORRECTION_DELETE;
	ground_run(&d.g, correction_apply, &in);
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &read_at, one), first);
}

static bool remove_it(struct db_tx *tx, void *input, struct err *err)
{
	return response_remove(tx, *(int64_t *)input, err);
}

static void an_answer_that_is_gone_is_left_out(void **state)
{
	(void)state;
	int64_t one = desk_answer(&d, 2, SUPPORT), other = desk_answer(&d, 2, SUPPORT);
	desk_read_all(&d);
	ground_run(&d.g, remove_it, &one);
	assert_int_equal(ground_count(&d.g, &readings), 1);
	/* Read before it went, written after. */
	struct kept_mention mention = { .theme = desk_theme(&d, "app"), .len = 1 };
	struct kept_reading late[] = {
		{ .response = one, .language = STR("en"), .mentions = &mention, .mention_count = 1 }
	};
	struct kept_batch batch = { .readings = late, .count = 1, .cursor = -1 };
	ground_run(&d.g, kept_write, &batch);
	assert_int_equal(ground_count(&d.g, &readings), 1);
	desk_read_all(&d);
	assert_true(desk_number(&d, &read_at, other) > 0);
}

/* Answers of a time before there was a reader: none of them is in its part of the log. */
static void reads_what_came_before_it_newest_first(void **state)
{
	(void)state;
	enum { ANSWERS = 230 };
	int64_t last = 0;
	for (int i = 0; i < ANSWERS; i++)
		last = desk_answer(&d, i % 11, i % 2 ? SUPPORT : LOVELY);
	while (ground_count(&d.g, &readings) == 0)
		assert_true(desk_look(&d));
	assert_true(ground_count(&d.g, &readings) < ANSWERS);
	assert_int_equal(ground_count(&d.g, &newest_read), last);
	/* Another process goes on where this one was, and what comes meanwhile is read first. */
	int64_t done = ground_count(&d.g, &pass_done);
	assert_true(done > 0);
	desk_restart(&d);
	ground_wait(&d.g, CLOCK_MINUTE);
	int64_t late = desk_answer(&d, 3, SUPPORT);
	int64_t first = desk_number(&d, &read_at, last);
	desk_look(&d);
	assert_true(desk_number(&d, &read_at, late) > 0);
	desk_read_all(&d);
	assert_int_equal(ground_count(&d.g, &readings), ANSWERS + 1);
	assert_int_equal(desk_number(&d, &read_at, last), first);
	assert_int_equal(ground_count(&d.g, &pass_total), ANSWERS);
	assert_int_equal(ground_count(&d.g, &pass_done), ANSWERS);
	assert_int_equal(ground_count(&d.g, &pass_state), PASS_DONE);
}

/* What was kept of a killed reader's work is what its last unit wrote, place and readings together. */
static void many_changes_are_read_in_pages_and_each_once(void **state)
{
	(void)state;
	enum { ANSWERS = 620 }; /* more than a page of the log */
	desk_read_all(&d);
	for (int i = 0; i < ANSWERS; i++)
		desk_answer(&d, i % 11, i % 2 ? SUPPORT : LOVELY);
	int looks = 0;
	while (desk_look(&d))
		looks += 1;
	assert_true(looks > 0);
	assert_int_equal(ground_count(&d.g, &readings), ANSWERS);
	int64_t each = ground_count(&d.g, &mentions);
	desk_restart(&d);
	desk_read_all(&d);
	assert_int_equal(ground_count(&d.g, &mentions), each);
}

static bool answer_behind_much_else(struct db_tx *tx, void *input, struct err *err)
{
	for (int64_t i = 1; i <= 600; i++)
		tx_changed(tx, CHANGE_PERSON, i);
	return capture_apply(tx, input, err);
}

/* A page of the log ends in the middle of it. */
static void one_rev_may_be_longer_than_a_page(void **state)
{
	(void)state;
	struct err err;
	struct capture_input in = ground_answer(&d.g, 2, SUPPORT);
	desk_read_all(&d);
	assert_true(capture_check(&d.g.arena, &in, &err));
	ground_run(&d.g, answer_behind_much_else, &in);
	desk_read_all(&d);
	assert_int_equal(ground_count(&d.g, &readings), 1);
}

static bool forget_log(struct db_tx *tx, void *input, struct err *err)
{
	DESK_SQL(all, "DELETE FROM change WHERE workspace_id = $1");
	(void)input;
	return db_exec(tx->db, &all, DB_ARGS(db_arg_i64(tx->workspace)), NULL, err);
}

static void a_log_that_was_pruned_past_it_is_made_up_for(void **state)
{
	(void)state;
	int64_t one = desk_answer(&d, 2, SUPPORT);
	desk_read_all(&d);
	desk_restart(&d);
	int64_t first = desk_number(&d, &read_at, one);
	ground_wait(&d.g, CLOCK_MINUTE);
	int64_t missed = desk_answer(&d, 2, LOVELY);
	ground_run(&d.g, forget_log, NULL);
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &read_at, missed), first + CLOCK_MINUTE);
	assert_int_equal(desk_number(&d, &read_at, one), first);
}

static int64_t own_theme(const char *seeds)
{
	struct theme_change in = {
		.name = STR("Own"), .seeds = str_of(seeds), .actor = STR("Eva"), .arena = &d.g.arena
	};
	ground_run(&d.g, theme_change, &in);
	return in.theme.id;
}

static void change_words(int64_t theme, const char *seeds)
{
	struct theme_change in = {
		.id = theme, .seeds = str_of(seeds), .actor = STR("Eva"), .arena = &d.g.arena
	};
	ground_run(&d.g, theme_change, &in);
}

DESK_SQL(noted, "SELECT COUNT(*) FROM change WHERE workspace_id = $1 AND kind = 13");
DESK_SQL(taken_away,
         "SELECT COUNT(*) FROM theme_mention WHERE workspace_id = $1 AND response_id = $2 AND "
         "made_by = 3");
/* Equal for equal mentions, whatever order they were written in. */
DESK_SQL(mentions_sum,
         "SELECT COALESCE(CAST(SUM(span_from * 31 + span_len * 7 + made_by + CAST(polarity * "
         "1000 AS BIGINT) + CAST(certainty * 1000 AS BIGINT) * 3) AS BIGINT), 0) FROM "
         "theme_mention WHERE workspace_id = $1 AND response_id = $2");

static void other_words_are_written_where_they_stand_and_nowhere_else(void **state)
{
	(void)state;
	int64_t bad = desk_answer(&d, 2, SUPPORT), good = desk_answer(&d, 10, LOVELY);
	desk_read_all(&d);
	int64_t before = desk_number(&d, &mentions_of, good),
		sum = desk_number(&d, &mentions_sum, good);
	int64_t notes = ground_count(&d.g, &noted), first = desk_number(&d, &read_at, good);
	int64_t theme = own_theme("en: lovely");
	ground_wait(&d.g, CLOCK_MINUTE);
	desk_read_all(&d);
	assert_int_equal(ground_count(&d.g, &pass_state), PASS_DONE);
	assert_int_equal(desk_number(&d, &mentions_of_theme, theme), 1);
	assert_int_equal(desk_number(&d, &mentions_of, good), before + 1);
	assert_int_equal(ground_count(&d.g, &noted), notes + 1);
	assert_int_equal(desk_number(&d, &read_at, good), first);
	/* What comes next is read whole, by the same words. */
	int64_t next = desk_answer(&d, 10, LOVELY);
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &mentions_sum, next),
	                 desk_number(&d, &mentions_sum, good));
	change_words(theme, "en: horrid");
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &mentions_of_theme, theme), 0);
	assert_int_equal(desk_number(&d, &mentions_sum, good), sum);
	assert_true(desk_number(&d, &mentions_of, bad) > 0);
	/* Nothing is left that the next look would write. */
	notes = ground_count(&d.g, &noted);
	assert_false(desk_look(&d));
	assert_int_equal(ground_count(&d.g, &noted), notes);
}

static void what_people_said_stays_when_words_change(void **state)
{
	(void)state;
	int64_t one = desk_answer(&d, 10, LOVELY);
	desk_read_all(&d);
	struct caller eva = { .workspace = d.g.workspace, .name = STR("Eva"), .role = ROLE_OWNER };
	struct correction_make in = { .caller = &eva,
		                      .arena = &d.g.arena,
		                      .correction = { .response = one,
		                                      .kind = CORRECT_THEME_REMOVED,
		                                      .theme = desk_theme(&d, "app") } };
	ground_run(&d.g, reading_correct, &in);
	assert_int_equal(desk_number(&d, &taken_away, one), 1);
	own_theme("en: lovely");
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &taken_away, one), 1);
	own_theme("en: zebra");
	desk_read_all(&d);
	assert_int_equal(desk_number(&d, &taken_away, one), 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_what_comes_with_its_themes),
		TEST(what_it_wrote_is_no_reason_to_read),
		TEST(an_edited_comment_is_read_again_and_only_that),
		TEST(what_is_taken_out_keeps_its_reading_and_what_goes_takes_it_along),
		TEST(an_answer_that_is_gone_is_left_out),
		TEST(reads_what_came_before_it_newest_first),
		TEST(many_changes_are_read_in_pages_and_each_once),
		TEST(one_rev_may_be_longer_than_a_page),
		TEST(a_log_that_was_pruned_past_it_is_made_up_for),
		TEST(other_words_are_written_where_they_stand_and_nowhere_else),
		TEST(what_people_said_stays_when_words_change),
	};
	return ENGINES_RUN("reader", engine, tests, NULL, NULL);
}
