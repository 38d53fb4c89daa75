/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_undo.h"

#include <pthread.h>

#include "feedback/import_pace.h"
#include "feedback/import_store.h"

#define FLIGHT 3

struct undo;

struct undo_unit {
	struct unit unit;
	struct import_undo_input in;
	struct undo *undo;
	struct undo_unit *next;
};

/* `lock` guards all that stands behind it: lanes write it. */
struct undo {
	const struct import_undo_job *job;
	struct undo_unit units[FLIGHT];

	pthread_mutex_t lock;
	pthread_cond_t returned;
	struct undo_unit *free;
	size_t free_count;
	struct import_pace pace;
	int64_t answers;
	bool over; /* nothing is left, or one failed */
	bool failed;
	struct err why;
};

/* A workspace's units run in their order: what one says of an import that another ended before does not matter. */
static void unit_settle(struct undo *undo, const struct undo_unit *u)
{
	if (u->unit.ok) {
		undo->answers += (int64_t)u->in.answers;
		undo->over = undo->over || u->in.last;
		import_pace_follow(&undo->pace, u->in.answers, u->in.apply_us);
	} else if (!undo->over) {
		undo->over = undo->failed = true;
		undo->why = u->unit.err;
	}
}

static void unit_return(struct undo *undo, struct undo_unit *u)
{
	u->next = undo->free;
	undo->free = u;
	undo->free_count++;
	pthread_cond_signal(&undo->returned);
}

/* On a lane's thread. */
static void unit_done(struct unit *unit)
{
	struct undo_unit *u = unit->owner;
	struct undo *undo = u->undo;
	pthread_mutex_lock(&undo->lock);
	unit_settle(undo, u);
	unit_return(undo, u);
	pthread_mutex_unlock(&undo->lock);
}

/* NULL when nothing is to be sent any more. */
static struct undo_unit *unit_take(struct undo *undo, int64_t *answers)
{
	pthread_mutex_lock(&undo->lock);
	while (!undo->free)
		pthread_cond_wait(&undo->returned, &undo->lock);
	struct undo_unit *u = undo->over ? NULL : undo->free;
	if (u) {
		undo->free = u->next;
		undo->free_count--;
		u->in = (struct import_undo_input){ .id = undo->job->id, .max = undo->pace.target };
	}
	*answers = undo->answers;
	pthread_mutex_unlock(&undo->lock);
	return u;
}

static bool unit_send(struct undo *undo, struct undo_unit *u, struct err *err)
{
	const struct import_undo_job *job = undo->job;
	u->unit = (struct unit){ .apply = import_undo_some,
		                 .input = &u->in,
		                 .workspace = job->workspace,
		                 .class = UNIT_BULK,
		                 .done = unit_done,
		                 .owner = u };
	if (job->stopped && job->stopped(job->context))
		err_set(err, ERR_BUSY, "The server is stopping");
	else if (store_submit(job->store, &u->unit, err))
		return true;
	pthread_mutex_lock(&undo->lock);
	unit_return(undo, u);
	pthread_mutex_unlock(&undo->lock);
	return false;
}

static void wait_for_all(struct undo *undo)
{
	pthread_mutex_lock(&undo->lock);
	while (undo->free_count < FLIGHT)
		pthread_cond_wait(&undo->returned, &undo->lock);
	pthread_mutex_unlock(&undo->lock);
}

static void undo_init(struct undo *undo)
{
	undo->pace = import_pace_begin();
	pthread_mutex_init(&undo->lock, NULL);
	pthread_cond_init(&undo->returned, NULL);
	for (size_t i = 0; i < FLIGHT; i++) {
		undo->units[i].undo = undo;
		unit_return(undo, &undo->units[i]);
	}
}

bool import_undo(const struct import_undo_job *job, int64_t *answers, struct err *err)
{
	struct undo undo = { .job = job };
	struct undo_unit *u;
	bool ok = true;
	undo_init(&undo);
	while (ok && (u = unit_take(&undo, answers))) {
		ok = unit_send(&undo, u, err);
		if (ok && job->progress)
			job->progress(job->context, *answers);
	}
	wait_for_all(&undo);
	if (ok && undo.failed)
		*err = undo.why;
	*answers = undo.answers;
	pthread_cond_destroy(&undo.returned);
	pthread_mutex_destroy(&undo.lock);
	return ok && !undo.failed;
}
