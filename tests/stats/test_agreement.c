/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/agreement.h"
#include "tests/stats/reference.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define Z          1.959963984540054
#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-6)

static void is_the_kappa_of_examples_in_print(void **state)
{
	(void)state;
	/* 50 grants read by two: kappa is .4 in every textbook. Fleiss, Cohen and Everitt's own table of 100 diagnoses. */
	static const struct agreement_table grants = { { { 20, 5 }, { 10, 15 } } };
	static const struct agreement_table diagnoses = {
		{ { 53, 5, 2 }, { 11, 14, 5 }, { 1, 6, 3 } }
	};
	struct agreement x;
	agreement_of_two(&grants, &x);
	NEAR(x.beyond, 0.4);
	NEAR(x.agreed, 0.7);
	NEAR(x.lo, x.beyond - Z * reference_value("agreement", "grants-error"));
	agreement_of_two(&diagnoses, &x);
	NEAR(x.beyond, reference_value("agreement", "diagnoses-kappa"));
	double error = reference_value("agreement", "diagnoses-error");
	NEAR(x.lo, x.beyond - Z * error);
	NEAR(x.hi, x.beyond + Z * error);
	assert_true(x.shown && x.items == 100);
}

static void does_not_take_what_never_differed_for_certain(void **state)
{
	(void)state;
	static const struct agreement_table same = { { { 12, 0 }, { 0, 12 } } };
	struct agreement x;
	agreement_of_two(&same, &x);
	NEAR(x.beyond, 1);
	NEAR(x.hi, 1);
	assert_true(x.lo > 0.6 && x.lo < 0.8);
}

static void says_nothing_where_chance_cannot_be_told(void **state)
{
	(void)state;
	static const struct agreement_table one_kind = { { { 80 } } }, none = { 0 },
					    few = { { { 9, 1 }, { 1, 8 } } };
	struct agreement x;
	agreement_of_two(&one_kind, &x);
	assert_false(x.shown);
	NEAR(x.agreed, 1);
	agreement_of_two(&none, &x);
	assert_false(x.shown);
	agreement_of_two(&few, &x);
	assert_false(x.shown);
	assert_int_equal(x.items, 19);
}

/* Three who judged 15 items, each some of them: alpha for names is .691. "*": did not. */
static void is_the_alpha_of_the_example_in_print(void **state)
{
	(void)state;
	static const char *const people[] = { "*****34121133*3", "1*213343*******",
		                              "**21344*21133*4" };
	struct judgement all[45];
	size_t count = 0;
	for (size_t p = 0; p < 3; p++) {
		int64_t item = 0;
		for (const char *s = people[p]; *s; s++) {
			if (*s != '*')
				all[count++] =
				    (struct judgement){ item, item, (unsigned)(*s - '1') };
			item++;
		}
		assert_int_equal(item, 15);
	}
	struct arena a = { 0 };
	struct agreement x;
	agreement_of_many(&a, all, count, &x);
	assert_true(fabs(x.beyond - 0.691) < 0.0005);
	assert_int_equal(x.items, 12);
	assert_false(x.shown);
	arena_free(&a);
}

static void is_the_alpha_of_pairs_counted_one_by_one(void **state)
{
	(void)state;
	struct judgement all[240];
	size_t count = 0;
	uint64_t seed = 7;
	for (int64_t item = 0; item < 60; item++) {
		unsigned truth = reference_pick(&seed, 4);
		for (unsigned people = 1 + reference_pick(&seed, 4); people > 0; people--) {
			bool knows = reference_draw(&seed) < 0.6;
			unsigned says = knows ? truth : reference_pick(&seed, 4);
			all[count++] = (struct judgement){ item * 7919 % 61, item, says };
		}
	}
	struct arena a = { 0 };
	struct agreement x;
	agreement_of_many(&a, all, count, &x);
	NEAR(x.beyond, reference_value("agreement", "drawn-alpha"));
	assert_true(x.shown && x.lo < x.beyond - 0.05 && x.hi > x.beyond + 0.05 && x.hi < 1);
	agreement_of_many(&a, all, 0, &x);
	assert_false(x.shown);
	arena_free(&a);
}

/* Two people and the same items: alpha differs from kappa by little. Over many draws the range holds what went in. */
static void ranges_hold_the_truth(void **state)
{
	(void)state;
	uint64_t seed = 11;
	int held_two = 0, held_many = 0, draws = 200;
	for (int d = 0; d < draws; d++) {
		struct agreement_table t = { 0 };
		struct judgement all[120];
		struct arena a = { 0 };
		struct agreement two, many;
		for (int64_t i = 0; i < 60; i++) {
			unsigned truth = reference_pick(&seed, 2), one, other;
			one = reference_draw(&seed) < 0.8 ? truth : 1 - truth;
			other = reference_draw(&seed) < 0.8 ? truth : 1 - truth;
			t.count[one][other]++;
			all[2 * i] = (struct judgement){ i, 0, one };
			all[2 * i + 1] = (struct judgement){ i, 0, other };
		}
		agreement_of_two(&t, &two);
		agreement_of_many(&a, all, 120, &many);
		arena_free(&a);
		/* Both right or both wrong: .68; chance: .5. */
		held_two += two.lo <= 0.36 && two.hi >= 0.36;
		held_many += many.lo <= 0.36 && many.hi >= 0.36;
	}
	assert_in_range(held_two, 184, 200);
	assert_in_range(held_many, 180, 200);
}

/* Ten themes of a comment on which the same two agree are not ten comments. */
static void what_is_of_one_comment_is_drawn_together(void **state)
{
	(void)state;
	struct judgement alone[400], together[400];
	uint64_t seed = 23;
	bool agrees = false;
	for (int64_t i = 0; i < 200; i++) {
		agrees = i % 10 == 0 ? reference_draw(&seed) < 0.7 : agrees;
		unsigned one = (unsigned)(i % 2), other = agrees ? one : 1 - one;
		alone[2 * i] = (struct judgement){ i, i, one };
		alone[2 * i + 1] = (struct judgement){ i, i, other };
		together[2 * i] = (struct judgement){ i / 10, i, one };
		together[2 * i + 1] = (struct judgement){ i / 10, i, other };
	}
	struct arena a = { 0 };
	struct agreement x, y;
	agreement_of_many(&a, alone, 400, &x);
	agreement_of_many(&a, together, 400, &y);
	NEAR(x.beyond, y.beyond);
	assert_true(x.items == 200 && y.items == 200);
	assert_true(y.hi - y.lo > 2 * (x.hi - x.lo));
	arena_free(&a);
}

static void another_program_says_the_same(void **state)
{
	(void)state;
	reference_runs_again("agreement");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_kappa_of_examples_in_print),
		cmocka_unit_test(does_not_take_what_never_differed_for_certain),
		cmocka_unit_test(says_nothing_where_chance_cannot_be_told),
		cmocka_unit_test(is_the_alpha_of_the_example_in_print),
		cmocka_unit_test(is_the_alpha_of_pairs_counted_one_by_one),
		cmocka_unit_test(ranges_hold_the_truth),
		cmocka_unit_test(what_is_of_one_comment_is_drawn_together),
		cmocka_unit_test(another_program_says_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
