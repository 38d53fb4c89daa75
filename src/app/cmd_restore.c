/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/schema.h"
#include "db/backup.h"

static void progress(void *context, Str table, int64_t rows)
{
	(void)context;
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K%" PRId64 " rows (%.*s)", rows, STR_FMT(table));
}

static bool restore(struct call *call, struct err *err)
{
	const struct settings *s = &call->settings;
	struct store_config config = {
		.data_dir = setting_text(s, SETTING_DATA),
		.database = setting_text(s, SETTING_DATABASE),
		.purpose = STORE_RESTORE,
		.clock = call->clock,
		.migrations = schema_migrations,
		.migration_count = schema_migration_count,
		.allow_unsafe = setting_switch(s, SETTING_ALLOW_UNSAFE),
		.create = true,
	};
	const char *folder = str_printf(call->arena, "%s/backups", config.data_dir).at;
	struct backup_restored done;
	bool ok = backup_restore(&config, call->arguments[0], folder, progress, NULL, &done, err);
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K");
	if (!ok)
		return false;
	printf("Restored %" PRId64 " rows from %s.\n", done.rows, call->arguments[0]);
	if (done.kept[0])
		printf("What was there before is kept in %s.\n", done.kept);
	return true;
}

const struct command cmd_restore = {
	.name = "restore",
	.summary = "Replace all data by what a backup holds",
	.usage = "FILE [SETTINGS]",
	.details = "Stop the server first. The file is checked before anything is changed,\n"
		   "and what is there is kept under another name. A backup of an older\n"
		   "Heed is brought up to date; one of a newer Heed is refused.",
	.settings = SETTINGS_STORE,
	.arguments_min = 1,
	.arguments_max = 1,
	.run = restore,
};
