/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/tally.h"
#include "base/clock.h"
#include "base/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const int64_t monday = INT64_C(1767571200000000); /* 2026-01-05 */

static void counts_by_day_in_whatever_order_answers_come(void **state)
{
	(void)state;
	struct tally t = { 0 };
	struct calendar days = { .zone = zone_utc(), .unit = PERIOD_DAY };
	static const int order[] = { 9, 0, 4, 9, 2, 0 };
	static const int64_t found[][2] = { { 0, 2 }, { 2, 1 }, { 4, 1 }, { 9, 2 } };
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		struct tally_answer answer = { .score = 10, .at = monday + order[i] * CLOCK_DAY };
		tally_add(&t, &days, &answer);
	}
	assert_int_equal(t.period_count, 4);
	for (size_t i = 0; i < t.period_count; i++) {
		assert_int_equal(t.periods[i].first_day, monday / CLOCK_DAY + found[i][0]);
		assert_int_equal(t.periods[i].counter.sums.by_score[10], found[i][1]);
	}
	assert_int_equal(t.all.sums.by_score[10], 6);
	assert_int_equal(t.first_at, monday);
	assert_int_equal(t.last_at, monday + 9 * CLOCK_DAY);
	tally_free(&t);
}

static void counts_an_answer_without_a_date_in_no_day(void **state)
{
	(void)state;
	struct tally t = { 0 };
	tally_add(&t, NULL, &(struct tally_answer){ .score = 3 });
	assert_int_equal(t.period_count, 0);
	assert_int_equal(t.all.sums.by_score[3], 1);
	assert_int_equal(t.first_at, 0);
	tally_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_by_day_in_whatever_order_answers_come),
		cmocka_unit_test(counts_an_answer_without_a_date_in_no_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
