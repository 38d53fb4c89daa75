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
		{ DATES_YMD, "2022/06/22 11:07:29 AM AST", "2022-06-22T15:07:29.000Z" },
		{ DATES_YMD, "2022/06/22 11:07:29 PM EDT", "2022-06-23T03:07:29.000Z" },
		{ DATES_YMD, "2022/06/22 11:07:29 AM CEST", "2022-06-22T09:07:29.000Z" },
		{ DATES_YMD, "2022/06/22 11:07:29 AM est", "2022-06-22T16:07:29.000Z" },
		{ DATES_YMD, "2022/06/22 11:07:29 AM WET", "2022-06-22T11:07:29.000Z" },
		{ DATES_YMD, "2022/06/22 11:07:29 AM GMT", "2022-06-22T11:07:29.000Z" },
		{ DATES_YMD, "2022/06/22 11:07:29 AM GMT-3", "2022-06-22T14:07:29.000Z" },
		{ DATES_YMD, "2022/06/22 11:07:29 AM GMT+5:30", "2022-06-22T05:37:29.000Z" },
		{ DATES_YMD, "2022/06/22 11:07:29 AM ESTX", NULL },
		{ DATES_YMD, "2022/06/22 11:07:29 AM EST+1", NULL },
		{ DATES_YMD, "2022/06/22 11:07:29 AM XST", NULL },
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

static struct dates_detector seen(const char *cells)
{
	struct dates_detector d = { 0 };
	Str rest = str_of(cells), cell;
	while (str_cut(&rest, '|', &cell))
		dates_detect(&d, cell);
	return d;
}

#define FITS(format) (1U << (format))

static void assert_fit_all(const char *cells, unsigned formats)
{
	const struct dates_detector d = seen(cells);
	unsigned fit = 0;
	for (unsigned i = 0; i < DATES_FORMAT_COUNT; i++)
		fit |= d.fits[i] == d.cells ? FITS(i) : 0;
	if (fit != formats || d.differing)
		fail_msg("%s: %x, %zu differing", cells, fit, d.differing);
}

static void finds_the_formats_that_fit_all(void **state)
{
	(void)state;
	assert_fit_all("2026-01-02||2026-01-03 10:00", FITS(DATES_YMD));
	assert_fit_all("01.02.2026|31.12.2025", FITS(DATES_DMY));
	assert_fit_all("1 Mar 2026|May 3, 2026", FITS(DATES_NAMED));
	assert_fit_all("1772359200|1772359201", FITS(DATES_UNIX));
	assert_fit_all("1772359200000", FITS(DATES_UNIX_MS));
	assert_fit_all("20260301|20260302", FITS(DATES_COMPACT));
	/* both orders fit, and say the same */
	assert_fit_all("01/01/2026|02/02/2026", FITS(DATES_DMY) | FITS(DATES_MDY));
	/* dots are never month first */
	assert_fit_all("01.02.2026|03.04.2026", FITS(DATES_DMY));
}

static void counts_cells_in_which_day_and_month_could_be_swapped(void **state)
{
	(void)state;
	const struct dates_detector both = seen("01/02/2026|03/04/2026|12/12/2026"),
				    day_first = seen("01/02/2026|03/04/2026|13/01/2026"),
				    month_first = seen("01/02/2026 9:00 AM|01/13/2026 9:00 PM");
	assert_int_equal(both.differing, 2);
	assert_int_equal(both.fits[DATES_DMY], 3);
	assert_int_equal(both.fits[DATES_MDY], 3);
	assert_int_equal(seen("1-2-26").differing, 1);
	assert_int_equal(day_first.fits[DATES_DMY], 3);
	assert_int_equal(day_first.fits[DATES_MDY], 2);
	assert_int_equal(month_first.fits[DATES_DMY], 1);
	assert_int_equal(month_first.fits[DATES_MDY], 2);
}

static void counts_what_is_no_date(void **state)
{
	(void)state;
	const struct dates_detector none = seen("n/a|soon|9"),
				    some = seen("13/01/2026|n/a|01/13/2026|14/01/2026");
	assert_int_equal(seen("| |").cells, 0);
	assert_int_equal(none.cells, 3);
	for (size_t i = 0; i < DATES_FORMAT_COUNT; i++)
		assert_int_equal(none.fits[i], 0);
	assert_int_equal(some.cells, 4);
	assert_int_equal(some.fits[DATES_DMY], 2);
	assert_int_equal(some.fits[DATES_MDY], 1);
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
		cmocka_unit_test(finds_the_formats_that_fit_all),
		cmocka_unit_test(counts_cells_in_which_day_and_month_could_be_swapped),
		cmocka_unit_test(counts_what_is_no_date),
		cmocka_unit_test(knows_its_formats_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
