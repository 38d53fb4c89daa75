/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void reads_each_format_in_a_zone(void **state)
{
	(void)state;
	static const struct {
		enum dates_format format;
		const char *cell, *utc; /* NULL: no date */
	} cases[] = {
		{ DATES_YMD, "2026-07-01", "2026-06-30T22:00:00.000Z" },
		{ DATES_YMD, " 2026/7/1 ", "2026-06-30T22:00:00.000Z" },
		{ DATES_YMD, "2026-07-01 10:05", "2026-07-01T08:05:00.000Z" },
		{ DATES_YMD, "2026-07-01T10:05:06.25Z", "2026-07-01T10:05:06.250Z" },
		{ DATES_YMD, "2026-07-01T10:05:06+0530", "2026-07-01T04:35:06.000Z" },
		{ DATES_YMD, "2026-07-01 10:05:06 -03", "2026-07-01T13:05:06.000Z" },
		{ DATES_YMD, "2026-07-01 10:05:06 UTC", "2026-07-01T10:05:06.000Z" },
		{ DATES_YMD, "2026-02-29", NULL },
		{ DATES_YMD, "26-07-01", NULL },
		{ DATES_YMD, "2026-07/01", NULL },
		{ DATES_YMD, "2026-07-01 25:00", NULL },
		{ DATES_YMD, "2026-07-01 10:00 +24:00", NULL },
		{ DATES_YMD, "2026-07-01x", NULL },
		{ DATES_DMY, "01.07.2026", "2026-06-30T22:00:00.000Z" },
		{ DATES_DMY, "1/7/26", "2026-06-30T22:00:00.000Z" },
		{ DATES_DMY, "1.1.69 12:00", "2069-01-01T11:00:00.000Z" },
		{ DATES_DMY, "1.1.70 12:00", "1970-01-01T11:00:00.000Z" },
		{ DATES_DMY, "31.12.99", "1999-12-30T23:00:00.000Z" },
		{ DATES_DMY, "1-7-2026, 14:05", "2026-07-01T12:05:00.000Z" },
		{ DATES_DMY, "29.03.2026 02:30", "2026-03-29T01:30:00.000Z" },
		{ DATES_DMY, "07/13/2026", NULL },
		{ DATES_DMY, "1.7.202", NULL },
		{ DATES_DMY, "1.7.20266", NULL },
		{ DATES_MDY, "7/1/2026 2:05 PM", "2026-07-01T12:05:00.000Z" },
		{ DATES_MDY, "07/01/2026 12:05:09 a.m.", "2026-06-30T22:05:09.000Z" },
		{ DATES_MDY, "07/01/2026 13:05 pm", NULL },
		{ DATES_MDY, "13/01/2026", NULL },
		{ DATES_MDY, "07.01.2026", NULL },
		{ DATES_NAMED, "1 Jul 2026", "2026-06-30T22:00:00.000Z" },
		{ DATES_NAMED, "1. July 2026 10:00", "2026-07-01T08:00:00.000Z" },
		{ DATES_NAMED, "Jul 1, 2026", "2026-06-30T22:00:00.000Z" },
		{ DATES_NAMED, "1-JUL-26", "2026-06-30T22:00:00.000Z" },
		{ DATES_NAMED, "Sept. 30 2026", "2026-09-29T22:00:00.000Z" },
		{ DATES_NAMED, "1 Juli 2026", NULL },
		{ DATES_NAMED, "May", NULL },
		{ DATES_COMPACT, "20260701", "2026-06-30T22:00:00.000Z" },
		{ DATES_COMPACT, "20261301", NULL },
		{ DATES_UNIX, "1772359200", "2026-03-01T10:00:00.000Z" },
		{ DATES_UNIX, "-177235920", NULL },
		{ DATES_UNIX, "12345", NULL },
		{ DATES_UNIX_MS, "1772359200123", "2026-03-01T10:00:00.123Z" },
		{ DATES_UNIX_MS, "1772359200", NULL },
		{ DATES_UNIX_MS, "", NULL },
	};
	struct arena a = { 0 };
	const struct zone *berlin;
	struct err err = { 0 };
	assert_true(zone_load(&a, STR("Europe/Berlin"), &berlin, &err));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t instant = 0;
		char text[32] = "";
		bool ok =
		    dates_parse(cases[i].format, str_of(cases[i].cell), berlin, &instant, &err);
		if (ok)
			time_write(instant, text);
		if (ok != (cases[i].utc != NULL) || (ok && strcmp(text, cases[i].utc) != 0))
			fail_msg("%s is %s, not %s", cases[i].cell, text, cases[i].utc);
	}
	arena_free(&a);
}

static enum dates_verdict verdict_of(const char *cells, enum dates_format *format)
{
	struct dates_detector d = { 0 };
	Str rest = str_of(cells), cell;
	while (str_cut(&rest, '|', &cell))
		dates_detect(&d, cell);
	return dates_decide(&d, format);
}

static void assert_found(const char *cells, enum dates_format wanted)
{
	enum dates_format format = DATES_FORMAT_COUNT;
	if (verdict_of(cells, &format) != DATES_FOUND || format != wanted)
		fail_msg("%s: %d", cells, (int)format);
}

static void finds_the_one_format_that_fits_all(void **state)
{
	(void)state;
	assert_found("2026-01-02||2026-01-03 10:00", DATES_YMD);
	assert_found("01.02.2026|31.12.2025", DATES_DMY);
	assert_found("01/02/2026|03/04/2026|13/01/2026", DATES_DMY);
	assert_found("01/02/2026|03/04/2026|01/13/2026", DATES_MDY);
	assert_found("01/02/2026 9:00 AM|01/13/2026 9:00 PM", DATES_MDY);
	assert_found("1 Mar 2026|May 3, 2026", DATES_NAMED);
	assert_found("1772359200|1772359201", DATES_UNIX);
	assert_found("1772359200000", DATES_UNIX_MS);
	assert_found("20260301|20260302", DATES_COMPACT);
	/* both orders fit, and say the same */
	assert_found("01/01/2026|02/02/2026", DATES_DMY);
	/* dots are never month first */
	assert_found("01.02.2026|03.04.2026", DATES_DMY);
}

static void asks_when_day_and_month_could_be_swapped(void **state)
{
	(void)state;
	enum dates_format format = DATES_FORMAT_COUNT;
	assert_int_equal(verdict_of("01/02/2026|03/04/2026|12/12/2026", &format), DATES_AMBIGUOUS);
	assert_int_equal(verdict_of("1-2-26", &format), DATES_AMBIGUOUS);
	assert_int_equal(format, DATES_FORMAT_COUNT);
}

static void says_when_no_format_fits_all(void **state)
{
	(void)state;
	enum dates_format format = DATES_FORMAT_COUNT;
	assert_int_equal(verdict_of("| |", &format), DATES_BLANK);
	assert_int_equal(verdict_of("n/a|soon|9", &format), DATES_NONE);
	assert_int_equal(format, DATES_FORMAT_COUNT);
	assert_int_equal(verdict_of("13/01/2026|n/a|01/13/2026|14/01/2026", &format), DATES_MIXED);
	assert_int_equal(format, DATES_DMY);
}

static void knows_its_formats_by_name(void **state)
{
	(void)state;
	struct err err;
	for (size_t i = 0; i < DATES_FORMAT_COUNT; i++) {
		enum dates_format format = DATES_FORMAT_COUNT;
		assert_true(dates_format_parse(str_of(dates_format_name((enum dates_format)i)),
		                               &format, &err));
		assert_int_equal(format, i);
	}
	enum dates_format format = DATES_DMY;
	assert_false(dates_format_parse(STR("dym"), &format, &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_each_format_in_a_zone),
		cmocka_unit_test(finds_the_one_format_that_fits_all),
		cmocka_unit_test(asks_when_day_and_month_could_be_swapped),
		cmocka_unit_test(says_when_no_format_fits_all),
		cmocka_unit_test(knows_its_formats_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
