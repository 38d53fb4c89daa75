/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/burst.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define T0 (1000 * CLOCK_DAY)

static const struct burst_link personal = { { "r 1 2", 5 }, true };
static const struct burst_link open_link = { { "s 1 2 10.0.0.1", 14 }, false };

static size_t fetch(struct burst *b, struct burst_link link, int score, int64_t now)
{
	struct burst_doubts doubts;
	burst_fetched(b, link, score, now, &doubts);
	return doubts.count;
}

static const char *post(struct burst *b, struct burst_link link, int score, int64_t loaded_at,
                        bool tapped, int64_t now)
{
	struct burst_doubts doubts;
	struct burst_post p = {
		.link = link, .score = score, .loaded_at = loaded_at, .tapped = tapped, .now = now
	};
	return burst_posted(b, &p, &doubts);
}

static size_t counted(struct burst *b, struct burst_link link, int64_t response, bool tapped,
                      int64_t now)
{
	struct burst_doubts doubts;
	burst_counted(b, link, response, tapped, now, &doubts);
	return doubts.count;
}

static int make(void **state)
{
	*state = burst_new();
	return 0;
}

static int drop(void **state)
{
	burst_free(*state);
	return 0;
}

static void lets_one_link_of_one_person_count(void **state)
{
	fetch(*state, personal, 9, T0);
	assert_null(post(*state, personal, 9, T0, false, T0 + 5 * CLOCK_SECOND));
}

static void doubts_two_scores_within_ten_seconds(void **state)
{
	fetch(*state, personal, 0, T0);
	fetch(*state, personal, 1, T0 + 9 * CLOCK_SECOND);
	assert_string_equal(post(*state, personal, 0, T0, false, T0 + 10 * CLOCK_SECOND),
	                    "two_scores");
}

static void lets_a_second_thought_after_ten_seconds_count(void **state)
{
	fetch(*state, personal, 8, T0);
	fetch(*state, personal, 9, T0 + 11 * CLOCK_SECOND);
	assert_null(
	    post(*state, personal, 9, T0 + 11 * CLOCK_SECOND, false, T0 + 16 * CLOCK_SECOND));
}

static void doubts_pages_of_the_burst_however_late_they_send(void **state)
{
	fetch(*state, personal, 0, T0);
	fetch(*state, personal, 1, T0 + CLOCK_SECOND);
	assert_non_null(post(*state, personal, 0, T0, false, T0 + CLOCK_HOUR));
}

static void lets_a_tap_after_the_burst_count_on_any_page(void **state)
{
	fetch(*state, personal, 0, T0);
	fetch(*state, personal, 1, T0 + CLOCK_SECOND);
	assert_non_null(post(*state, personal, 1, T0, true, T0 + 2 * CLOCK_SECOND));
	assert_null(post(*state, personal, 1, T0, true, T0 + 12 * CLOCK_SECOND));
}

static void lets_a_person_who_comes_a_minute_after_the_scanner_count_by_staying(void **state)
{
	for (int score = 0; score <= 10; score++)
		fetch(*state, personal, score, T0 + score * CLOCK_SECOND);
	int64_t later = T0 + CLOCK_MINUTE;
	fetch(*state, personal, 9, later);
	assert_null(post(*state, personal, 9, later, false, later + 5 * CLOCK_SECOND));
}

static void doubts_most_of_the_links_however_slowly_they_are_fetched(void **state)
{
	for (int score = 0; score < BURST_LINKS - 1; score++)
		fetch(*state, personal, score, T0 + score * CLOCK_MINUTE);
	int64_t now = T0 + (BURST_LINKS - 1) * CLOCK_MINUTE;
	fetch(*state, personal, BURST_LINKS - 1, now);
	assert_string_equal(post(*state, personal, 5, now, false, now + CLOCK_SECOND),
	                    "many_links");
}

static void doubts_who_follows_the_hidden_link(void **state)
{
	struct burst_doubts doubts;
	burst_trapped(*state, personal, T0, &doubts);
	assert_string_equal(post(*state, personal, 9, T0, false, T0 + CLOCK_SECOND), "hidden_link");
}

static void names_the_answers_that_counted_before_the_burst_was_seen(void **state)
{
	struct burst_doubts doubts;
	fetch(*state, personal, 0, T0);
	assert_int_equal(counted(*state, personal, 77, false, T0 + CLOCK_SECOND), 0);
	burst_fetched(*state, personal, 1, T0 + 2 * CLOCK_SECOND, &doubts);
	assert_int_equal(doubts.count, 1);
	assert_int_equal(doubts.responses[0], 77);
	assert_string_equal(doubts.reason, "two_scores");
}

static void doubts_a_tap_only_when_it_was_part_of_the_burst(void **state)
{
	fetch(*state, personal, 0, T0);
	counted(*state, personal, 77, false, T0 + CLOCK_SECOND);
	counted(*state, personal, 77, true, T0 + CLOCK_SECOND);
	assert_int_equal(fetch(*state, personal, 1, T0 + 9 * CLOCK_SECOND), 1);
	int64_t later = T0 + CLOCK_HOUR;
	counted(*state, personal, 77, true, later);
	fetch(*state, personal, 2, later + 11 * CLOCK_SECOND);
	assert_int_equal(fetch(*state, personal, 3, later + 12 * CLOCK_SECOND), 0);
}

static void doubts_at_once_what_was_stored_while_suspicion_fell(void **state)
{
	fetch(*state, personal, 0, T0);
	assert_null(post(*state, personal, 0, T0, false, T0 + 1));
	fetch(*state, personal, 1, T0 + 2);
	assert_int_equal(counted(*state, personal, 77, false, T0 + 3), 1);
}

static void lets_a_person_correct_a_tap_at_once(void **state)
{
	assert_null(post(*state, personal, 8, T0, true, T0 + CLOCK_SECOND));
	assert_null(post(*state, personal, 9, T0, true, T0 + 2 * CLOCK_SECOND));
}

static void lets_a_shop_behind_one_address_answer_in_a_row(void **state)
{
	for (int score = 0; score <= 10; score++) {
		int64_t now = T0 + score * CLOCK_SECOND;
		assert_null(post(*state, open_link, score, now, false, now));
	}
}

static void doubts_most_links_of_a_public_survey_from_one_address(void **state)
{
	for (int score = 0; score < BURST_LINKS; score++)
		fetch(*state, open_link, score, T0 + score);
	assert_string_equal(post(*state, open_link, 3, T0, false, T0 + CLOCK_SECOND), "many_links");
	struct burst_link next_door = { { "s 1 2 10.0.0.2", 14 }, false };
	assert_null(post(*state, next_door, 3, T0, false, T0 + CLOCK_SECOND));
}

static void forgets_the_oldest_link_when_the_table_is_full(void **state)
{
	char key[32];
	for (int i = 0; i < 20000; i++) {
		struct burst_link link = { { key, 0 }, true };
		link.key.len = (size_t)snprintf(key, sizeof key, "r 1 %d", i);
		fetch(*state, link, 5, T0 + i);
	}
	assert_null(post(*state, personal, 9, T0, false, T0 + 20000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lets_one_link_of_one_person_count, make, drop),
		cmocka_unit_test_setup_teardown(doubts_two_scores_within_ten_seconds, make, drop),
		cmocka_unit_test_setup_teardown(lets_a_second_thought_after_ten_seconds_count, make,
		                                drop),
		cmocka_unit_test_setup_teardown(doubts_pages_of_the_burst_however_late_they_send,
		                                make, drop),
		cmocka_unit_test_setup_teardown(lets_a_tap_after_the_burst_count_on_any_page, make,
		                                drop),
		cmocka_unit_test_setup_teardown(
		    lets_a_person_who_comes_a_minute_after_the_scanner_count_by_staying, make,
		    drop),
		cmocka_unit_test_setup_teardown(
		    doubts_most_of_the_links_however_slowly_they_are_fetched, make, drop),
		cmocka_unit_test_setup_teardown(doubts_who_follows_the_hidden_link, make, drop),
		cmocka_unit_test_setup_teardown(
		    names_the_answers_that_counted_before_the_burst_was_seen, make, drop),
		cmocka_unit_test_setup_teardown(doubts_a_tap_only_when_it_was_part_of_the_burst,
		                                make, drop),
		cmocka_unit_test_setup_teardown(doubts_at_once_what_was_stored_while_suspicion_fell,
		                                make, drop),
		cmocka_unit_test_setup_teardown(lets_a_person_correct_a_tap_at_once, make, drop),
		cmocka_unit_test_setup_teardown(lets_a_shop_behind_one_address_answer_in_a_row,
		                                make, drop),
		cmocka_unit_test_setup_teardown(
		    doubts_most_links_of_a_public_survey_from_one_address, make, drop),
		cmocka_unit_test_setup_teardown(forgets_the_oldest_link_when_the_table_is_full,
		                                make, drop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
