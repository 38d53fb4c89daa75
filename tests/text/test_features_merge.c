/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/features.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void counts_what_repeats_by_its_root(void **state)
{
	(void)state;
	uint32_t index[] = { 9, 4, 9, 9, 9, 7 };
	float value[6] = { 1, 1, 1, 1, 1, 1 };
	struct features f = { index, value, 6 };
	features_merge(&f);
	assert_int_equal(f.count, 3);
	assert_int_equal(f.index[0], 4);
	assert_int_equal(f.index[1], 7);
	assert_int_equal(f.index[2], 9);
	assert_float_equal(f.value[2], 2 * f.value[0], 1e-6);
	float square = 0;
	for (size_t i = 0; i < f.count; i++)
		square += f.value[i] * f.value[i];
	assert_float_equal(square, 1, 1e-6);
}

static void leaves_nothing_as_nothing(void **state)
{
	(void)state;
	struct features f = { NULL, NULL, 0 };
	features_merge(&f);
	assert_int_equal(f.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_what_repeats_by_its_root),
		cmocka_unit_test(leaves_nothing_as_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
