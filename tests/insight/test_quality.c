/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/quality.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void finds_a_nine_or_a_ten_by_name(void **state)
{
	(void)state;
	static const char *const naming[] = {
		"10",         "please give a 10!",        "he asked for 10/10",
		"ten points", "eine zehn, wie gewunscht", "(9)",
	};
	for (size_t i = 0; i < sizeof naming / sizeof naming[0]; i++)
		if (!quality_names_number(str_of(naming[i])))
			fail_msg("\"%s\" names no number", naming[i]);
}

static void takes_no_part_of_a_word_for_a_number(void **state)
{
	(void)state;
	static const char *const others[] = { "",   "100 times", "often",       "tenant",
		                              "19", "2109",      "it was nice", "attention" };
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (quality_names_number(str_of(others[i])))
			fail_msg("\"%s\" names a number", others[i]);
	assert_false(quality_names_number((Str){ 0 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_a_nine_or_a_ten_by_name),
		cmocka_unit_test(takes_no_part_of_a_word_for_a_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
