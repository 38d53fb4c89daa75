/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_date.h"
#include "base/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *cell, enum date_order order, const char *instant)
{
	int64_t at = 0;
	char text[32] = "none";
	if (date_cell_read(str_of(cell), order, zone_utc(), &at))
		time_write(at, text);
	if (strcmp(text, instant) != 0)
		fail_msg("\"%s\" as %s gave %s, not %s", cell, date_order_name(order), text,
		         instant);
}

static void reads_dates_as_files_write_them(void **state)
{
	(void)state;
	expect("2026-03-01", DATE_YMD, "2026-03-01T00:00:00.000Z");
	expect(" 2026/3/1 ", DATE_YMD, "2026-03-01T00:00:00.000Z");
	expect("2026-03-01T10:20:30.25Z", DATE_YMD, "2026-03-01T10:20:30.250Z");
	expect("2026-03-01 10:20:30+02:00", DATE_YMD, "2026-03-01T08:20:30.000Z");
	expect("2026-03-01 10:20:30 -0330", DATE_YMD, "2026-03-01T13:50:30.000Z");
	expect("2026-03-01 10:20:30 UTC", DATE_YMD, "2026-03-01T10:20:30.000Z");
	expect("01.03.2026", DATE_DMY, "2026-03-01T00:00:00.000Z");
	expect("1. 3. 2026 9:05", DATE_DMY, "2026-03-01T09:05:00.000Z");
	expect("01.03.26", DATE_DMY, "2026-03-01T00:00:00.000Z");
	expect("01/03/2026", DATE_DMY, "2026-03-01T00:00:00.000Z");
	expect("01/03/2026", DATE_MDY, "2026-01-03T00:00:00.000Z");
	expect("1/3/2026, 1:05 PM", DATE_MDY, "2026-01-03T13:05:00.000Z");
	expect("1/3/2026 12:30 am", DATE_MDY, "2026-01-03T00:30:00.000Z");
	expect("12 Mar 2026", DATE_DMY, "2026-03-12T00:00:00.000Z");
	expect("March 12, 2026 10:00", DATE_MDY, "2026-03-12T10:00:00.000Z");
	expect("2026\xe5\xb9\xb4"
	       "3\xe6\x9c\x88"
	       "1\xe6\x97\xa5",
	       DATE_YMD, "2026-03-01T00:00:00.000Z");
	expect("29.02.2024", DATE_DMY, "2024-02-29T00:00:00.000Z");
}

static void refuses_what_is_no_date(void **state)
{
	(void)state;
	static const char *const cells[] = { "29.02.2025",
		                             "32.01.2026",
		                             "01-03.2026",
		                             "2026-03",
		                             "2026-13-01",
		                             "yesterday",
		                             "2026-03-01 25:00",
		                             "2026-03-01 10:70",
		                             "2026-03-01 13:00 PM",
		                             "2026-03-01 10:00 +99:00",
		                             "2026-03-01 and more",
		                             "10",
		                             "1/2",
		                             "12 foo 2026",
		                             "",
		                             "99999999999-01-01" };
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		for (int order = DATE_YMD; order < DATE_ORDERS; order++)
			expect(cells[i], (enum date_order)order, "none");
	expect("03.04.2026", DATE_MDY, "none");
}

static bool order_of(const char *const *cells, enum date_order asked, enum date_order *out,
                     struct err *err)
{
	struct date_column column = { 0 };
	for (; *cells; cells++)
		date_column_add(&column, str_of(*cells));
	return date_column_order(&column, asked, out, err);
}

static void takes_the_one_order_that_fits_the_whole_column(void **state)
{
	(void)state;
	struct err err;
	enum date_order order;
	assert_true(order_of((const char *[]){ "03/04/2026", "", "13/04/2026", NULL }, DATE_UNSAID,
	                     &order, &err));
	assert_int_equal(order, DATE_DMY);
	assert_true(order_of((const char *[]){ "03/04/2026", "04/13/2026", NULL }, DATE_UNSAID,
	                     &order, &err));
	assert_int_equal(order, DATE_MDY);
	assert_true(order_of((const char *[]){ "03.04.2026", NULL }, DATE_UNSAID, &order, &err));
	assert_int_equal(order, DATE_DMY);
	assert_true(order_of((const char *[]){ "2026-03-04", NULL }, DATE_UNSAID, &order, &err));
	assert_int_equal(order, DATE_YMD);
	/* the same day both ways leaves nothing to ask */
	assert_true(order_of((const char *[]){ "03/03/2026", "4/4/2026", NULL }, DATE_UNSAID,
	                     &order, &err));
}

static void asks_when_two_orders_fit(void **state)
{
	(void)state;
	struct err err;
	enum date_order order;
	static const char *const cells[] = { "03/03/2026", "03/04/2026", NULL };
	assert_false(order_of(cells, DATE_UNSAID, &order, &err));
	assert_non_null(strstr(err.msg, "--date-order"));
	assert_non_null(strstr(err.msg, "03/04/2026"));
	assert_true(order_of(cells, DATE_MDY, &order, &err));
	assert_int_equal(order, DATE_MDY);
}

static void knows_a_column_of_text_from_one_of_dates(void **state)
{
	(void)state;
	struct date_column column = { 0 };
	assert_false(date_column_is_dates(&column));
	date_column_add(&column, STR("soon"));
	date_column_add(&column, STR("later"));
	date_column_add(&column, STR("2026-01-01"));
	assert_false(date_column_is_dates(&column));
	date_column_add(&column, STR("2026-01-02"));
	assert_true(date_column_is_dates(&column));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_dates_as_files_write_them),
		cmocka_unit_test(refuses_what_is_no_date),
		cmocka_unit_test(takes_the_one_order_that_fits_the_whole_column),
		cmocka_unit_test(asks_when_two_orders_fit),
		cmocka_unit_test(knows_a_column_of_text_from_one_of_dates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
