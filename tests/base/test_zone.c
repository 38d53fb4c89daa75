/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/zone_rule.h"

static const char *const zones[] = {
	"UTC",
	"Europe/Berlin",
	"Europe/Dublin",
	"America/Sao_Paulo",
	"America/New_York",
	"America/Nuuk",
	"Asia/Tokyo",
	"Asia/Kathmandu",
	"Australia/Lord_Howe",
	"Africa/Casablanca",
	"Africa/Monrovia",
	"Pacific/Apia",
	"Pacific/Chatham",
	"America/Havana",
	"Antarctica/Troll",
	"Etc/GMT+12",
};

static const struct zone *load(struct arena *a, const char *name)
{
	struct err err = { 0 };
	const struct zone *z;
	if (!zone_load(a, str_of(name), &z, &err))
		fail_msg("%s: %s", name, err.msg);
	return z;
}

static struct civil wall(int year, int month, int day, int hour, int minute)
{
	return (struct civil){
		.year = year, .month = month, .day = day, .hour = hour, .minute = minute
	};
}

static void assert_same_as_libc(const struct zone *z, const char *name, time_t second)
{
	struct civil c;
	struct tm tm;
	zone_civil(z, (int64_t)second * CLOCK_SECOND + 7, &c);
	assert_non_null(localtime_r(&second, &tm));
	if (c.year != tm.tm_year + 1900 || c.month != tm.tm_mon + 1 || c.day != tm.tm_mday ||
	    c.hour != tm.tm_hour || c.minute != tm.tm_min || c.second != tm.tm_sec ||
	    c.weekday != tm.tm_wday || c.microsecond != 7)
		fail_msg("%s at %lld: %04d-%02d-%02d %02d:%02d:%02d, libc says %04d-%02d-%02d "
		         "%02d:%02d:%02d",
		         name, (long long)second, c.year, c.month, c.day, c.hour, c.minute,
		         c.second, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		         tm.tm_min, tm.tm_sec);
}

static void agrees_with_libc_from_1850_to_2200(void **state)
{
	(void)state;
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		const struct zone *z = load(&a, zones[i]);
		setenv("TZ", zones[i], 1);
		tzset();
		/* 7 h 23 min 11 s: every change is seen on one side within the day */
		for (time_t t = -3786825600; t < 7258118400; t += 26591 * 3)
			assert_same_as_libc(z, zones[i], t);
	}
	arena_free(&a);
	unsetenv("TZ");
	tzset();
}

/* Microseconds that the zone is ahead of UTC. */
static int64_t offset_at(const struct zone *z, int64_t second)
{
	struct civil c;
	zone_civil(z, second * CLOCK_SECOND, &c);
	return zone_instant(zone_utc(), &c) - second * CLOCK_SECOND;
}

/* Every second around a change, found by halving. */
static void agrees_with_libc_at_the_very_second_of_each_change(void **state)
{
	(void)state;
	struct arena a = { 0 };
	int changes = 0;
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		const struct zone *z = load(&a, zones[i]);
		setenv("TZ", zones[i], 1);
		tzset();
		const int64_t day = 86400, from = -2524521600, to = 4102444800;
		for (int64_t t = from; t < to; t += day) {
			int64_t low = t, high = t + day;
			int64_t before = offset_at(z, low);
			if (before == offset_at(z, high))
				continue;
			while (high - low > 1) {
				int64_t middle = low + (high - low) / 2;
				if (offset_at(z, middle) == before)
					low = middle;
				else
					high = middle;
			}
			assert_same_as_libc(z, zones[i], low);
			assert_same_as_libc(z, zones[i], high);
			changes++;
		}
	}
	assert_true(changes > 2000);
	arena_free(&a);
	unsetenv("TZ");
	tzset();
}

static void assert_instant(const char *zone, struct civil c, const char *utc)
{
	struct arena a = { 0 };
	char text[32];
	time_write(zone_instant(load(&a, zone), &c), text);
	if (strcmp(text, utc) != 0)
		fail_msg("%s %04d-%02d-%02d %02d:%02d is %s, not %s", zone, c.year, c.month, c.day,
		         c.hour, c.minute, utc, text);
	arena_free(&a);
}

static void moves_wall_times_of_a_gap_forward(void **state)
{
	(void)state;
	assert_instant("Europe/Berlin", wall(2026, 3, 29, 1, 59), "2026-03-29T00:59:00.000Z");
	assert_instant("Europe/Berlin", wall(2026, 3, 29, 2, 0), "2026-03-29T01:00:00.000Z");
	assert_instant("Europe/Berlin", wall(2026, 3, 29, 2, 30), "2026-03-29T01:30:00.000Z");
	assert_instant("Europe/Berlin", wall(2026, 3, 29, 3, 0), "2026-03-29T01:00:00.000Z");
	/* by rule, behind the table */
	assert_instant("Europe/Berlin", wall(2099, 3, 29, 2, 30), "2099-03-29T01:30:00.000Z");
	/* midnight did not exist */
	assert_instant("America/Sao_Paulo", wall(2018, 11, 4, 0, 0), "2018-11-04T03:00:00.000Z");
	/* half an hour */
	assert_instant("Australia/Lord_Howe", wall(2026, 10, 4, 2, 0), "2026-10-03T15:30:00.000Z");
	assert_instant("Australia/Lord_Howe", wall(2026, 10, 4, 2, 29), "2026-10-03T15:59:00.000Z");
	assert_instant("Australia/Lord_Howe", wall(2026, 10, 4, 2, 30), "2026-10-03T15:30:00.000Z");
	/* Samoa had no 30 December 2011 */
	assert_instant("Pacific/Apia", wall(2011, 12, 30, 12, 0), "2011-12-30T22:00:00.000Z");
}

static void takes_the_first_of_a_doubled_hour(void **state)
{
	(void)state;
	assert_instant("Europe/Berlin", wall(2026, 10, 25, 1, 59), "2026-10-24T23:59:00.000Z");
	assert_instant("Europe/Berlin", wall(2026, 10, 25, 2, 30), "2026-10-25T00:30:00.000Z");
	assert_instant("Europe/Berlin", wall(2026, 10, 25, 3, 0), "2026-10-25T02:00:00.000Z");
	assert_instant("Europe/Berlin", wall(2150, 10, 25, 2, 30), "2150-10-25T00:30:00.000Z");
	assert_instant("America/Sao_Paulo", wall(2018, 2, 17, 23, 30), "2018-02-18T01:30:00.000Z");
	assert_instant("America/Sao_Paulo", wall(2018, 2, 18, 0, 0), "2018-02-18T03:00:00.000Z");
	assert_instant("Australia/Lord_Howe", wall(2026, 4, 5, 1, 45), "2026-04-04T14:45:00.000Z");
	assert_instant("Australia/Lord_Howe", wall(2026, 4, 5, 2, 0), "2026-04-04T15:30:00.000Z");
	assert_instant("Asia/Tokyo", wall(2026, 7, 1, 0, 0), "2026-06-30T15:00:00.000Z");
}

static void comes_back_from_every_wall_time(void **state)
{
	(void)state;
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		const struct zone *z = load(&a, zones[i]);
		for (int64_t t = -4000000000; t < 8000000000; t += 86400 + 1799) {
			struct civil c, again;
			zone_civil(z, t * CLOCK_SECOND, &c);
			int64_t back = zone_instant(z, &c);
			/* the same, or the first of two */
			assert_true(back <= t * CLOCK_SECOND);
			zone_civil(z, back, &again);
			assert_memory_equal(&c, &again, sizeof c);
		}
	}
	arena_free(&a);
}

static void assert_rule(const char *rule, struct civil utc, int offset)
{
	struct zone_rule r;
	if (!zone_rule_parse(str_of(rule), &r))
		fail_msg("%s is refused", rule);
	int64_t second = zone_instant(zone_utc(), &utc) / CLOCK_SECOND;
	if (zone_rule_offset(&r, second) != offset)
		fail_msg("%s: %d, not %d", rule, zone_rule_offset(&r, second), offset);
}

static void reads_every_form_of_a_rule(void **state)
{
	(void)state;
	assert_rule("<+0330>-3:30", wall(2026, 1, 1, 0, 0), 12600);
	/* J60 is 1 March in leap years too; 59 is then 29 February */
	assert_rule("AAA0BBB,J60/0,J300/0", wall(2028, 2, 29, 23, 59), 0);
	assert_rule("AAA0BBB,J60/0,J300/0", wall(2028, 3, 1, 0, 0), 3600);
	assert_rule("AAA0BBB,J60/0,J300/0", wall(2027, 3, 1, 0, 0), 3600);
	assert_rule("AAA0BBB,59/0,300/0", wall(2028, 2, 29, 0, 0), 3600);
	assert_rule("AAA0BBB,59/0,300/0", wall(2027, 2, 28, 23, 59), 0);
	/* always summer, and a rule that ends in the next year */
	assert_rule("XXX3EDT4,0/0,J365/23", wall(2026, 1, 1, 4, 0), -4 * 3600);
	assert_rule("AAA0BBB-2,M10.1.0,M3.3.0", wall(2026, 1, 15, 0, 0), 7200);
	assert_rule("AAA0BBB-2,M10.1.0,M3.3.0", wall(2026, 6, 15, 0, 0), 0);
	/* hours of another day */
	assert_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", wall(2026, 3, 29, 0, 59), -7200);
	assert_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", wall(2026, 3, 29, 1, 0), -3600);
	static const char *const bad[] = { "",
		                           "A0",
		                           "AA1",
		                           "AAA",
		                           "AAA25",
		                           "<AAA1",
		                           "AAA0BBB",
		                           "AAA0BBB,M13.1.0,M1.1.0",
		                           "AAA0BBB,M1.6.0,M1.1.0",
		                           "AAA0BBB,M1.1.7,M1.1.0",
		                           "AAA0BBB,J0,J5",
		                           "AAA0BBB,J366,J5",
		                           "AAA0BBB,366,5",
		                           "AAA0BBB,1/168,5",
		                           "AAA0BBB,1,5x",
		                           "AAA1:60",
		                           "AAA0BBB,1" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct zone_rule r;
		if (zone_rule_parse(str_of(bad[i]), &r))
			fail_msg("%s passed", bad[i]);
	}
}

static void carries_fields_over(void **state)
{
	(void)state;
	assert_instant("UTC", wall(2026, 13, 1, 0, 0), "2027-01-01T00:00:00.000Z");
	assert_instant("UTC", wall(2026, 3, 0, 0, 0), "2026-02-28T00:00:00.000Z");
	assert_instant("UTC", wall(2026, -11, 1, 0, -1), "2024-12-31T23:59:00.000Z");
	struct civil far = { .year = INT32_MAX,
		             .month = INT32_MAX,
		             .day = INT32_MAX,
		             .hour = INT32_MAX,
		             .minute = INT32_MAX };
	assert_true(zone_instant(zone_utc(), &far) == INT64_MAX);
	far = (struct civil){ .year = INT32_MIN, .month = INT32_MIN };
	assert_true(zone_instant(zone_utc(), &far) == INT64_MIN);
}

static void refuses_names_that_are_no_zone(void **state)
{
	(void)state;
	static const char *const bad[] = { "",
		                           "/etc/passwd",
		                           "../zoneinfo/UTC",
		                           "Europe",
		                           "Europe/../UTC",
		                           "Europe/Nowhere",
		                           "Europe/Berlin\n",
		                           "\xC3\x9F" };
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = { 0 };
		const struct zone *z;
		assert_false(zone_load(&a, str_of(bad[i]), &z, &err));
		assert_int_equal(err.kind, ERR_NOT_FOUND);
	}
	arena_free(&a);
}

static void knows_which_dates_exist(void **state)
{
	(void)state;
	assert_true(date_is_valid(2024, 2, 29));
	assert_false(date_is_valid(2026, 2, 29));
	assert_false(date_is_valid(1900, 2, 29));
	assert_true(date_is_valid(2000, 2, 29));
	assert_false(date_is_valid(2026, 4, 31));
	assert_false(date_is_valid(2026, 0, 1));
	assert_false(date_is_valid(0, 1, 1));
	assert_false(date_is_valid(2026, 13, 1));
	assert_int_equal(date_to_days(1970, 1, 1), 0);
	assert_int_equal(date_to_days(2000, 3, 1), 11017);
	for (int64_t days = -1000000; days < 1000000; days += 13) {
		int year, month, day;
		date_from_days(days, &year, &month, &day);
		assert_int_equal(date_to_days(year, month, day), days);
	}
}

static void reads_and_writes_rfc_3339(void **state)
{
	(void)state;
	static const struct {
		const char *text, *utc;
	} good[] = {
		{ "2026-03-01T10:00:00Z", "2026-03-01T10:00:00.000Z" },
		{ "2026-03-01t10:00:00z", "2026-03-01T10:00:00.000Z" },
		{ "2026-03-01T10:00:00.1239999Z", "2026-03-01T10:00:00.123Z" },
		{ "2026-03-01 10:00:00+02:00", "2026-03-01T08:00:00.000Z" },
		{ "2026-03-01T10:00:00-0530", "2026-03-01T15:30:00.000Z" },
		{ "2026-03-01T10:00+00:00", "2026-03-01T10:00:00.000Z" },
		{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z" },
		{ "2026-07-01T10:00:00", "2026-07-01T08:00:00.000Z" },
		{ "2026-07-01", "2026-06-30T22:00:00.000Z" },
		{ "2026-01-01", "2025-12-31T23:00:00.000Z" },
		{ "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z" },
		{ "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z" },
	};
	static const char *const bad[] = {
		"",
		"2026",
		"2026-3-1",
		"2026-02-30",
		"2026-03-01T",
		"2026-03-01T24:00:00Z",
		"2026-03-01T10",
		"2026-03-01T10:60:00Z",
		"2026-03-01T10:00:61Z",
		"2026-03-01T10:00:00.Z",
		"2026-03-01T10:00:00+2",
		"2026-03-01T10:00:00+24:00",
		"2026-03-01T10:00:00Zx",
		" 2026-03-01",
		"2026-03-01T10:00:00ZZ",
		"20260301",
		"now",
	};
	struct arena a = { 0 };
	const struct zone *berlin = load(&a, "Europe/Berlin");
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct err err = { 0 };
		int64_t instant;
		char text[32];
		if (!time_parse(str_of(good[i].text), berlin, &instant, &err))
			fail_msg("%s: %s", good[i].text, err.msg);
		time_write(instant, text);
		assert_string_equal(text, good[i].utc);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = { 0 };
		int64_t instant = 5;
		if (time_parse(str_of(bad[i]), berlin, &instant, &err))
			fail_msg("%s passed", bad[i]);
		assert_int_equal(err.kind, ERR_INVALID);
		assert_int_equal(instant, 5);
	}
	char text[32];
	time_write(INT64_MIN, text);
	assert_string_equal(text, "-290308-12-21T19:59:05.224Z");
	time_write(INT64_MAX, text);
	assert_string_equal(text, "294247-01-10T04:00:54.775Z");
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_libc_from_1850_to_2200),
		cmocka_unit_test(agrees_with_libc_at_the_very_second_of_each_change),
		cmocka_unit_test(moves_wall_times_of_a_gap_forward),
		cmocka_unit_test(takes_the_first_of_a_doubled_hour),
		cmocka_unit_test(comes_back_from_every_wall_time),
		cmocka_unit_test(reads_every_form_of_a_rule),
		cmocka_unit_test(carries_fields_over),
		cmocka_unit_test(refuses_names_that_are_no_zone),
		cmocka_unit_test(knows_which_dates_exist),
		cmocka_unit_test(reads_and_writes_rfc_3339),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
