/* db/store.h - the database of one data directory, with its lanes.
 *
 * store_open creates what is missing, checks the file, refuses a newer schema and an unsafe PostgreSQL, and
 * (for STORE_SERVE, STORE_RESTORE, STORE_MIGRATE) takes the lock DATA/heed.lock, which names the holder.
 * STORE_COMMAND works beside a running server. Pending migrations are run by all but STORE_COMMAND, which refuses
 * them unless it makes the database. A damaged page does not stop store_open: reads go on where they can, writes
 * are refused with ERR_CORRUPT, and store_is_ready names the table. A file that is no database at all does. Any number of threads may take read connections and submit
 * units. store_close drains the lanes and closes everything.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_STORE_H
#define DB_STORE_H

#include "db/unit.h"

struct clock;
struct migration;
struct store;

enum store_purpose { STORE_SERVE, STORE_COMMAND, STORE_MIGRATE, STORE_RESTORE };

struct store_config {
	const char *data_dir; /* created with mode 0700 when missing */
	const char
	    *database; /* NULL or "": DATA/heed.db; else a libpq conninfo or postgres:// URL */
	enum store_purpose purpose;
	const struct clock *clock;
	const struct migration *migrations;
	size_t migration_count;
	int lanes;         /* PostgreSQL only; 0: 4 */
	size_t queue_max;  /* units waiting a lane and class; 0: 4096 */
	bool allow_unsafe; /* HEED_ALLOW_UNSAFE */
	bool create;       /* make the database when there is none */
	/* Called before the first pending migration of an existing database, to take a backup. May be NULL. */
	bool (*before_migrating)(struct store *store, void *context, struct err *err);
	void *context;
};

MUST_USE bool store_open(struct store **out, const struct store_config *config, struct err *err);
/* Waits up to drain_us for queued units, answers ERR_BUSY to those that did not start, closes all. Readers are
 * closed before. */
void store_close(struct store *store, int64_t drain_us);

enum db_engine store_engine(const struct store *store);
const struct clock *store_clock(const struct store *store);
const char *store_data_dir(const struct store *store);

/* A connection for reads on this thread; give it back or keep it for the thread's life. Writing on it fails. */
MUST_USE bool store_reader_open(struct store *store, struct db **out, struct err *err);
void store_reader_close(struct store *store, struct db *db);

/* Queues a unit: true means that done will be called. ERR_BUSY when the queue is full or the store closes:
 * done will not be called. */
MUST_USE bool store_submit(struct store *store, struct unit *unit, struct err *err);
/* The same and waits for the commit: for the command line and start-up, never for a worker. */
MUST_USE bool store_run(struct store *store, int64_t workspace, enum unit_class class,
                        unit_fn apply, void *input, struct err *err);

/* Takes what was overwritten or deleted out of the files: the write-ahead log is emptied, and the file is rewritten, as SQLite does
 * not clear what it moves within a page (secure_delete clears what it frees). A file of more than STORE_WIPE_MAX is not: that would
 * keep writers waiting for too long, half a minute a gibibyte; then *whole is false. ERR_BUSY while a reader stands on the log: try again.
 * Waits, so never on a lane's thread. On PostgreSQL it does nothing, and *whole is false. */
#define STORE_WIPE_MAX (INT64_C(256) << 20)
MUST_USE bool store_wipe(struct store *store, bool *whole, struct err *err);

/* Called on a lane's thread after each commit of this process that changed something, once a workspace, when everybody
 * can read it. It must be quick and may not call the store. There are STORE_LISTENERS at most, each told apart by its context;
 * store_off_commit returns when no call is under way. */
#define STORE_LISTENERS 4
typedef void (*store_commit_fn)(void *context, int64_t workspace, int64_t rev);
void store_on_commit(struct store *store, store_commit_fn listener, void *context);
void store_off_commit(struct store *store, void *context);

/* Ready: the last commit worked, or a probe commit since. Says why not. */
bool store_is_ready(struct store *store, struct err *why);

/* Figures of the lanes since the start, all engines. Times in microseconds. */
struct store_stats {
	int64_t units, batches, retried_batches, failed_batches;
	int64_t commit_us_total, commit_us_max, fsync_us_last;
	int64_t queued_interactive, queued_bulk, largest_batch;
	int64_t wal_bytes, readers_open, oldest_reader_us;
};
void store_stats(struct store *store, struct store_stats *out);

#endif
