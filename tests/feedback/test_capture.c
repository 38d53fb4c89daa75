/* What capture_apply decides, on SQLite and, when there is a server, on PostgreSQL. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/capture.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../db/engines.h"
#include "feedback/correction.h"
#include "ground.h"
#include "survey/draft.h"
#include "survey/survey_shelf.h"
#include "survey/invitation.h"

#define RACERS 8

static enum db_engine engine;
static struct ground g;

GROUND_COUNTS(count_responses, "response");

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

#define assert_text(text, expected)                                 \
	do {                                                        \
		Str seen_ = (text);                                 \
		assert_int_equal(seen_.len, strlen(expected));      \
		assert_memory_equal(seen_.at, expected, seen_.len); \
	} while (0)

static struct response give(int score, const char *comment)
{
	struct capture_input in = ground_answer(&g, score, comment);
	return ground_take(&g, &in);
}

static struct response amend(int64_t response, int score, const char *comment)
{
	struct capture_input in = ground_answer(&g, score, comment);
	in.response_id = response;
	return ground_take(&g, &in);
}

static void state_follows_what_was_given(void **state)
{
	(void)state;
	assert_int_equal(give(9, NULL).state, RESPONSE_PARTIAL);
	assert_int_equal(give(0, "slow").state, RESPONSE_COMPLETE);
	struct response comment_only = give(SCORE_NONE, "no score");
	assert_int_equal(comment_only.state, RESPONSE_PARTIAL);
	assert_int_equal(comment_only.first_scored_at, 0);
	assert_false(response_counts(comment_only.state, comment_only.score));
	struct capture_input shown = ground_answer(&g, SCORE_NONE, NULL);
	shown.dismissed = true;
	assert_int_equal(ground_take(&g, &shown).state, RESPONSE_DISMISSED);
	assert_int_equal(ground_count(&g, &count_responses), 4);
}

static void nothing_at_all_is_refused(void **state)
{
	struct capture_input in = ground_answer(&g, SCORE_NONE, "  ");
	struct err err;
	(void)state;
	assert_false(ground_capture(&g, &in, &err));
	assert_int_equal(in.refusal, CAPTURE_NOTHING);
	assert_int_equal(err.kind, ERR_INVALID);
	assert_int_equal(ground_count(&g, &count_responses), 0);
}

static void what_is_stored_reads_back(void **state)
{
	(void)state;
	struct capture_input in = ground_answer(&g, 7, "İstanbul: \"sehr\" <b>gut</b> \\ 100%");
	in.properties = STR("{\"a\":1,\"plan\":\"pro\"}");
	in.language = STR("tr");
	in.channel = STR("web");
	in.source = STR("page");
	struct response told = ground_take(&g, &in), r = ground_read(&g, told.id);
	assert_text(r.comment, "İstanbul: \"sehr\" <b>gut</b> \\ 100%");
	assert_text(str_slice(r.comment_folded, 0, 9), "istanbul:");
	assert_text(r.properties, "{\"a\":1,\"plan\":\"pro\"}");
	assert_text(r.language, "tr");
	assert_text(r.channel, "web");
	assert_int_equal(r.first_scored_at, GROUND_NOW);
	assert_int_equal(r.completed_at, GROUND_NOW);
	assert_int_equal(r.version, 1);
}

static void a_double_tap_makes_one_answer(void **state)
{
	(void)state;
	int64_t first = 0;
	for (int i = 0; i < 3; i++) {
		struct capture_input in = ground_answer(&g, 9, NULL);
		in.capture_key = STR("page-1");
		struct response r = ground_take(&g, &in);
		first = first ? first : r.id;
		assert_int_equal(r.id, first);
		assert_int_equal(in.outcome, i ? CAPTURE_UNCHANGED : CAPTURE_CREATED);
	}
	assert_int_equal(ground_count(&g, &count_responses), 1);
	assert_int_equal(ground_read(&g, first).edits, 0);
}

struct racer {
	pthread_t thread;
	struct capture_input in;
	struct arena arena;
	bool ok;
};

static void *race(void *racer)
{
	struct racer *r = racer;
	struct err err;
	r->ok = ground_try(&g, capture_apply, &r->in, &err);
	return NULL;
}

static void one_link_has_one_answer_however_many_race(void **state)
{
	static struct racer racers[RACERS];
	int64_t invitation = ground_invite(&g);
	int created = 0;
	(void)state;
	for (int i = 0; i < RACERS; i++) {
		racers[i] = (struct racer){ .in = ground_answer(&g, i, NULL) };
		racers[i].in.invitation_id = invitation;
		racers[i].in.arena = &racers[i].arena;
		assert_int_equal(pthread_create(&racers[i].thread, NULL, race, &racers[i]), 0);
	}
	for (int i = 0; i < RACERS; i++) {
		pthread_join(racers[i].thread, NULL);
		assert_true(racers[i].ok);
		assert_int_equal(racers[i].in.response.id, racers[0].in.response.id);
		created += racers[i].in.outcome == CAPTURE_CREATED;
		arena_free(&racers[i].arena);
	}
	assert_int_equal(created, 1);
	assert_int_equal(ground_count(&g, &count_responses), 1);
}

static void the_same_key_and_body_answer_once(void **state)
{
	struct capture_input in = ground_answer(&g, 9, NULL);
	struct err err;
	(void)state;
	in.idempotency = (struct idempotency){ STR("key-1"), STR("hash of the body") };
	int64_t first = ground_take(&g, &in).id;
	assert_int_equal(in.outcome, CAPTURE_CREATED);
	assert_int_equal(ground_take(&g, &in).id, first);
	assert_int_equal(in.outcome, CAPTURE_REPLAYED);
	in.idempotency.body_hash = STR("another body");
	assert_false(ground_capture(&g, &in, &err));
	assert_int_equal(in.refusal, CAPTURE_KEY_REUSED);
	assert_int_equal(err.kind, ERR_INVALID);
	assert_int_equal(ground_count(&g, &count_responses), 1);
	ground_wait(&g, 25 * CLOCK_HOUR);
	assert_int_not_equal(ground_take(&g, &in).id, first);
}

static void an_edit_keeps_the_period_and_the_past(void **state)
{
	struct response_past *past;
	size_t count;
	struct err err;
	(void)state;
	struct response r = give(3, NULL);
	ground_wait(&g, 20 * CLOCK_DAY);
	amend(r.id, 9, NULL);
	r = amend(r.id, SCORE_NONE, "better now");
	assert_int_equal(r.score, 9);
	assert_int_equal(r.state, RESPONSE_COMPLETE);
	r = ground_read(&g, r.id);
	assert_int_equal(r.first_scored_at, GROUND_NOW);
	assert_int_equal(r.submitted_at, GROUND_NOW);
	assert_int_equal(r.completed_at, GROUND_NOW + 20 * CLOCK_DAY);
	assert_int_equal(r.edits, 2);
	assert_true(response_past(g.db, &g.arena, g.workspace, r.id, &past, &count, &err));
	assert_int_equal(count, 2);
	assert_int_equal(past[0].score, 3);
	assert_int_equal(past[1].score, 9);
	assert_null(past[1].comment.at);
	assert_text(past[0].actor, "respondent");
}

static void after_thirty_days_an_answer_is_read_only(void **state)
{
	struct response r = give(3, NULL);
	struct capture_input in = ground_answer(&g, 9, NULL);
	struct err err;
	(void)state;
	in.response_id = r.id;
	ground_wait(&g, 30 * CLOCK_DAY + 1);
	assert_false(ground_capture(&g, &in, &err));
	assert_int_equal(in.refusal, CAPTURE_READ_ONLY);
	in.trusted = true;
	assert_int_equal(ground_take(&g, &in).score, 9);
}

static void no_days_to_change_an_answer_leave_the_time_to_finish_it(void **state)
{
	struct response r = give(9, NULL);
	struct capture_input in = ground_answer(&g, SCORE_NONE, "why");
	struct err err;
	(void)state;
	in.response_id = r.id;
	in.edit_window = capture_edit_window(0);
	ground_wait(&g, CAPTURE_FINISH);
	assert_text(ground_take(&g, &in).comment, "why");
	ground_wait(&g, 1);
	assert_false(ground_capture(&g, &in, &err));
	assert_int_equal(in.refusal, CAPTURE_READ_ONLY);
	assert_int_equal(capture_edit_window(2), 2 * CLOCK_DAY);
}

static void a_late_score_dates_the_answer_when_it_comes(void **state)
{
	(void)state;
	struct response r = give(SCORE_NONE, "first words");
	ground_wait(&g, CLOCK_DAY);
	r = amend(r.id, 8, NULL);
	assert_int_equal(r.first_scored_at, GROUND_NOW + CLOCK_DAY);
	assert_int_equal(r.submitted_at, GROUND_NOW);
}

static void an_unconfirmed_answer_counts_once_confirmed(void **state)
{
	(void)state;
	struct capture_input in = ground_answer(&g, 9, NULL);
	in.proof = CAPTURE_UNCONFIRMED;
	in.proof_reason = STR("prefilled");
	struct response r = ground_take(&g, &in);
	assert_int_equal(r.state, RESPONSE_UNCONFIRMED);
	assert_text(r.state_reason, "prefilled");
	assert_int_equal(r.first_scored_at, 0);
	ground_wait(&g, CLOCK_DAY);
	r = amend(r.id, 9, NULL);
	assert_int_equal(r.state, RESPONSE_PARTIAL);
	assert_null(r.state_reason.at);
	assert_int_equal(r.first_scored_at, GROUND_NOW + CLOCK_DAY);
}

static void unconfirmed_changes_nothing_that_counts(void **state)
{
	struct response r = give(9, NULL);
	struct capture_input in = ground_answer(&g, 0, NULL);
	(void)state;
	in.response_id = r.id;
	in.proof = CAPTURE_UNCONFIRMED;
	assert_int_equal(ground_take(&g, &in).score, 9);
	assert_int_equal(in.outcome, CAPTURE_UNCHANGED);
	assert_int_equal(ground_read(&g, r.id).edits, 0);
}

static void a_burst_takes_back_what_counted(void **state)
{
	struct response r = give(9, NULL);
	struct capture_input in = ground_answer(&g, SCORE_NONE, NULL);
	(void)state;
	in.response_id = r.id;
	in.proof = CAPTURE_DOUBTED;
	in.proof_reason = STR("many_links");
	r = ground_take(&g, &in);
	assert_int_equal(r.state, RESPONSE_UNCONFIRMED);
	assert_int_equal(r.first_scored_at, GROUND_NOW);
}

static struct response tap(int64_t invitation, int score)
{
	struct capture_input in = ground_answer(&g, score, NULL);
	in.invitation_id = invitation;
	in.proof = CAPTURE_TAPPED;
	return ground_take(&g, &in);
}

static void eleven_forms_in_a_row_count_nothing_until_somebody_taps(void **state)
{
	int64_t invitation = ground_invite(&g);
	struct response r = { 0 };
	(void)state;
	for (int score = 0; score <= 10; score++) {
		r = tap(invitation, score);
		ground_wait(&g, CLOCK_SECOND / 10);
	}
	assert_int_equal(r.state, RESPONSE_UNCONFIRMED);
	assert_text(r.state_reason, "two_scores");
	assert_int_equal(tap(invitation, 10).state, RESPONSE_UNCONFIRMED);
	ground_wait(&g, CLOCK_HOUR);
	r = tap(invitation, 9);
	assert_int_equal(r.state, RESPONSE_PARTIAL);
	assert_int_equal(r.score, 9);
	assert_int_equal(ground_count(&g, &count_responses), 1);
}

static void a_correction_by_hand_within_ten_seconds_is_no_burst(void **state)
{
	struct capture_input in = ground_answer(&g, 8, NULL);
	int64_t invitation = ground_invite(&g);
	(void)state;
	tap(invitation, 9);
	in.invitation_id = invitation;
	assert_int_equal(ground_take(&g, &in).state, RESPONSE_PARTIAL);
}

static enum capture_refusal refusal_of(struct capture_input *in)
{
	struct err err;
	assert_false(ground_capture(&g, in, &err));
	return in->refusal;
}

static void set_state(enum survey_state to)
{
	struct survey_state_input in = { .id = g.survey.id, .state = to, .arena = &g.arena };
	ground_run(&g, survey_set_state, &in);
}

static void a_survey_takes_answers_only_while_it_is_live(void **state)
{
	struct capture_input in = ground_answer(&g, 9, NULL);
	struct response r = give(9, NULL);
	(void)state;
	set_state(SURVEY_PAUSED);
	assert_int_equal(refusal_of(&in), CAPTURE_SURVEY_PAUSED);
	set_state(SURVEY_CLOSED);
	assert_int_equal(refusal_of(&in), CAPTURE_SURVEY_CLOSED);
	assert_int_equal(amend(r.id, SCORE_NONE, "the page was still open").state,
	                 RESPONSE_COMPLETE);
	ground_wait(&g, CAPTURE_FINISH);
	in.response_id = r.id;
	assert_int_equal(refusal_of(&in), CAPTURE_SURVEY_CLOSED);
	in = ground_answer(&g, 9, NULL);
	in.survey_slug = STR("nowhere");
	assert_int_equal(refusal_of(&in), CAPTURE_NO_SURVEY);
}

static void a_revoked_or_expired_link_takes_nothing(void **state)
{
	struct invitation_revoke_input revoke = { .id = ground_invite(&g), .arena = &g.arena };
	struct capture_input in = ground_answer(&g, 9, NULL);
	(void)state;
	in.invitation_id = revoke.id;
	struct response r = ground_take(&g, &in);
	ground_run(&g, invitation_revoke, &revoke);
	assert_int_equal(refusal_of(&in), CAPTURE_LINK_REVOKED);
	in.invitation_id = 0;
	in.response_id = r.id;
	assert_int_equal(refusal_of(&in), CAPTURE_LINK_REVOKED);
	in.response_id = 0;
	in.invitation_id = ground_invite(&g);
	ground_wait(&g, 90 * CLOCK_DAY);
	assert_int_equal(refusal_of(&in), CAPTURE_LINK_EXPIRED);
	in.invitation_id = 12345;
	assert_int_equal(refusal_of(&in), CAPTURE_NO_LINK);
}

static void a_time_far_ahead_is_clamped_and_marked(void **state)
{
	struct capture_input in = ground_answer(&g, 9, NULL);
	(void)state;
	in.submitted_at = GROUND_NOW + CLOCK_DAY;
	struct response r = ground_take(&g, &in);
	assert_int_equal(r.submitted_at, GROUND_NOW + CLOCK_DAY);
	assert_false(r.time_clamped);
	in.submitted_at++;
	r = ground_take(&g, &in);
	assert_int_equal(r.submitted_at, GROUND_NOW);
	assert_true(r.time_clamped);
	in.submitted_at = GROUND_NOW - 400 * CLOCK_DAY;
	r = ground_take(&g, &in);
	assert_int_equal(r.first_scored_at, GROUND_NOW - 400 * CLOCK_DAY);
}

static void an_answer_keeps_the_traits_of_its_time(void **state)
{
	struct err err;
	struct person_input who = { .email = STR("Ann@Example.com"),
		                    .traits = STR("{\"plan\":\"free\",\"seats\":3}") };
	struct capture_input in = ground_answer(&g, 9, NULL);
	(void)state;
	assert_true(person_ref_check(&g.arena, &who, &in.who, &err));
	in.properties = STR("{\"seats\":4}");
	int64_t first = ground_take(&g, &in).id;
	who.traits = STR("{\"plan\":\"pro\"}");
	assert_true(person_ref_check(&g.arena, &who, &in.who, &err));
	struct response second = ground_take(&g, &in);
	assert_text(ground_read(&g, first).properties, "{\"plan\":\"free\",\"seats\":4}");
	assert_text(second.properties, "{\"plan\":\"pro\",\"seats\":4}");
	assert_int_equal(ground_read(&g, first).person_id, second.person_id);
}

static void what_was_excluded_stays_so_until_it_is_included(void **state)
{
	struct correction_input out = { .id = give(9, NULL).id,
		                        .correction.what = CORRECTION_EXCLUDE,
		                        .correction.reason = STR("our own staff"),
		                        .correction.actor = STR("Eva"),
		                        .arena = &g.arena };
	(void)state;
	ground_run(&g, correction_apply, &out);
	assert_int_equal(out.response.state, RESPONSE_EXCLUDED);
	assert_text(amend(out.id, 2, NULL).state_reason, "our own staff");
	out.correction.what = CORRECTION_INCLUDE;
	ground_run(&g, correction_apply, &out);
	struct response r = ground_read(&g, out.id);
	assert_int_equal(r.state, RESPONSE_PARTIAL);
	assert_int_equal(r.score, 2);
	assert_int_equal(r.first_scored_at, GROUND_NOW);
	assert_null(r.state_reason.at);
	assert_int_equal(r.edits, 3);
}

static void a_survey_that_is_answered_keeps_its_wording_by_version(void **state)
{
	struct survey_input change = { .id = g.survey.id,
		                       .definition = STR("{\"language\":\"de\"}"),
		                       .arena = &g.arena };
	Str old;
	struct err err;
	(void)state;
	int64_t first = give(9, NULL).id;
	ground_run(&g, survey_save, &change);
	assert_int_equal(change.survey.version, 2);
	struct capture_input in = ground_answer(&g, 9, NULL);
	assert_int_equal(ground_take(&g, &in).version, 2);
	in.version = 1;
	assert_int_equal(ground_take(&g, &in).version, 1);
	assert_int_equal(ground_read(&g, first).version, 1);
	assert_true(survey_definition(g.db, &g.arena, g.workspace, g.survey.id, 1, &old, &err));
	assert_text(old,
	            "{\"language\":\"en\",\"follow_up_one\":false,\"follow_up_required\":true}");
}

/* The limit, as publishing a draft sets it. */
static void take_at_most(int64_t answers)
{
	struct survey_draft_input draft = { .id = g.survey.id,
		                            .actor = STR("x"),
		                            .arena = &g.arena };
	struct survey_state_input live = { .id = g.survey.id,
		                           .state = SURVEY_LIVE,
		                           .arena = &g.arena };
	struct survey survey;
	struct err err;
	assert_true(survey_find(g.db, &g.arena, g.workspace, g.survey.id, &survey, &err));
	assert_true(survey_draft_find(g.db, &g.arena, &survey, &draft.draft, &err));
	draft.draft.max_answers = answers;
	ground_run(&g, survey_draft_save, &draft);
	assert_false(draft.conflict);
	ground_run(&g, survey_set_state, &live);
}

static void an_answer_takes_a_place_when_it_begins_to_count(void **state)
{
	struct capture_input doubted = ground_answer(&g, 9, NULL),
			     confirm = ground_answer(&g, 9, NULL);
	struct capture_input plain = ground_answer(&g, 8, NULL);
	(void)state;
	take_at_most(1);
	doubted.proof = CAPTURE_UNCONFIRMED;
	doubted.proof_reason = STR("prefilled");
	confirm.response_id = ground_take(&g, &doubted).id;
	(void)ground_take(&g, &plain);
	assert_int_equal(refusal_of(&confirm), CAPTURE_SURVEY_FULL);
	assert_int_equal(ground_read(&g, confirm.response_id).state, RESPONSE_UNCONFIRMED);
	struct capture_input by_hand = ground_answer(&g, 7, NULL);
	by_hand.trusted = true;
	(void)ground_take(&g, &by_hand);
}

static void a_test_takes_no_place_and_needs_no_open_survey(void **state)
{
	struct capture_input in = ground_answer(&g, 9, NULL), real = ground_answer(&g, 9, NULL);
	struct survey_shelf_input shelf = {
		.id = g.survey.id, .what = SURVEY_ARCHIVE, .actor = STR("x"), .arena = &g.arena
	};
	(void)state;
	take_at_most(1);
	in.test = true;
	assert_int_equal(ground_take(&g, &in).state, RESPONSE_TEST);
	(void)ground_take(&g, &real);
	assert_int_equal(ground_take(&g, &in).first_scored_at, 0);
	ground_run(&g, survey_shelve, &shelf);
	(void)ground_take(&g, &in);
	assert_int_equal(refusal_of(&real), CAPTURE_SURVEY_CLOSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)
		TEST(state_follows_what_was_given),
		TEST(nothing_at_all_is_refused),
		TEST(what_is_stored_reads_back),
		TEST(a_double_tap_makes_one_answer),
		TEST(one_link_has_one_answer_however_many_race),
		TEST(the_same_key_and_body_answer_once),
		TEST(an_edit_keeps_the_period_and_the_past),
		TEST(after_thirty_days_an_answer_is_read_only),
		TEST(no_days_to_change_an_answer_leave_the_time_to_finish_it),
		TEST(a_late_score_dates_the_answer_when_it_comes),
		TEST(an_unconfirmed_answer_counts_once_confirmed),
		TEST(unconfirmed_changes_nothing_that_counts),
		TEST(a_burst_takes_back_what_counted),
		TEST(eleven_forms_in_a_row_count_nothing_until_somebody_taps),
		TEST(a_correction_by_hand_within_ten_seconds_is_no_burst),
		TEST(a_survey_takes_answers_only_while_it_is_live),
		TEST(a_revoked_or_expired_link_takes_nothing),
		TEST(a_time_far_ahead_is_clamped_and_marked),
		TEST(an_answer_keeps_the_traits_of_its_time),
		TEST(what_was_excluded_stays_so_until_it_is_included),
		TEST(a_survey_that_is_answered_keeps_its_wording_by_version),
		TEST(an_answer_takes_a_place_when_it_begins_to_count),
		TEST(a_test_takes_no_place_and_needs_no_open_survey),
	};
	return ENGINES_RUN("capture", engine, tests, NULL, NULL);
}
