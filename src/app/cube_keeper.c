/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/cube_keeper.h"

#include <stdlib.h>

#include "app/rounds.h"
#include "base/die.h"
#include "feedback/cube.h"

struct cube_keeper {
	struct store *store;
	struct cubes *cubes;
	const struct cube_shelf *shelf;
	struct rounds *rounds;
};

static bool sweep(void *context, struct db *db, struct err *err)
{
	const struct cube_keeper *k = context;
	return cube_shelf_sweep(k->shelf, db, err);
}

static bool save(void *context, struct rounds *r, struct db *db, int64_t workspace, struct err *err)
{
	const struct cube_keeper *k = context;
	bool saved;
	(void)r;
	return cubes_save(k->cubes, k->store, db, workspace, &saved, err);
}

struct cube_keeper *cube_keeper_start(struct store *store, struct cubes *cubes,
                                      const struct cube_shelf *shelf)
{
	static const struct rounds_plan plan = {
		.failed = "cube.not_saved",
		.every_seconds = 60,
		.begin = sweep,
		.visit = save,
	};
	struct cube_keeper *k = mem_zeroed(1, sizeof *k);
	*k = (struct cube_keeper){ .store = store, .cubes = cubes, .shelf = shelf };
	k->rounds = rounds_start(store, &plan, k);
	return k;
}

void cube_keeper_stop(struct cube_keeper *k)
{
	rounds_stop(k->rounds);
	free(k);
}
