/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void takes_whole_numbers_from_0_to_10_and_nothing_else(void **state)
{
	(void)state;
	static const struct {
		const char *cell;
		enum score_cell kind;
		int score;
	} cases[] = {
		{ "9", SCORE_CELL_GOOD, 9 },
		{ " 9 ", SCORE_CELL_GOOD, 9 },
		{ "9.0", SCORE_CELL_GOOD, 9 },
		{ "9,00", SCORE_CELL_GOOD, 9 },
		{ "9/10", SCORE_CELL_GOOD, 9 },
		{ "9 / 10", SCORE_CELL_GOOD, 9 },
		{ "10/10", SCORE_CELL_GOOD, 10 },
		{ "0", SCORE_CELL_GOOD, 0 },
		{ "-0", SCORE_CELL_GOOD, 0 },
		{ "07", SCORE_CELL_GOOD, 7 },
		{ "10", SCORE_CELL_GOOD, 10 },
		{ "\xc2\xa0"
		  "8\xc2\xa0",
		  SCORE_CELL_GOOD, 8 },
		{ "10 - Extremely likely", SCORE_CELL_GOOD, 10 },
		{ "0 (not at all likely)", SCORE_CELL_GOOD, 0 },
		{ "Not at all likely - 0", SCORE_CELL_GOOD, 0 },
		{ "Extremely likely - 10", SCORE_CELL_GOOD, 10 },
		{ "Sehr wahrscheinlich – 10", SCORE_CELL_GOOD, 10 },
		{ "Not at all likely-0", SCORE_CELL_TEXT, 0 },
		{ "A4 - 10", SCORE_CELL_TEXT, 0 },
		{ "Likely - 9 to 10", SCORE_CELL_TEXT, 0 },
		{ "- 10", SCORE_CELL_TEXT, 0 },
		{ "Likely 10", SCORE_CELL_TEXT, 0 },
		{ "Likely - 11", SCORE_CELL_HIGH, 0 },
		{ "", SCORE_CELL_BLANK, 0 },
		{ "  \t", SCORE_CELL_BLANK, 0 },
		{ "11", SCORE_CELL_HIGH, 0 },
		{ "-1", SCORE_CELL_HIGH, 0 },
		{ "100", SCORE_CELL_HIGH, 0 },
		{ "11/10", SCORE_CELL_HIGH, 0 },
		{ "9.5", SCORE_CELL_FRACTION, 0 },
		{ "7,25", SCORE_CELL_FRACTION, 0 },
		{ "4/5", SCORE_CELL_OTHER_END, 5 },
		{ "9/100", SCORE_CELL_OTHER_END, 100 },
		{ "n/a", SCORE_CELL_TEXT, 0 },
		{ "nine", SCORE_CELL_TEXT, 0 },
		{ "9 - 10", SCORE_CELL_TEXT, 0 },
		{ "9 10", SCORE_CELL_TEXT, 0 },
		{ "9/", SCORE_CELL_TEXT, 0 },
		{ "9.", SCORE_CELL_TEXT, 0 },
		{ "1e1", SCORE_CELL_TEXT, 0 },
		{ "99999999999999999999", SCORE_CELL_TEXT, 0 },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int score = 0;
		enum score_cell kind = score_cell_read(str_of(cases[i].cell), &score);
		if (kind != cases[i].kind || score != cases[i].score)
			fail_msg("\"%s\" gave kind %d and score %d", cases[i].cell, (int)kind,
			         score);
	}
}

static void says_why_a_cell_is_refused(void **state)
{
	(void)state;
	struct err err;
	score_cell_reason(SCORE_CELL_HIGH, STR("11"), &err);
	assert_string_equal(err.msg, "11 is not between 0 and 10");
	score_cell_reason(SCORE_CELL_TEXT, STR("n/a"), &err);
	assert_string_equal(err.msg, "\"n/a\" is not a score");
}

static void reads_the_scale_that_a_header_names(void **state)
{
	(void)state;
	static const struct {
		const char *header;
		enum score_scale scale;
	} cases[] = {
		{ "score", SCALE_UNSAID },
		{ "NPS (0-10)", SCALE_0_10 },
		{ "On a scale of 0 to 10, how likely are you to recommend us?", SCALE_0_10 },
		{ "Bewertung (1 bis 10)", SCALE_1_10 },
		{ "Nota de 1 a 10", SCALE_1_10 },
		{ "rating 1\xe2\x80\x93"
		  "5",
		  SCALE_1_5 },
		{ "Rating (1-5)", SCALE_1_5 },
		{ "score/5", SCALE_1_5 },
		{ "score out of 5", SCALE_1_5 },
		{ "Stars", SCALE_1_5 },
		{ "score out of 10", SCALE_UNSAID },
		{ "score/10", SCALE_UNSAID },
		{ "Q1", SCALE_UNSAID },
		{ "2024-10 score", SCALE_UNSAID },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (score_scale_of_header(str_of(cases[i].header)) != cases[i].scale)
			fail_msg("\"%s\" gave another scale", cases[i].header);
}

/* Counts of the scores 0 to 10, as a column. */
static enum score_scale scale_of(const int64_t counts[11], const char *header)
{
	struct score_column column = { 0 };
	for (int score = 0; score <= 10; score++) {
		column.by_score[score] = counts[score];
		column.good += counts[score];
	}
	struct err why;
	return score_column_scale(&column, str_of(header), &why);
}

static void never_takes_a_scale_of_1_to_5_for_0_to_10(void **state)
{
	(void)state;
	assert_int_equal(scale_of((int64_t[11]){ 0, 3, 2, 5, 30, 60 }, "score"), SCALE_1_5);
	assert_int_equal(scale_of((int64_t[11]){ 0, 0, 0, 2, 2, 1 }, "score"), SCALE_1_5);
	assert_int_equal(scale_of((int64_t[11]){ 0, 1, 1, 2, 4, 5, 6, 10 }, "score"), SCALE_1_5);
	assert_int_equal(scale_of((int64_t[11]){ 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 20 }, "rating /5"),
	                 SCALE_1_5);
	/* one cell above does not make it another scale than the header's */
	struct score_column fifths = { 0 };
	for (int i = 0; i < 8; i++)
		score_column_add(&fifths, STR("4/5"));
	struct err why;
	assert_int_equal(score_column_scale(&fifths, STR("score"), &why), SCALE_1_5);
	assert_non_null(strstr(why.msg, "1 to 5"));
	assert_non_null(strstr(why.msg, "--scale"));
}

static void never_takes_a_scale_of_1_to_10_for_0_to_10(void **state)
{
	(void)state;
	assert_int_equal(scale_of((int64_t[11]){ 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, "score"),
	                 SCALE_1_10);
	assert_int_equal(scale_of((int64_t[11]){ 0, 4, 0, 0, 1, 2, 5, 9, 20, 20, 30 }, "nps"),
	                 SCALE_1_10);
	assert_int_equal(scale_of((int64_t[11]){ 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5 }, "score (1-10)"),
	                 SCALE_1_10);
}

static void takes_honest_files_without_a_0(void **state)
{
	(void)state;
	assert_int_equal(scale_of((int64_t[11]){ 0, 0, 0, 100, 0, 0, 0, 0, 100, 0, 400 }, "score"),
	                 SCALE_0_10);
	assert_int_equal(scale_of((int64_t[11]){ 0, 1, 0, 2, 1, 4, 3, 9, 20, 40, 60 }, "nps"),
	                 SCALE_0_10);
	assert_int_equal(scale_of((int64_t[11]){ 2, 2, 3, 4, 6, 11, 19, 46, 149, 237, 393 },
	                          "score"),
	                 SCALE_0_10);
	assert_int_equal(scale_of((int64_t[11]){ 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 }, "score"),
	                 SCALE_0_10);
	assert_int_equal(scale_of((int64_t[11]){ 0, 0, 0, 2, 1, 1 }, "score"), SCALE_0_10);
	assert_int_equal(scale_of((int64_t[11]){ 3, 2, 2, 3, 3, 3 }, "score"), SCALE_0_10);
	assert_int_equal(scale_of((int64_t[11]){ 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "score"),
	                 SCALE_0_10);
	assert_int_equal(scale_of((int64_t[11]){ 0, 5, 5, 5, 5, 5 }, "score (0-10)"), SCALE_0_10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_whole_numbers_from_0_to_10_and_nothing_else),
		cmocka_unit_test(says_why_a_cell_is_refused),
		cmocka_unit_test(reads_the_scale_that_a_header_names),
		cmocka_unit_test(never_takes_a_scale_of_1_to_5_for_0_to_10),
		cmocka_unit_test(never_takes_a_scale_of_1_to_10_for_0_to_10),
		cmocka_unit_test(takes_honest_files_without_a_0),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
