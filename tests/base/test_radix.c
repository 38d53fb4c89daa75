/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/radix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MOST 5000

static uint64_t next(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *state >> 11;
}

static int in_order(const void *a, const void *b)
{
	const struct radix_item *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->what > y->what) - (x->what < y->what);
}

static void orders_as_comparing_would(void **state)
{
	(void)state;
	static const size_t counts[] = { 0, 1, 2, 100, 255, 256, 257, MOST };
	static const uint64_t keys[] = { 1, 3, 200, 70000, UINT64_MAX };
	static struct radix_item items[MOST], sorted[MOST];
	uint64_t random = 5;
	for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++)
		for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
			for (size_t i = 0; i < counts[c]; i++)
				items[i] = (struct radix_item){ next(&random) * 2047 % keys[k],
					                        next(&random) % keys[k] };
			memcpy(sorted, items, sizeof items);
			qsort(sorted, counts[c], sizeof sorted[0], in_order);
			radix_sort(items, counts[c]);
			assert_memory_equal(items, sorted, counts[c] * sizeof items[0]);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_as_comparing_would),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
