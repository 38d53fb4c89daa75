/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/store.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/die.h"
#include "db/sqlite.h"
#include "db/store_state.h"

enum db_engine store_engine(const struct store *store)
{
	return store->engine;
}

const struct clock *store_clock(const struct store *store)
{
	return store->clock;
}

const char *store_data_dir(const struct store *store)
{
	return store->data_dir;
}

bool store_wipe(struct store *store, bool *whole, struct err *err)
{
	*whole = false;
	return store->engine != DB_SQLITE || keeper_wipe(store, whole, err);
}

void store_thread(pthread_t *thread, void *(*main)(void *context), void *context)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	MUST(pthread_create(thread, NULL, main, context) == 0);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void store_cond(pthread_cond_t *cond)
{
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(cond, &attr);
	pthread_condattr_destroy(&attr);
}

/* Ids. The lease is renewed at half its time by whoever writes then: an idle process writes nothing, and one
 * that slept too long finds its number taken and gets another. */
bool store_secure_ids(struct store *store, struct db *db, bool probe, struct err *err)
{
	int64_t length = store->purpose == STORE_COMMAND ? LEASE_COMMAND : LEASE_SERVING;
	int64_t now = clock_now(store->clock);
	bool ok = true;
	pthread_mutex_lock(&store->lease_lock);
	if (probe || !store->lease.held || now > store->lease.expires_at - length / 2) {
		ok = lease_secure(&store->lease, db, now, length, err);
		if (ok)
			id_maker_renumber(store->ids, (unsigned)store->lease.number);
	}
	pthread_mutex_unlock(&store->lease_lock);
	return ok;
}

/* Readers. */

bool store_reader_open(struct store *store, struct db **out, struct err *err)
{
	struct db *db;
	if (!store_connect(store, DB_READS, &db, err))
		return false;
	pthread_mutex_lock(&store->lock);
	db->next = store->readers;
	store->readers = db;
	pthread_mutex_unlock(&store->lock);
	*out = db;
	return true;
}

void store_reader_close(struct store *store, struct db *db)
{
	if (!db)
		return;
	pthread_mutex_lock(&store->lock);
	struct db **link = &store->readers;
	while (*link && *link != db)
		link = &(*link)->next;
	MUST(*link == db);
	*link = db->next;
	pthread_mutex_unlock(&store->lock);
	db_close(db);
}

/* Writes. */

static struct lane *lane_of(struct store *store, int64_t workspace)
{
	uint64_t hash = (uint64_t)workspace * UINT64_C(0x9e3779b97f4a7c15) >> 33;
	return &store->lanes[hash % (uint64_t)store->lane_count];
}

bool store_submit(struct store *store, struct unit *unit, struct err *err)
{
	MUST(unit->workspace >= 0 && unit->apply && unit->done);
	if (store_is_damaged(store, err))
		return false;
	return lane_submit(lane_of(store, unit->workspace), unit, err);
}

struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool done;
};

static void wake_waiting(struct unit *unit)
{
	struct waiting *w = unit->owner;
	pthread_mutex_lock(&w->lock);
	w->done = true;
	pthread_cond_signal(&w->told);
	pthread_mutex_unlock(&w->lock);
}

bool store_run(struct store *store, int64_t workspace, enum unit_class class, unit_fn apply,
               void *input, struct err *err)
{
	struct waiting w = { .lock = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER };
	struct unit unit = { .apply = apply,
		             .input = input,
		             .workspace = workspace,
		             .class = class,
		             .done = wake_waiting,
		             .owner = &w };
	if (!store_submit(store, &unit, err))
		return false;
	pthread_mutex_lock(&w.lock);
	while (!w.done)
		pthread_cond_wait(&w.told, &w.lock);
	pthread_mutex_unlock(&w.lock);
	pthread_mutex_destroy(&w.lock);
	pthread_cond_destroy(&w.told);
	if (!unit.ok)
		*err = unit.err;
	return unit.ok;
}

/* Who listens. */

void store_on_commit(struct store *store, store_commit_fn listener, void *context)
{
	size_t at = 0;
	pthread_mutex_lock(&store->listener_lock);
	while (at < STORE_LISTENERS && store->listeners[at].listener)
		at++;
	MUST(at < STORE_LISTENERS);
	store->listeners[at].listener = listener;
	store->listeners[at].context = context;
	pthread_mutex_unlock(&store->listener_lock);
}

void store_off_commit(struct store *store, void *context)
{
	pthread_mutex_lock(&store->listener_lock);
	for (size_t i = 0; i < STORE_LISTENERS; i++)
		if (store->listeners[i].context == context)
			store->listeners[i].listener = NULL;
	pthread_mutex_unlock(&store->listener_lock);
}

void store_tell(struct store *store, int64_t workspace, int64_t rev)
{
	pthread_mutex_lock(&store->listener_lock);
	for (size_t i = 0; i < STORE_LISTENERS; i++)
		if (store->listeners[i].listener)
			store->listeners[i].listener(store->listeners[i].context, workspace, rev);
	pthread_mutex_unlock(&store->listener_lock);
}

/* Health. */

bool store_is_damaged(struct store *store, struct err *why)
{
	pthread_mutex_lock(&store->lock);
	bool damaged = store->damaged;
	if (damaged)
		*why = store->damage;
	pthread_mutex_unlock(&store->lock);
	return damaged;
}

void store_mark_damaged(struct store *store, const char *table, const struct err *err)
{
	pthread_mutex_lock(&store->lock);
	bool news = !store->damaged || (table[0] && store->damage.path[0] == '\0');
	if (news && table[0])
		err_at(
		    &store->damage, ERR_CORRUPT, table,
		    "the table %s is damaged. Nothing is written any more; stop Heed and restore "
		    "the newest backup: heed restore --data %s BACKUP",
		    table, store->data_dir);
	else if (news)
		err_set(&store->damage, ERR_CORRUPT,
		        "%s. Nothing is written any more; stop Heed and restore the newest backup: "
		        "heed restore --data %s BACKUP",
		        err->msg, store->data_dir);
	store->damaged = true;
	pthread_mutex_unlock(&store->lock);
}

bool store_is_ready(struct store *store, struct err *why)
{
	if (store_is_damaged(store, why))
		return false;
	for (int i = 0; i < store->lane_count; i++) {
		struct lane *lane = &store->lanes[i];
		pthread_mutex_lock(&lane->lock);
		bool ok = !lane->down && !lane->stop;
		if (lane->down)
			*why = lane->why;
		else if (lane->stop)
			err_set(why, ERR_BUSY, "the server is stopping");
		pthread_mutex_unlock(&lane->lock);
		if (!ok)
			return false;
	}
	return true;
}

static void add_lane(struct store_stats *sum, struct lane *lane)
{
	pthread_mutex_lock(&lane->lock);
	const struct store_stats *s = &lane->stats;
	sum->units += s->units;
	sum->batches += s->batches;
	sum->retried_batches += s->retried_batches;
	sum->failed_batches += s->failed_batches;
	sum->commit_us_total += s->commit_us_total;
	if (s->commit_us_max > sum->commit_us_max)
		sum->commit_us_max = s->commit_us_max;
	if (s->fsync_us_last > sum->fsync_us_last)
		sum->fsync_us_last = s->fsync_us_last;
	if (s->largest_batch > sum->largest_batch)
		sum->largest_batch = s->largest_batch;
	sum->queued_interactive += (int64_t)lane->queues[UNIT_INTERACTIVE].count;
	sum->queued_bulk += (int64_t)lane->queues[UNIT_BULK].count;
	pthread_mutex_unlock(&lane->lock);
}

static void add_readers(struct store *store, struct store_stats *sum)
{
	int64_t now = clock_monotonic();
	pthread_mutex_lock(&store->lock);
	for (struct db *db = store->readers; db; db = db->next) {
		int64_t since = atomic_load_explicit(&db->read_since, memory_order_relaxed);
		sum->readers_open++;
		if (since && now - since > sum->oldest_reader_us)
			sum->oldest_reader_us = now - since;
	}
	pthread_mutex_unlock(&store->lock);
}

void store_stats(struct store *store, struct store_stats *out)
{
	struct stat wal;
	char path[4200];
	*out = (struct store_stats){ 0 };
	for (int i = 0; i < store->lane_count; i++)
		add_lane(out, &store->lanes[i]);
	add_readers(store, out);
	snprintf(path, sizeof path, "%s-wal", store->path ? store->path : "");
	if (store->path && stat(path, &wal) == 0)
		out->wal_bytes = wal.st_size;
}
