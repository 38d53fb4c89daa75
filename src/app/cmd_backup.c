/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdio.h>

#include "app/backups.h"
#include "app/commands.h"
#include "app/schema.h"
#include "app/world.h"
#include "db/backup.h"

static bool backup(struct call *call, struct err *err)
{
	struct world world;
	if (!world_open(&world, call, STORE_COMMAND, false, err))
		return false;
	const char *path = call->argument_count ? call->arguments[0] : NULL;
	bool ok =
	    path ? backup_write(world.store, schema_migrations, schema_migration_count, path, err)
		 : backups_make(world.store, "heed-", call->arena, &path, err);
	world_close(&world);
	if (ok)
		printf("%s\n", path);
	return ok;
}

const struct command cmd_backup = {
	.name = "backup",
	.summary = "Write all data into one file, beside a running server",
	.usage = "[FILE] [SETTINGS]",
	.details = "The backup is one SQLite file, from SQLite and from PostgreSQL alike,\n"
		   "and can be restored into either. Without FILE it is\n"
		   "DATA/backups/heed-TIME.db. It holds addresses, password hashes and the\n"
		   "keys that sign links: keep it as safe as the data. The server makes\n"
		   "one each night and keeps the newest seven that are called so\n"
		   "(heed serve --backup-keep).",
	.settings = SETTINGS_STORE,
	.arguments_max = 1,
	.run = backup,
};
