/* The answers that came last, against all of them put in order. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/newest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/zone.h"
#include "tests/feedback/scene.h"

#define ANSWERS 700

static struct scene s;

static int make(void **state)
{
	(void)state;
	scene_make(&s, DB_SQLITE, 20260714, ANSWERS);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	scene_remove(&s);
	return 0;
}

static struct newest newest_of(const struct cell_question *q, size_t row, size_t max)
{
	struct err err;
	struct cells cells;
	struct newest out;
	struct facts facts = facts_of_tables(s.g.db, s.g.workspace);
	assert_true(cells_ask(&facts, &s.g.arena, q, &cells, &err));
	assert_true(newest_read(&facts, &s.g.arena, q, &cells, row, max, &out, &err));
	return out;
}

static void keeps_those_that_came_last_in_their_order(void **state)
{
	(void)state;
	static const size_t some[] = { 1, 2, 7, 50, 121, 300, ANSWERS };
	const struct answer_filter f = { 0 };
	const struct cell_question q = { .scope = &team_scope_whole,
		                         .filter = &f,
		                         .zone = zone_utc(),
		                         .dims = { { .kind = DIM_PART } } };
	for (size_t row = 0; row <= SCENE_SURVEYS; row++) {
		size_t of = row < SCENE_SURVEYS ? row : SIZE_MAX;
		struct newest all = newest_of(&q, of, ANSWERS);
		assert_true(all.count > 40 && all.count == (size_t)all.all);
		for (size_t i = 0; i < sizeof some / sizeof some[0]; i++) {
			struct newest last = newest_of(&q, of, some[i]);
			size_t expected = some[i] < all.count ? some[i] : all.count;
			assert_int_equal(last.count, expected);
			assert_int_equal(last.all, all.all);
			for (size_t k = 0; k < expected; k++) {
				assert_int_equal(last.at[k].id,
				                 all.at[all.count - expected + k].id);
				assert_true(k == 0 || last.at[k - 1].id < last.at[k].id);
				assert_true(of == SIZE_MAX || last.at[k].values[0] == of);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_those_that_came_last_in_their_order),
	};
	return cmocka_run_group_tests(tests, make, drop);
}
