/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "house.h"

#include "../db/engines.h"

struct house house;
static enum db_engine engine;

int house_make(void **state)
{
	(void)state;
	house = (struct house){ 0 };
	fresh_make(&house.fresh, engine);
	fresh_open(&house.fresh);
	house.workspace = house_workspace("Acme");
	assert_true(store_reader_open(house.fresh.store, &house.db, &house.err));
	return 0;
}

int house_drop(void **state)
{
	(void)state;
	store_reader_close(house.fresh.store, house.db);
	arena_free(&house.arena);
	fresh_remove(&house.fresh);
	return 0;
}

int house_run(const char *name, const struct CMUnitTest *tests, size_t count)
{
	return engines_run(name, &engine, tests, count, NULL, NULL);
}

bool house_do_in(int64_t workspace, unit_fn apply, void *input)
{
	return store_run(house.fresh.store, workspace, UNIT_INTERACTIVE, apply, input, &house.err);
}

bool house_do(unit_fn apply, void *input)
{
	return house_do_in(house.workspace, apply, input);
}

int64_t house_workspace(const char *name)
{
	struct workspace_new in = { .name = str_of(name), .time_zone = STR("UTC") };
	assert_true(house_do_in(0, workspace_reserve, &in));
	assert_true(house_do_in(in.id, workspace_fill, &in));
	return in.id;
}

void house_later(int64_t us)
{
	house.fresh.clock.offset += us;
}
