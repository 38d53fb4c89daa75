/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/period.h"
#include "base/clock.h"
#include "base/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int64_t at(const char *time)
{
	int64_t instant;
	struct err err;
	if (!time_parse(str_of(time), zone_utc(), &instant, &err))
		fail_msg("%s", err.msg);
	return instant;
}

static void expect(struct calendar *c, const char *time, const char *from, const char *after)
{
	char first[16], next[16];
	int64_t day = calendar_day_of(c, at(time));
	calendar_write_day(day, first);
	calendar_write_day(calendar_next(c, day), next);
	assert_string_equal(first, from);
	assert_string_equal(next, after);
}

static void knows_the_period_of_an_instant(void **state)
{
	(void)state;
	struct calendar day = { .zone = zone_utc(), .unit = PERIOD_DAY };
	struct calendar month = { .zone = zone_utc(), .unit = PERIOD_MONTH };
	struct calendar quarter = { .zone = zone_utc(), .unit = PERIOD_QUARTER };
	expect(&day, "2024-02-29T23:59:59Z", "2024-02-29", "2024-03-01");
	expect(&month, "2026-12-31T10:00:00Z", "2026-12-01", "2027-01-01");
	expect(&quarter, "2026-05-15T10:00:00Z", "2026-04-01", "2026-07-01");
	expect(&quarter, "2026-12-31T23:59:59Z", "2026-10-01", "2027-01-01");
}

static void begins_weeks_on_the_day_it_is_told(void **state)
{
	(void)state;
	/* 2026-03-01 is a Sunday. */
	static const char *const begins[7] = { "2026-03-01", "2026-02-23", "2026-02-24",
		                               "2026-02-25", "2026-02-26", "2026-02-27",
		                               "2026-02-28" };
	for (int start = 0; start < 7; start++) {
		struct calendar week = { .zone = zone_utc(),
			                 .unit = PERIOD_WEEK,
			                 .week_start = start };
		char first[16];
		calendar_write_day(calendar_day_of(&week, at("2026-03-01T12:00:00Z")), first);
		assert_string_equal(first, begins[start]);
	}
}

static void follows_the_zone_over_its_changes_of_time(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err;
	const struct zone *berlin;
	assert_true(zone_load(&a, STR("Europe/Berlin"), &berlin, &err));
	struct calendar day = { .zone = berlin, .unit = PERIOD_DAY };
	expect(&day, "2026-03-28T23:30:00Z", "2026-03-29", "2026-03-30");
	expect(&day, "2026-03-29T21:59:59Z", "2026-03-29", "2026-03-30");
	expect(&day, "2026-03-29T22:00:00Z", "2026-03-30", "2026-03-31");
	/* 25 hours */
	expect(&day, "2026-10-24T22:00:00Z", "2026-10-25", "2026-10-26");
	expect(&day, "2026-10-25T22:59:59Z", "2026-10-25", "2026-10-26");
	expect(&day, "2026-10-25T23:00:00Z", "2026-10-26", "2026-10-27");
	arena_free(&a);
}

static void gives_the_same_with_and_without_what_it_remembers(void **state)
{
	(void)state;
	struct calendar kept = { .zone = zone_utc(), .unit = PERIOD_WEEK, .week_start = 1 };
	for (int64_t t = at("1969-12-20T00:00:00Z"); t < at("1970-02-01T00:00:00Z");
	     t += 7 * CLOCK_HOUR) {
		struct calendar fresh = { .zone = zone_utc(),
			                  .unit = PERIOD_WEEK,
			                  .week_start = 1 };
		assert_int_equal(calendar_day_of(&kept, t), calendar_day_of(&fresh, t));
	}
}

static void chooses_a_step_that_fits_a_line(void **state)
{
	(void)state;
	int64_t t = at("2026-01-01");
	assert_int_equal(period_unit_for(t, t + 10 * CLOCK_DAY), PERIOD_DAY);
	assert_int_equal(period_unit_for(t, t + 100 * CLOCK_DAY), PERIOD_WEEK);
	assert_int_equal(period_unit_for(t, t + 700 * CLOCK_DAY), PERIOD_MONTH);
	assert_int_equal(period_unit_for(t, t + 3000 * CLOCK_DAY), PERIOD_QUARTER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_period_of_an_instant),
		cmocka_unit_test(begins_weeks_on_the_day_it_is_told),
		cmocka_unit_test(follows_the_zone_over_its_changes_of_time),
		cmocka_unit_test(gives_the_same_with_and_without_what_it_remembers),
		cmocka_unit_test(chooses_a_step_that_fits_a_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
