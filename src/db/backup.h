/* db/backup.h - a backup is one SQLite file with Heed's own schema, whichever engine it came from.
 *
 * It holds everything but the settings file: answers, people, link keys, users, sessions, keys. It is private to the
 * user (0600), written under another name and renamed when it is durable, so a half-made one is never found.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H

#include "db/copy.h"
#include "db/store.h"

/* Writes one beside whatever else runs. SQLite: VACUUM INTO (its backup interface begins anew with every write beside
 * it). PostgreSQL: table by table in one snapshot. ERR_CONFLICT when the file exists. */
MUST_USE bool backup_write(struct store *store, const struct migration *all, size_t count,
                           const char *path, struct err *err);

/* In the data directory. */
#define BACKUP_FOLDER "backups"

struct backup_file {
	Str name;
	int64_t made_at; /* when its last byte was written */
};
/* The files of DATA/backups that end with ".db", BACKUPS_LISTED at most, the newest first; names in the arena. */
#define BACKUPS_LISTED 100
MUST_USE bool backup_list(const char *data_dir, struct arena *a, struct backup_file **out,
                          size_t *count, struct err *err);

/* Removes all but the newest `keep` files of `folder` whose name starts with `prefix` and ends with ".db". */
MUST_USE bool backup_prune(const char *folder, const char *prefix, size_t keep, struct err *err);

/* In the data directory: a restore is changing the files' names. What it finds is its own to finish: run it again. */
#define BACKUP_RESTORING "heed.db.restoring"

struct backup_restored {
	int64_t rows;
	char kept[512]; /* where the database that was there is now; "" when there was none */
};

/* Replaces the database of `config` by the backup. The file is taken for hostile: it is copied, checked, and read row
 * by row into a fresh database, older schemas are brought up to date there, a newer one is refused. What was there is
 * kept: SQLite's file under another name, PostgreSQL's content as a backup in `folder`. Takes the lock of the data
 * directory, so a running server refuses it. `config->purpose` must be STORE_RESTORE. */
MUST_USE bool backup_restore(const struct store_config *config, const char *path,
                             const char *folder, copy_progress_fn progress, void *context,
                             struct backup_restored *out, struct err *err);

#endif
