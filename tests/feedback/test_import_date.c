/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct date_column column_of(const char *const *cells)
{
	struct date_column column = { 0 };
	for (; *cells; cells++)
		date_column_add(&column, str_of(*cells));
	return column;
}

static void expect(const char *const *cells, const char *format)
{
	struct date_column column = column_of(cells);
	struct err err;
	enum dates_format found;
	assert_true(date_column_format(&column, NULL, &found, &err));
	assert_string_equal(dates_format_name(found), format);
}

static void takes_the_one_format_that_fits_the_column(void **state)
{
	(void)state;
	expect((const char *[]){ "03/04/2026", "", "13/04/2026", NULL }, "dmy");
	expect((const char *[]){ "03/04/2026", "04/13/2026", NULL }, "mdy");
	expect((const char *[]){ "03.04.2026", NULL }, "dmy");
	expect((const char *[]){ "2026-03-04", "2026-03-04T10:00:00Z", NULL }, "ymd");
	expect((const char *[]){ "2026\xe5\xb9\xb4"
	                         "3\xe6\x9c\x88"
	                         "1\xe6\x97\xa5",
	                         NULL },
	       "ymd");
	expect((const char *[]){ "03/14/2026", "03/04/2026", "soon", NULL }, "mdy");
}

static void asks_when_two_orders_fit(void **state)
{
	(void)state;
	struct err err;
	enum dates_format found, asked = DATES_MDY;
	struct date_column column =
	    column_of((const char *[]){ "03/03/2026", "03/04/2026", "soon", NULL });
	assert_false(date_column_format(&column, NULL, &found, &err));
	assert_non_null(strstr(err.msg, "--date-order"));
	assert_non_null(strstr(err.msg, "\"03/04/2026\""));
	assert_true(date_column_format(&column, &asked, &found, &err));
	assert_int_equal(found, DATES_MDY);
}

static void asks_nothing_when_both_orders_say_the_same_day(void **state)
{
	(void)state;
	struct err err;
	enum dates_format found;
	struct date_column column = column_of((const char *[]){ "03/03/2026", "4/4/2026", NULL });
	assert_true(date_column_format(&column, NULL, &found, &err));
}

static void asked_for_an_order_still_reads_years_in_front(void **state)
{
	(void)state;
	struct err err;
	enum dates_format found, asked = DATES_DMY;
	struct date_column column = column_of((const char *[]){ "2026-03-04", NULL });
	assert_true(date_column_format(&column, &asked, &found, &err));
	assert_int_equal(found, DATES_YMD);
}

static void knows_dates_from_text_and_from_numbers(void **state)
{
	(void)state;
	struct date_column text =
	    column_of((const char *[]){ "soon", "later", "2026-01-01", NULL });
	struct date_column numbers =
	    column_of((const char *[]){ "1772359200", "1772359201", NULL });
	struct date_column nothing = { 0 };
	assert_false(date_column_is_dates(&text));
	assert_false(date_column_is_dates(&nothing));
	assert_true(date_column_is_dates(&numbers));
	assert_false(date_column_is_written(&numbers));
	assert_true(date_cell_is_date(STR("1.3.2026")));
	assert_false(date_cell_is_date(STR("20260301")));
	assert_false(date_cell_is_date(STR("comment")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_one_format_that_fits_the_column),
		cmocka_unit_test(asks_when_two_orders_fit),
		cmocka_unit_test(asks_nothing_when_both_orders_say_the_same_day),
		cmocka_unit_test(asked_for_an_order_still_reads_years_in_front),
		cmocka_unit_test(knows_dates_from_text_and_from_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
