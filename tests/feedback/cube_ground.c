/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cube_ground.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "account/workspace.h"
#include "base/die.h"
#include "cube_lines.h"

enum db_engine engine;
struct ground g;
struct cubes *cubes;

struct cubes *open_cubes(size_t budget)
{
	return cubes_open(&(struct cubes_config){ .clock = &g.fresh.clock, .budget = budget });
}

int cube_ground_make(void **state)
{
	(void)state;
	ground_make(&g, engine);
	cubes = open_cubes(0);
	return 0;
}

int cube_ground_drop(void **state)
{
	(void)state;
	cubes_close(cubes);
	ground_remove(&g);
	return 0;
}

const struct cube_view *take(struct cubes *from, struct db *db, int64_t workspace)
{
	const struct cube_view *view = NULL;
	int64_t as_of;
	struct err err = { 0 };
	if (!cubes_view(from, db, workspace, 0, &view, &as_of, &err))
		die(__FILE__, __LINE__, err.msg);
	return view;
}

struct cubes_stats stats_of(struct cubes *from)
{
	struct cubes_stats stats;
	cubes_stats(from, &stats);
	return stats;
}

int64_t give(int score)
{
	struct capture_input in = ground_answer(&g, score, NULL);
	return ground_take(&g, &in).id;
}

size_t rows_of(const struct cube_view *v, int64_t id, size_t *with_id)
{
	size_t n = 0;
	*with_id = 0;
	for (size_t i = 0; i < v->chunk_count; i++)
		for (size_t k = 0; k < v->chunks[i]->rows; k++) {
			n += CUBE_STATE(v->chunks[i]->facts[k]) != 0;
			*with_id += cube_view_id(v, i, k) == id;
		}
	return n;
}

int64_t another(const char *name)
{
	struct workspace_new other = { .name = str_of(name), .time_zone = STR("UTC") };
	struct err err = { 0 };
	assert_true(store_run(g.store, 0, UNIT_INTERACTIVE, workspace_reserve, &other, &err));
	assert_true(store_run(g.store, other.id, UNIT_INTERACTIVE, workspace_fill, &other, &err));
	return other.id;
}
