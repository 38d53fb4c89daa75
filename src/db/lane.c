/* A lane: a thread that takes what waits, commits it together, and tells. Design decisions 2 and 3.
 *
 * Interactive units go first; a bulk unit gets a transaction of its own between two interactive batches, so that
 * neither waits for more than one of the other. After a failed commit the lane is down: it refuses what waits, makes
 * every connection anew, and takes work again when a probe commit has worked.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <signal.h>
#include <unistd.h>

#include "base/die.h"
#include "db/store_state.h"

#define COMMAND_PAUSE_US 2000

static bool has_work(const struct lane *lane)
{
	return lane->queues[UNIT_INTERACTIVE].count + lane->queues[UNIT_BULK].count > 0;
}

static void push(struct lane_queue *q, struct unit *unit)
{
	unit->next = NULL;
	if (q->last)
		q->last->next = unit;
	else
		q->first = unit;
	q->last = unit;
	q->count++;
}

/* Takes up to `max` units off the queue in order; of one workspace alone where a transaction may hold only one. */
static size_t pull(struct lane_queue *q, bool one_workspace, struct unit **out, size_t max)
{
	struct unit *unit = q->first;
	struct lane_queue rest = { 0 };
	int64_t workspace = unit ? unit->workspace : 0;
	size_t n = 0;
	while (unit) {
		struct unit *next = unit->next;
		if (n < max && (!one_workspace || unit->workspace == workspace))
			out[n++] = unit;
		else if (!one_workspace) {
			rest.first = unit;
			rest.last = q->last;
			rest.count = q->count - n;
			break;
		} else
			push(&rest, unit);
		unit = next;
	}
	*q = rest;
	return n;
}

static size_t take_batch(struct lane *lane, struct unit **out)
{
	struct lane_queue *interactive = &lane->queues[UNIT_INTERACTIVE];
	struct lane_queue *bulk = &lane->queues[UNIT_BULK];
	bool bulk_now = bulk->count > 0 && (interactive->count == 0 || !lane->bulk_was_last);
	bool one_workspace = lane->store->engine != DB_SQLITE;
	lane->bulk_was_last = bulk_now;
	return pull(bulk_now ? bulk : interactive, one_workspace, out, bulk_now ? 1 : BATCH_MAX);
}

/* Connection and process number. */
static bool prepare(struct lane *lane, bool probe, struct err *err)
{
	if (!lane->db && !store_connect(lane->store, DB_WRITES, &lane->db, err))
		return false;
	return store_secure_ids(lane->store, lane->db, probe, err);
}

static void go_down(struct lane *lane, const struct err *err)
{
	atomic_fetch_add(&lane->store->watch.generation, 1);
	if (err->kind == ERR_CORRUPT)
		store_mark_damaged(lane->store, "", err);
	pthread_mutex_lock(&lane->lock);
	lane->down = true;
	lane->why = *err;
	pthread_mutex_unlock(&lane->lock);
}

static void run_batch(struct lane *lane, struct unit **units, size_t count)
{
	struct err err = { 0 };
	bool ok = prepare(lane, false, &err) ? batch_run(lane, units, count, &err)
	                                     : batch_refuse(lane, units, count, &err);
	if (!ok)
		go_down(lane, &err);
	/* A command leaves room for the server beside it. */
	if (ok && lane->bulk_was_last && lane->store->purpose == STORE_COMMAND)
		usleep(COMMAND_PAUSE_US);
}

static void refuse_all(struct lane *lane, const struct err *why)
{
	struct unit *units[BATCH_MAX];
	size_t count;
	do {
		pthread_mutex_lock(&lane->lock);
		count = pull(&lane->queues[UNIT_INTERACTIVE], false, units, BATCH_MAX);
		if (count == 0)
			count = pull(&lane->queues[UNIT_BULK], false, units, BATCH_MAX);
		pthread_mutex_unlock(&lane->lock);
		batch_refuse(lane, units, count, why);
	} while (count > 0);
}

static void wait_until(struct lane *lane, int64_t monotonic_us)
{
	struct timespec t = { .tv_sec = monotonic_us / CLOCK_SECOND,
		              .tv_nsec = monotonic_us % CLOCK_SECOND * 1000 };
	pthread_cond_timedwait(&lane->wake, &lane->lock, &t);
}

/* While down: refuses what came in, waits a little, tries a commit. Returns when it worked or the lane ends. */
static void recover(struct lane *lane)
{
	struct err err = lane->why;
	bool up = false;
	while (!up) {
		refuse_all(lane, &err);
		bool hopeless = store_is_damaged(lane->store, &err);
		int64_t next = clock_monotonic() + (hopeless ? CLOCK_DAY : PROBE_EVERY_US);
		pthread_mutex_lock(&lane->lock);
		while (!lane->stop && clock_monotonic() < next)
			wait_until(lane, next);
		bool stop = lane->stop;
		pthread_mutex_unlock(&lane->lock);
		if (stop)
			return;
		up = !hopeless && (!lane->db || db_reopen(lane->db, &err)) &&
		     prepare(lane, true, &err);
		pthread_mutex_lock(&lane->lock);
		lane->down = !up;
		lane->why = err;
		pthread_mutex_unlock(&lane->lock);
	}
}

/* Waits for something to do; *count 0 means to recover. False: the lane is to end. */
static bool next_batch(struct lane *lane, struct unit **units, size_t *count)
{
	pthread_mutex_lock(&lane->lock);
	lane->running = false;
	pthread_cond_broadcast(&lane->rest);
	while (!lane->abandon && !lane->down && (lane->held || (!has_work(lane) && !lane->stop)))
		pthread_cond_wait(&lane->wake, &lane->lock);
	bool ends = lane->abandon || (lane->stop && (lane->down || !has_work(lane)));
	lane->running = !ends;
	*count = ends || lane->down ? 0 : take_batch(lane, units);
	pthread_mutex_unlock(&lane->lock);
	return !ends;
}

static void *lane_main(void *context)
{
	struct lane *lane = context;
	struct unit *units[BATCH_MAX];
	size_t count;
	struct err why;
	while (next_batch(lane, units, &count)) {
		if (count > 0)
			run_batch(lane, units, count);
		else
			recover(lane);
	}
	err_set(&why, ERR_BUSY, "the server is stopping: try again");
	refuse_all(lane, &why);
	return NULL;
}

bool lane_submit(struct lane *lane, struct unit *unit, struct err *err)
{
	struct lane_queue *q = &lane->queues[unit->class];
	bool ok = true;
	pthread_mutex_lock(&lane->lock);
	if (lane->stop)
		ok = err_set(err, ERR_BUSY, "the server is stopping: try again");
	else if (lane->down) {
		*err = lane->why;
		ok = false;
	} else if (q->count >= lane->store->queue_max)
		ok = err_set(err, ERR_BUSY, "too many writes are waiting: try again");
	else {
		push(q, unit);
		if (!lane->running)
			pthread_cond_signal(&lane->wake);
	}
	pthread_mutex_unlock(&lane->lock);
	return ok;
}

void lane_hold(struct lane *lane)
{
	pthread_mutex_lock(&lane->lock);
	lane->held = true;
	while (lane->running && !lane->stop)
		pthread_cond_wait(&lane->rest, &lane->lock);
	pthread_mutex_unlock(&lane->lock);
}

void lane_release(struct lane *lane)
{
	pthread_mutex_lock(&lane->lock);
	lane->held = false;
	pthread_cond_signal(&lane->wake);
	pthread_mutex_unlock(&lane->lock);
}

void lane_start(struct lane *lane, struct store *store)
{
	*lane = (struct lane){ .store = store };
	pthread_mutex_init(&lane->lock, NULL);
	store_cond(&lane->wake);
	store_cond(&lane->rest);
	store_thread(&lane->thread, lane_main, lane);
}

void lane_refuse_new(struct lane *lane)
{
	pthread_mutex_lock(&lane->lock);
	lane->stop = true;
	pthread_cond_broadcast(&lane->wake);
	pthread_cond_broadcast(&lane->rest);
	pthread_mutex_unlock(&lane->lock);
}

void lane_stop(struct lane *lane, int64_t monotonic_deadline)
{
	struct timespec t = { .tv_sec = monotonic_deadline / CLOCK_SECOND,
		              .tv_nsec = monotonic_deadline % CLOCK_SECOND * 1000 };
	lane_refuse_new(lane);
	pthread_mutex_lock(&lane->lock);
	while ((lane->running || has_work(lane)) && clock_monotonic() < monotonic_deadline)
		pthread_cond_timedwait(&lane->rest, &lane->lock, &t);
	lane->abandon = true;
	pthread_cond_broadcast(&lane->wake);
	pthread_mutex_unlock(&lane->lock);
	pthread_join(lane->thread, NULL);
}

void lane_free(struct lane *lane)
{
	db_close(lane->db);
	pthread_mutex_destroy(&lane->lock);
	pthread_cond_destroy(&lane->wake);
	pthread_cond_destroy(&lane->rest);
	change_set_free(&lane->changes);
	arena_free(&lane->arena);
}
