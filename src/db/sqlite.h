/* db/sqlite.h - the SQLite adapter: one connection to one file, and what only a file needs.
 *
 * Every connection: WAL, synchronous FULL, foreign keys, secure delete, temporary data in memory, untrusted schema,
 * defensive mode. The file and its folder are private to the user (0600, 0700).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include "db/backend.h"

#define SQLITE_PAGE_SIZE      4096
#define SQLITE_APPLICATION_ID 0x48454544 /* "HEED" */

struct sqlite_options {
	const char *path;
	enum db_access access;
	int64_t busy_us; /* how long to wait for another process's lock */
	struct db_watch *watch;
};

/* Makes an empty database file that survives a power cut; one that is there is left alone. */
MUST_USE bool sqlite_create(const char *path, struct err *err);
/* ERR_NOT_FOUND without a file, ERR_INVALID when it is another program's, ERR_CORRUPT when it is none. */
MUST_USE bool sqlite_open(struct db **out, const struct sqlite_options *options, struct err *err);

/* Refuses file systems of a network, whose locks and shared memory cannot be trusted. */
MUST_USE bool sqlite_check_filesystem(const char *folder, struct err *err);

/* After each commit of this connection: pages that stand in the write-ahead log. Replaces SQLite's own
 * checkpoints; the caller makes them. */
void sqlite_on_commit(struct db *db, void (*fn)(void *context, int wal_pages), void *context);
/* Copies the log into the file: beside everybody else; so that the next commit starts at the log's beginning; so that the log
 * is empty. The latter two wait up to wait_us for readers that still use it. */
enum sqlite_log { SQLITE_LOG_COPY, SQLITE_LOG_RESTART, SQLITE_LOG_EMPTY };
/* *left is how many pages are not copied yet, 1 at least when readers outlasted the wait. */
MUST_USE bool sqlite_checkpoint(struct db *db, enum sqlite_log how, int64_t wait_us, int *left,
                                struct err *err);

/* From then on statements of this connection end with ERR_BUSY; 0: never. */
void sqlite_set_deadline(struct db *db, int64_t monotonic_us);
/* Gives back the memory of pages that were read. */
void sqlite_forget_pages(struct db *db);
/* Checks each table and its indexes for at most budget_us each. Names the first damaged one in table[64], which
 * is empty when none was seen. */
MUST_USE bool sqlite_check_tables(struct db *db, int64_t budget_us, char table[static 64],
                                  struct err *err);

#endif
