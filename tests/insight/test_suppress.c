/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/suppress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void list_is(const int64_t *counts, size_t count, int64_t people, const char *expected)
{
	bool hidden[16], total;
	char got[17] = "";
	for (size_t i = 0; people < 0 && i < count; i++)
		people -= counts[i];
	if (people < 0)
		people = -people - 1; /* nobody is in two cells */
	suppress_list(counts, count, people, hidden, &total);
	for (size_t i = 0; i < count; i++)
		got[i] = hidden[i] ? 'x' : '.';
	if (total)
		got[count] = 'T';
	assert_string_equal(got, expected);
}
#define LIST_IS(expected, ...)                    \
	list_is((const int64_t[]){ __VA_ARGS__ }, \
	        sizeof((const int64_t[]){ __VA_ARGS__ }) / sizeof(int64_t), -1, (expected))
#define LIST_OF_IS(people, expected, ...)         \
	list_is((const int64_t[]){ __VA_ARGS__ }, \
	        sizeof((const int64_t[]){ __VA_ARGS__ }) / sizeof(int64_t), people, (expected))

static void hides_the_next_smallest_beside_one_that_is_hidden(void **state)
{
	(void)state;
	LIST_IS("...", 5, 90, 12);
	LIST_IS("x.x", 4, 90, 12);
	LIST_IS("xx..", 1, 5, 6, 90);
}

static void hides_on_until_what_is_hidden_is_five_together(void **state)
{
	(void)state;
	LIST_IS("x.xx", 1, 90, 2, 8);
	LIST_IS("x.x", 1, 90, 4);
}

static void people_who_stand_in_several_cells_are_counted_once(void **state)
{
	(void)state;
	LIST_OF_IS(43, "xxx", 40, 3, 3); /* the same three by two channels: 43 less 40 is three */
	LIST_OF_IS(46, ".xx", 40, 3, 3); /* six */
	LIST_OF_IS(40, "x.x", 6, 40,
	           3); /* all are among the 40, but six of them stand there alone */
	LIST_OF_IS(4, "xxT", 4, 4);
}

static void shows_what_has_nobody_and_hides_it_only_for_want_of_others(void **state)
{
	(void)state;
	LIST_IS("...", 0, 7, 0);
	LIST_IS("x.x.", 3, 0, 9, 30);
	LIST_IS("..", 0, 0);
}

static void hides_all_where_the_total_is_small(void **state)
{
	(void)state;
	LIST_IS("xxT", 1, 3);
	LIST_IS("xT", 4);
	LIST_IS(".", 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hides_the_next_smallest_beside_one_that_is_hidden),
		cmocka_unit_test(hides_on_until_what_is_hidden_is_five_together),
		cmocka_unit_test(people_who_stand_in_several_cells_are_counted_once),
		cmocka_unit_test(shows_what_has_nobody_and_hides_it_only_for_want_of_others),
		cmocka_unit_test(hides_all_where_the_total_is_small),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
