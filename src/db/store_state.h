/* db/store_state.h - what the parts of a store share: lanes, keeper, readers, health. For src/db/ alone.
 *
 * Locks: store->lock guards the health and the list of readers, store->lease_lock the lease, each lane's lock its
 * queues, store->listener_lock the listeners, which are called under it; none of the others is held while waiting for
 * another or for the database, but the lease's.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_STORE_STATE_H
#define DB_STORE_STATE_H

#include <pthread.h>

#include "base/clock.h"
#include "db/backend.h"
#include "db/change_set.h"
#include "db/id.h"
#include "db/lease.h"
#include "db/store.h"

#define BUSY_US        (5 * CLOCK_SECOND)
#define BATCH_MAX      512
#define LEASE_SERVING  (48 * CLOCK_HOUR)
#define LEASE_COMMAND  (1 * CLOCK_HOUR)
#define PROBE_EVERY_US (500 * 1000)

struct lane_queue {
	struct unit *first, *last;
	size_t count;
};

/* One thread, one connection, one transaction at a time. */
struct lane {
	struct store *store;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake; /* the lane: work, stop, hold given back */
	pthread_cond_t rest; /* others: the lane stands still */
	struct lane_queue queues[2];
	bool running; /* a batch is on its way */
	bool stop, abandon;
	bool held;      /* the keeper wants no batch now */
	bool down;      /* the last batch failed; a probe has not worked since */
	struct err why; /* of down */
	struct store_stats stats;
	/* The lane thread's own. */
	struct db *db;
	struct change_set changes;
	struct arena arena;
	bool bulk_was_last;
};

/* Thread of a SQLite store: checkpoints and, when a page was damaged, finding out which table. */
struct keeper {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_cond_t wiped; /* who asked for it */
	struct db *db;
	bool started, stop, check_wanted;
	int wal_pages; /* in the log after the newest commit */
	int due;       /* pages at which the next checkpoint is due */
	/* How often a wipe was asked for, and up to which of these it was tried; how the last try went. */
	int64_t wipes_asked, wipes_tried;
	bool is_wiped, is_whole;
	struct err why_not;
};

struct store {
	enum db_engine engine;
	enum store_purpose purpose;
	const struct clock *clock;
	char *data_dir, *path; /* path: of the SQLite file */
	char *conninfo;        /* of PostgreSQL */
	bool allow_unsafe;
	size_t queue_max;
	int lock_fd;

	struct lane *lanes;
	int lane_count;
	struct keeper keeper;
	struct db_watch watch;

	pthread_mutex_t lease_lock;
	struct lease lease;
	struct id_maker *ids;

	pthread_mutex_t listener_lock;
	struct {
		store_commit_fn listener; /* NULL: free */
		void *context;
	} listeners[STORE_LISTENERS];

	pthread_mutex_t lock;
	bool closing;
	bool damaged;
	struct err damage;
	struct db *readers;
};

/* A connection of the store's engine. */
MUST_USE bool store_connect(struct store *store, enum db_access access, struct db **out,
                            struct err *err);
/* Makes sure that this process owns a process number; `probe` writes in any case. */
MUST_USE bool store_secure_ids(struct store *store, struct db *db, bool probe, struct err *err);
/* A page is damaged: no writes from now on. `table` may be "". */
void store_mark_damaged(struct store *store, const char *table, const struct err *err);
bool store_is_damaged(struct store *store, struct err *why);

/* Tells the listeners of a commit. */
void store_tell(struct store *store, int64_t workspace, int64_t rev);

/* Threads of the store take no signals: they are the program's. Conditions wait on the monotonic clock. */
void store_thread(pthread_t *thread, void *(*main)(void *context), void *context);
void store_cond(pthread_cond_t *cond);

/* keeper.c */
void keeper_start(struct store *store, struct db *db); /* takes over the connection */
void keeper_stop(struct store *store);
void keeper_note_wal(void *store, int pages);
void keeper_want_check(struct store *store);
MUST_USE bool keeper_wipe(struct store *store, bool *whole, struct err *err); /* as store_wipe */

/* lane.c */
void lane_start(struct lane *lane, struct store *store);
void lane_refuse_new(struct lane *lane);
/* Ends the lane: what waits is run until the deadline, then refused. */
void lane_stop(struct lane *lane, int64_t monotonic_deadline);
/* After lane_stop, when nobody holds it any more. */
void lane_free(struct lane *lane);
MUST_USE bool lane_submit(struct lane *lane, struct unit *unit, struct err *err);
void lane_hold(struct lane *lane);
void lane_release(struct lane *lane);

/* batch.c */
/* Runs the units in as few transactions as possible and tells each. False when the database failed: *err says why
 * and every unit that was not committed was told so. */
MUST_USE bool batch_run(struct lane *lane, struct unit **units, size_t count, struct err *err);
/* Tells each unit that it was not run. Returns false. */
bool batch_refuse(struct lane *lane, struct unit **units, size_t count, const struct err *err);

#endif
