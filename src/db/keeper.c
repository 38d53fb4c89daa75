/* The keeper of a SQLite file: a thread that makes checkpoints, wipes it when somebody must know that nothing is left of what was
 * overwritten, and says which table is damaged when one is.
 *
 * The log grows with each commit. From SOON pages on the keeper copies it into the file beside the writer; from
 * OFTEN on it holds the lane for the moment that the rest takes, so that the log starts anew. Readers that still
 * stand on the old log are waited for only when it has grown LARGE. Asleep while nothing is written.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <sys/stat.h>

#include "base/die.h"
#include "db/sqlite.h"
#include "db/store_state.h"

#define SOON  1000  /* 4 MiB */
#define OFTEN 4000  /* 16 MiB */
#define LARGE 12000 /* 48 MiB */

#define SHORT_WAIT_US   (10 * 1000)
#define LONG_WAIT_US    (300 * 1000)
#define TRY_AGAIN_US    (20 * 1000)        /* doubled each time, */
#define TRY_LATER_US    (4 * CLOCK_SECOND) /* up to this */
#define CHECK_TABLE_US  (200 * 1000)
#define SEARCH_TABLE_US (4 * CLOCK_SECOND)

/* *again: an error was in the way, or a reader that outlasts the wait. One that is met earlier is left alone until
 * the log has grown by another SOON. */
static void checkpoint(struct store *store, int pages, bool *again)
{
	struct db *db = store->keeper.db;
	struct err err;
	int left = 0;
	bool ok = sqlite_checkpoint(db, SQLITE_LOG_COPY, 0, &left, &err);
	if (ok && pages >= OFTEN) {
		lane_hold(&store->lanes[0]);
		ok = sqlite_checkpoint(db, SQLITE_LOG_RESTART,
		                       pages >= LARGE ? LONG_WAIT_US : SHORT_WAIT_US, &left, &err);
		lane_release(&store->lanes[0]);
	}
	*again = !ok || (pages >= LARGE && left > 0);
}

static bool empty_log(struct store *store, struct err *err)
{
	int left = 0;
	return sqlite_checkpoint(store->keeper.db, SQLITE_LOG_EMPTY, LONG_WAIT_US, &left, err) &&
	       (left == 0 ||
	        err_set(err, ERR_BUSY, "a reader stands on the log of %s", store->path));
}

/* First the log alone, so that a reader that is in the way is met before the long work. */
static bool wipe(struct store *store, bool *whole, struct err *err)
{
	struct db *db = store->keeper.db;
	struct stat info;
	int left = 0;
	if (!sqlite_checkpoint(db, SQLITE_LOG_COPY, 0, &left, err))
		return false;
	lane_hold(&store->lanes[0]);
	bool ok = empty_log(store, err);
	*whole = ok && stat(store->path, &info) == 0 && info.st_size <= STORE_WIPE_MAX;
	if (*whole)
		ok = db_command(db, "VACUUM", err) && empty_log(store, err);
	lane_release(&store->lanes[0]);
	return ok;
}

static void try_wipe(struct store *store, int64_t asked)
{
	struct keeper *keeper = &store->keeper;
	struct err why = { 0 };
	bool whole = false, ok = wipe(store, &whole, &why);
	pthread_mutex_lock(&keeper->lock);
	keeper->wipes_tried = asked;
	keeper->is_wiped = ok;
	keeper->is_whole = whole;
	keeper->why_not = why;
	pthread_cond_broadcast(&keeper->wiped);
	pthread_mutex_unlock(&keeper->lock);
}

/* On a new connection, which has no page in memory from before the damage. When some was met already, writes have
 * stopped and there is time to look. */
static void name_damage(struct store *store)
{
	char table[64] = "";
	struct err err = { 0 }, why;
	int64_t budget = store_is_damaged(store, &why) ? SEARCH_TABLE_US : CHECK_TABLE_US;
	bool looked = db_reopen(store->keeper.db, &err) &&
	              sqlite_check_tables(store->keeper.db, budget, table, &err);
	if (!looked && err.kind != ERR_CORRUPT)
		return;
	if (looked && table[0] == '\0')
		return;
	err_set(&why, ERR_CORRUPT, "%s is damaged", store->path);
	store_mark_damaged(store, table, &why);
}

struct task {
	int pages; /* of the log, when a checkpoint is due */
	bool check;
	int64_t wipe; /* 0: nobody asked for one */
};

static bool is_asked(const struct keeper *keeper)
{
	return keeper->stop || keeper->check_wanted || keeper->wipes_asked > keeper->wipes_tried;
}

/* `pause`: how long until the last checkpoint is tried again, 0 when it worked. */
static bool wait_for_task(struct keeper *keeper, int64_t pause, struct task *out)
{
	int64_t wake = clock_monotonic() + pause;
	struct timespec t = { .tv_sec = wake / CLOCK_SECOND,
		              .tv_nsec = wake % CLOCK_SECOND * 1000 };
	pthread_mutex_lock(&keeper->lock);
	while (pause > 0 && !is_asked(keeper) && clock_monotonic() < wake)
		pthread_cond_timedwait(&keeper->wake, &keeper->lock, &t);
	while (pause == 0 && !is_asked(keeper) && keeper->wal_pages < keeper->due)
		pthread_cond_wait(&keeper->wake, &keeper->lock);
	bool go_on = !keeper->stop;
	*out = (struct task){
		.pages = pause > 0 || keeper->wal_pages >= keeper->due ? keeper->wal_pages : 0,
		.check = keeper->check_wanted,
		.wipe = keeper->wipes_asked > keeper->wipes_tried ? keeper->wipes_asked : 0,
	};
	keeper->check_wanted = false;
	keeper->due = keeper->wal_pages + SOON;
	pthread_mutex_unlock(&keeper->lock);
	return go_on;
}

static void *keeper_main(void *context)
{
	struct store *store = context;
	struct keeper *keeper = &store->keeper;
	int64_t pause = 0;
	struct task task;
	while (wait_for_task(keeper, pause, &task)) {
		bool again = false;
		if (task.check)
			name_damage(store);
		if (task.wipe)
			try_wipe(store, task.wipe);
		else if (task.pages >= SOON)
			checkpoint(store, task.pages, &again);
		int64_t longer = pause ? 2 * pause : TRY_AGAIN_US;
		pause = !again ? 0 : longer < TRY_LATER_US ? longer : TRY_LATER_US;
	}
	return NULL;
}

/* A log that got shorter has started anew. */
void keeper_note_wal(void *context, int pages)
{
	struct keeper *keeper = context;
	pthread_mutex_lock(&keeper->lock);
	if (pages < keeper->wal_pages)
		keeper->due = SOON;
	keeper->wal_pages = pages;
	if (pages >= keeper->due)
		pthread_cond_signal(&keeper->wake);
	pthread_mutex_unlock(&keeper->lock);
}

void keeper_want_check(struct store *store)
{
	struct keeper *keeper = &store->keeper;
	pthread_mutex_lock(&keeper->lock);
	keeper->check_wanted = true;
	pthread_cond_signal(&keeper->wake);
	pthread_mutex_unlock(&keeper->lock);
}

bool keeper_wipe(struct store *store, bool *whole, struct err *err)
{
	struct keeper *keeper = &store->keeper;
	pthread_mutex_lock(&keeper->lock);
	int64_t turn = ++keeper->wipes_asked;
	pthread_cond_signal(&keeper->wake);
	while (!keeper->stop && keeper->wipes_tried < turn)
		pthread_cond_wait(&keeper->wiped, &keeper->lock);
	bool tried = keeper->wipes_tried >= turn, ok = tried && keeper->is_wiped;
	if (ok)
		*whole = keeper->is_whole;
	else if (tried)
		*err = keeper->why_not;
	pthread_mutex_unlock(&keeper->lock);
	return tried ? ok : err_set(err, ERR_BUSY, "the database is being closed");
}

void keeper_start(struct store *store, struct db *db)
{
	struct keeper *keeper = &store->keeper;
	keeper->db = db;
	keeper->due = SOON;
	keeper->started = true;
	store_thread(&keeper->thread, keeper_main, store);
}

void keeper_stop(struct store *store)
{
	struct keeper *keeper = &store->keeper;
	if (!keeper->started)
		return;
	pthread_mutex_lock(&keeper->lock);
	keeper->stop = true;
	pthread_cond_signal(&keeper->wake);
	pthread_cond_broadcast(&keeper->wiped);
	pthread_mutex_unlock(&keeper->lock);
	pthread_join(keeper->thread, NULL);
	keeper->started = false;
	db_close(keeper->db);
}
