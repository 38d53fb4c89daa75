/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/judged.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static void is_the_mean_of_the_classes(void **state)
{
	(void)state;
	static const struct judged_table t = { { { 30, 5, 5 }, { 4, 2, 4 }, { 10, 0, 40 } } };
	struct judged_f1 f = judged_f1_of(&t);
	NEAR(f.f1, (2 * 30 / 84.0 + 2 * 2 / 17.0 + 2 * 40 / 99.0) / 3);
	assert_true(f.lo < f.f1 - 0.03 && f.lo > f.f1 - 0.2);
	assert_true(f.hi > f.f1 + 0.03 && f.hi < 1);
}

static void leaves_out_classes_that_nothing_is_of(void **state)
{
	(void)state;
	static const struct judged_table two = { { { 30, 5, 5 }, { 0 }, { 10, 0, 40 } } };
	static const struct judged_table none = { 0 };
	NEAR(judged_f1_of(&two).f1, (2 * 30 / 80.0 + 2 * 40 / 95.0) / 2);
	NEAR(judged_f1_of(&none).f1, 0);
}

static void shares_have_a_range_also_at_none_and_at_all(void **state)
{
	(void)state;
	struct judged_share all = judged_share_of(20, 20), none = judged_share_of(0, 0);
	NEAR(all.share, 1);
	assert_true(all.lo > 0.8 && all.lo < 0.9);
	NEAR(none.share, 0);
	NEAR(none.lo, 0);
	NEAR(none.hi, 1);
}

/* Three classes of .5, .2 and .3, judged right in .8, .5 and .9, else called the next one. */
static void ranges_hold_the_truth(void **state)
{
	(void)state;
	static const double share[] = { 0.5, 0.2, 0.3 }, right[] = { 0.8, 0.5, 0.9 };
	struct judged_table exact = { 0 };
	uint64_t seed = 17;
	int held = 0, draws = 300;
	for (int c = 0; c < 3; c++) {
		exact.count[c][c] = (int64_t)(1e9 * share[c] * right[c]);
		exact.count[c][(c + 1) % 3] = (int64_t)(1e9 * share[c] * (1 - right[c]));
	}
	double truth = judged_f1_of(&exact).f1;
	for (int d = 0; d < draws; d++) {
		struct judged_table t = { 0 };
		for (int i = 0; i < 150; i++) {
			double at = reference_draw(&seed);
			int is = at < share[0] ? 0 : at < share[0] + share[1] ? 1 : 2;
			t.count[is][reference_draw(&seed) < right[is] ? is : (is + 1) % 3]++;
		}
		struct judged_f1 f = judged_f1_of(&t);
		held += f.lo <= truth && f.hi >= truth;
	}
	assert_in_range(held, 273, 298);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_mean_of_the_classes),
		cmocka_unit_test(leaves_out_classes_that_nothing_is_of),
		cmocka_unit_test(shares_have_a_range_also_at_none_and_at_all),
		cmocka_unit_test(ranges_hold_the_truth),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
