/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/tongue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static unsigned roles(enum tongue t, const char *word)
{
	return tongue_roles(t, str_of(word));
}

/* First, last and middle of lists that are halved: out of order they would not be found. */
static void test_roles(void **state)
{
	(void)state;
	assert_int_equal(roles(TONGUE_EN, "but"), TONGUE_CONTRASTS);
	assert_int_equal(roles(TONGUE_EN, "ain't"), TONGUE_NEGATES);
	assert_int_equal(roles(TONGUE_EN, "without"), TONGUE_NEGATES);
	assert_int_equal(roles(TONGUE_EN, "and"), TONGUE_JOINS);
	assert_int_equal(roles(TONGUE_EN, "great"), 0);
	assert_int_equal(roles(TONGUE_EN, ""), 0);
	assert_int_equal(roles(TONGUE_ES, "sin"), TONGUE_CONTRASTS | TONGUE_NEGATES);
	assert_int_equal(roles(TONGUE_ES, "e"), TONGUE_JOINS);
	assert_int_equal(roles(TONGUE_DE, "und"), TONGUE_JOINS);
	assert_int_equal(roles(TONGUE_PT, "ñ"), TONGUE_NEGATES);
	assert_int_equal(roles(TONGUE_RU, "хотя"), TONGUE_CONTRASTS);
	assert_int_equal(roles(TONGUE_RU, "и"), TONGUE_JOINS);
	assert_int_equal(roles(TONGUE_OTHER, "not"), 0);
	assert_int_equal(roles(TONGUE_JA, "not"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
