/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/commands.h"

#include <inttypes.h>
#include <stdio.h>

#include "app/schema.h"
#include "app/world.h"

/* The store runs what is pending while it opens. */
static bool migrate(struct call *call, struct err *err)
{
	struct migration_state state;
	struct world world;
	struct db *db;
	if (!world_open(&world, call, STORE_MIGRATE, false, err))
		return false;
	bool ok = store_reader_open(world.store, &db, err);
	if (ok) {
		ok = migrate_state(db, schema_migrations, schema_migration_count, &state, err);
		store_reader_close(world.store, db);
	}
	world_close(&world);
	if (ok)
		printf("The database has schema %" PRId64 ", the newest that this Heed knows.\n",
		       state.applied);
	return ok;
}

const struct command cmd_migrate = {
	.name = "migrate",
	.summary = "Bring the database to this program's schema",
	.usage = "[SETTINGS]",
	.details = "serve does this too when it starts. migrate does it without serving,\n"
		   "and refuses to run beside a server.",
	.settings = SETTINGS_STORE,
	.run = migrate,
};
