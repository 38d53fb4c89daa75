/* Group commit. Units run one behind the other in one transaction and are told after its commit.
 *
 * A unit that cannot stay in the batch (a constraint refused a row, or it refused after it had written) rolls the
 * transaction back. Then what stood before it runs again and commits, it runs alone, and the rest makes the next
 * transaction: in order, innocent units run at most twice, and a culprit costs at most one commit more.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdlib.h>

#include "db/store_state.h"

#define RUN_MAX_US     (50 * 1000) /* of units in one transaction, then it commits */
#define TRIES_OF_CLASH 3

enum outcome {
	BATCH_COMMITTED, /* units[0 .. *at) are stored or refused */
	BATCH_SPLIT,     /* nothing is stored; units[*at] is why */
	BATCH_FAILED,
};

int64_t tx_new_id(struct db_tx *tx)
{
	return id_make(tx->ids, tx->now);
}

static bool is_fatal(struct lane *lane)
{
	enum err_kind kind = lane->db->fault.kind;
	return kind == ERR_IO || kind == ERR_CORRUPT || !db_is_sound(lane->db);
}

/* True when the unit can share its transaction: it succeeded, or refused before it wrote. */
static bool run_unit(struct lane *lane, struct unit *unit)
{
	struct db_tx tx = { .db = lane->db,
		            .workspace = unit->workspace,
		            .now = clock_now(lane->store->clock),
		            .arena = &lane->arena,
		            .ids = lane->store->ids,
		            .changes = &lane->changes };
	int64_t touched = lane->db->touched;
	size_t noted = lane->changes.count;
	unit->err = (struct err){ 0 };
	unit->rev = 0;
	db_bind_workspace(lane->db, unit->workspace > 0 ? unit->workspace : DB_GLOBAL_ONLY);
	unit->ok = unit->apply(&tx, unit->input, &unit->err);
	db_bind_workspace(lane->db, 0);
	if (lane->db->fault.kind != ERR_NONE) {
		if (unit->ok || unit->err.kind == ERR_NONE)
			unit->err = lane->db->fault;
		unit->ok = false;
		return false;
	}
	if (unit->ok)
		return true;
	if (unit->err.kind == ERR_NONE)
		err_set(&unit->err, ERR_INTERNAL, "a write failed without a reason");
	change_set_cut(&lane->changes, noted);
	return lane->db->touched == touched;
}

/* A connection that broke while the lane slept is made anew: nothing has run on it yet. */
static bool begin(struct lane *lane, struct err *err)
{
	if (db_begin(lane->db, err))
		return true;
	if (db_is_sound(lane->db))
		return false;
	return db_reopen(lane->db, err) && db_begin(lane->db, err);
}

/* Notes of one unit stand together, and so mostly do those of one workspace. */
static void tell_listener(struct lane *lane, const int64_t *revs)
{
	const struct change_set *set = &lane->changes;
	for (size_t i = 0; i < set->count; i++)
		if (i == 0 || set->notes[i].workspace != set->notes[i - 1].workspace)
			store_tell(lane->store, set->notes[i].workspace, revs[set->notes[i].unit]);
}

static bool commit(struct lane *lane, struct unit **units, size_t count, struct err *err)
{
	int64_t revs[BATCH_MAX] = { 0 };
	if (!change_write(lane->db, &lane->changes, revs, err)) {
		db_rollback(lane->db);
		return false;
	}
	int64_t started = clock_monotonic();
	if (!db_commit(lane->db, err))
		return false;
	int64_t took = clock_monotonic() - started;
	pthread_mutex_lock(&lane->lock);
	lane->stats.batches++;
	lane->stats.commit_us_total += took;
	lane->stats.fsync_us_last = took;
	if (took > lane->stats.commit_us_max)
		lane->stats.commit_us_max = took;
	if ((int64_t)count > lane->stats.largest_batch)
		lane->stats.largest_batch = (int64_t)count;
	pthread_mutex_unlock(&lane->lock);
	for (size_t i = 0; i < count; i++)
		units[i]->rev = revs[i];
	tell_listener(lane, revs);
	return true;
}

/* The whole transaction is lost, through no fault of its units: they are told to try again. */
static enum outcome fail(struct lane *lane, struct err *err)
{
	if (lane->db->fault.kind != ERR_NONE)
		*err = lane->db->fault;
	if (err->kind == ERR_CONFLICT)
		err->kind = ERR_BUSY;
	db_rollback(lane->db);
	pthread_mutex_lock(&lane->lock);
	lane->stats.failed_batches++;
	pthread_mutex_unlock(&lane->lock);
	return BATCH_FAILED;
}

static enum outcome attempt(struct lane *lane, struct unit **units, size_t count, size_t *at,
                            struct err *err)
{
	arena_free(&lane->arena);
	lane->changes.count = 0;
	if (!begin(lane, err) || !change_hold(lane->db, units[0]->workspace, err))
		return fail(lane, err);
	int64_t held = lane->db->touched;
	int64_t late = clock_monotonic() + RUN_MAX_US;
	size_t ran = 0;
	while (ran < count && (ran == 0 || clock_monotonic() < late)) {
		lane->changes.unit = ran;
		bool shares = run_unit(lane, units[ran]);
		if (is_fatal(lane)) {
			err_set(err, ERR_IO, "the database lost the transaction");
			return fail(lane, err);
		}
		if (!shares) {
			db_rollback(lane->db);
			*at = ran;
			return BATCH_SPLIT;
		}
		ran++;
	}
	*at = ran;
	if (lane->db->touched == held) {
		db_rollback(lane->db); /* refusals alone: nothing to make durable */
		return BATCH_COMMITTED;
	}
	return commit(lane, units, ran, err) ? BATCH_COMMITTED : fail(lane, err);
}

/* The culprit stood first, so it ran as if alone. A clash of ids or of two writers gives way to another try,
 * everything else is final. */
static enum outcome settle(struct lane *lane, struct unit *unit, struct err *err)
{
	size_t at;
	enum outcome outcome = BATCH_SPLIT;
	for (int tries = 1; tries < TRIES_OF_CLASH && outcome == BATCH_SPLIT; tries++) {
		enum err_kind kind = lane->db->fault.kind;
		if (kind != ERR_CONFLICT && kind != ERR_BUSY)
			break;
		outcome = attempt(lane, &unit, 1, &at, err);
	}
	return outcome;
}

static void tell(struct lane *lane, struct unit **units, size_t count)
{
	pthread_mutex_lock(&lane->lock);
	lane->stats.units += (int64_t)count;
	pthread_mutex_unlock(&lane->lock);
	for (size_t i = 0; i < count; i++)
		units[i]->done(units[i]);
	arena_free(&lane->arena);
}

bool batch_refuse(struct lane *lane, struct unit **units, size_t count, const struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		units[i]->ok = false;
		units[i]->rev = 0;
		units[i]->err = *err;
	}
	tell(lane, units, count);
	return false;
}

/* Time is up: what has not started is refused, which is no failure of the database. */
static bool is_abandoned(struct lane *lane)
{
	pthread_mutex_lock(&lane->lock);
	bool abandoned = lane->abandon;
	pthread_mutex_unlock(&lane->lock);
	return abandoned;
}

bool batch_run(struct lane *lane, struct unit **units, size_t count, struct err *err)
{
	size_t start = 0, end = count;
	while (start < count) {
		if (is_abandoned(lane)) {
			err_set(err, ERR_BUSY, "the server is stopping: try again");
			batch_refuse(lane, units + start, count - start, err);
			return true;
		}
		size_t at = 0;
		enum outcome outcome = attempt(lane, units + start, end - start, &at, err);
		if (outcome == BATCH_SPLIT) {
			pthread_mutex_lock(&lane->lock);
			lane->stats.retried_batches++;
			pthread_mutex_unlock(&lane->lock);
			if (at > 0) {
				end = start + at; /* first what stood before the culprit */
				continue;
			}
			outcome = settle(lane, units[start], err);
			at = 1;
		}
		if (outcome == BATCH_FAILED)
			return batch_refuse(lane, units + start, count - start, err);
		tell(lane, units + start, at);
		start += at;
		end = count;
	}
	return true;
}
