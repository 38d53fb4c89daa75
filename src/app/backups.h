/* app/backups.h - the backups of one data directory: DATA/backups/heed-*.db each night, before-migration-*.db and
 * before-restore-*.db when something is about to change everything.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_BACKUPS_H
#define APP_BACKUPS_H

#include "base/arena.h"
#include "db/store.h"

/* Makes DATA/backups/PREFIX-2026-11-22T023000Z.db. *path lives in the arena. */
MUST_USE bool backups_make(struct store *store, const char *prefix, struct arena *a,
                           const char **path, struct err *err);
/* The nightly one: makes it when the newest heed-*.db is older than 20 hours, then removes all of them but the newest
 * `keep` (0: none is made). *made says whether. */
MUST_USE bool backups_nightly(struct store *store, size_t keep, bool *made, struct err *err);
/* For store_config.before_migrating. */
bool backups_before_migrating(struct store *store, void *context, struct err *err);

#endif
