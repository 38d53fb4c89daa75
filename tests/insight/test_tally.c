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

static void add(struct tally *t, struct arena *a, struct calendar *c, const char *value, int score,
                int64_t instant)
{
	Str text = str_of(value);
	struct tally_answer answer = { .score = score, .at = instant };
	if (!value)
		text = (Str){ 0 };
	tally_add(t, a, c, &text, &answer);
}

static void fills_the_gaps_of_a_series_in_whatever_order_answers_come(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err;
	struct tally t = { 0 };
	struct insight_part part = { 0 };
	struct calendar days = { .zone = zone_utc(), .unit = PERIOD_DAY };
	static const int order[] = { 9, 0, 4, 9, 2, 0 };
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		add(&t, &a, &days, NULL, 10, monday + order[i] * CLOCK_DAY);
	assert_true(tally_read(&t, &a, &days, &part, &err));
	static const int64_t expected[] = { 2, 0, 1, 0, 1, 0, 0, 0, 0, 2 };
	assert_int_equal(part.point_count, 10);
	for (size_t i = 0; i < part.point_count; i++)
		assert_int_equal(part.points[i].count.figure.responses, expected[i]);
	assert_int_equal(part.first_at, monday);
	assert_int_equal(part.last_at, monday + 9 * CLOCK_DAY);
	tally_free(&t);
	arena_free(&a);
}

static void refuses_a_series_of_too_many_points(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err;
	struct tally t = { 0 };
	struct insight_part part = { 0 };
	struct calendar days = { .zone = zone_utc(), .unit = PERIOD_DAY };
	add(&t, &a, &days, NULL, 10, monday);
	add(&t, &a, &days, NULL, 10, monday + INSIGHT_POINTS_MAX * CLOCK_DAY);
	assert_false(tally_read(&t, &a, &days, &part, &err));
	assert_int_equal(err.kind, ERR_INVALID);
	tally_free(&t);
	arena_free(&a);
}

static void tells_no_value_from_an_empty_one_and_bounds_how_many_it_tells_apart(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err;
	struct tally t = { 0 };
	struct insight_part part = { 0 };
	add(&t, &a, NULL, NULL, 10, monday);
	add(&t, &a, NULL, "b", 10, monday);
	add(&t, &a, NULL, "b", 0, monday);
	add(&t, &a, NULL, "a", 0, monday);
	assert_true(tally_read(&t, &a, NULL, &part, &err));
	assert_int_equal(part.group_count, 3);
	assert_true(str_eq(part.groups[0].value, STR("b")));
	assert_null(part.groups[1].value.at);
	assert_true(str_eq(part.groups[2].value, STR("a")));
	for (int i = 0; i < 3 * INSIGHT_GROUPS_MAX; i++) {
		char name[32];
		snprintf(name, sizeof name, "value %d", i);
		add(&t, &a, NULL, name, 8, monday);
	}
	part = (struct insight_part){ 0 };
	assert_true(tally_read(&t, &a, NULL, &part, &err));
	assert_int_equal(part.group_count, INSIGHT_GROUPS_MAX + 1);
	const struct insight_group *rest = &part.groups[part.group_count - 1];
	assert_true(rest->rest);
	assert_int_equal(rest->count.figure.responses, 2 * INSIGHT_GROUPS_MAX + 3);
	assert_int_equal(part.count.figure.responses, 3 * INSIGHT_GROUPS_MAX + 4);
	tally_free(&t);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_the_gaps_of_a_series_in_whatever_order_answers_come),
		cmocka_unit_test(refuses_a_series_of_too_many_points),
		cmocka_unit_test(
		    tells_no_value_from_an_empty_one_and_bounds_how_many_it_tells_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
