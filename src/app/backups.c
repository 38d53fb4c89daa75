/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/backups.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "app/schema.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/zone.h"
#include "db/backup.h"
#include "db/file.h"

#define NIGHTLY       "heed-"
#define NIGHTLY_EVERY (20 * CLOCK_HOUR)

static const char *folder_of(struct store *store, struct arena *a)
{
	return str_printf(a, "%s/" BACKUP_FOLDER, store_data_dir(store)).at;
}

/* "2026-11-22T023000Z": sorts by time, and every file system takes it. */
static const char *stamp(struct arena *a, int64_t now)
{
	char text[32];
	time_write(now, text);
	Str t = str_of(text);
	return str_printf(a, "%.*s%.*s%.*sZ", STR_FMT(str_slice(t, 0, 13)),
	                  STR_FMT(str_slice(t, 14, 2)), STR_FMT(str_slice(t, 17, 2)))
	    .at;
}

bool backups_make(struct store *store, const char *prefix, struct arena *a, const char **path,
                  struct err *err)
{
	const char *folder = folder_of(store, a);
	const char *file =
	    str_printf(a, "%s/%s%s.db", folder, prefix, stamp(a, clock_now(store_clock(store)))).at;
	if (!file_make_folder(folder, err) ||
	    !backup_write(store, schema_migrations, schema_migration_count, file, err))
		return false;
	*path = file;
	return true;
}

/* When the newest nightly backup was made; 0 when there is none. */
static int64_t newest_nightly(const char *folder)
{
	int64_t newest = 0;
	DIR *dir = opendir(folder);
	if (!dir)
		return 0;
	for (struct dirent *entry; (entry = readdir(dir));) {
		struct stat info;
		if (strncmp(entry->d_name, NIGHTLY, strlen(NIGHTLY)) != 0 ||
		    fstatat(dirfd(dir), entry->d_name, &info, 0) != 0)
			continue;
		if (info.st_mtim.tv_sec * CLOCK_SECOND > newest)
			newest = info.st_mtim.tv_sec * CLOCK_SECOND;
	}
	closedir(dir);
	return newest;
}

bool backups_nightly(struct store *store, size_t keep, bool *made, struct err *err)
{
	struct arena a = { 0 };
	const char *folder = folder_of(store, &a), *path;
	int64_t age = clock_now(store_clock(store)) - newest_nightly(folder);
	bool due = keep > 0 && age > NIGHTLY_EVERY;
	bool ok = !due || (backups_make(store, NIGHTLY, &a, &path, err) &&
	                   backup_prune(folder, NIGHTLY, keep, err));
	arena_free(&a);
	if (ok)
		*made = due;
	return ok;
}

bool backups_before_migrating(struct store *store, void *context, struct err *err)
{
	(void)context;
	struct arena a = { 0 };
	const char *path;
	bool ok = backups_make(store, "before-migration-", &a, &path, err);
	if (ok)
		log_event(LOG_LEVEL_INFO, "schema.backup",
		          LOG_PAIRS(log_text("file", str_of(path))));
	arena_free(&a);
	return ok;
}
