/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_runner.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "account/workspace.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "feedback/import.h"
#include "feedback/import_job.h"
#include "feedback/import_rejects.h"
#include "feedback/import_source.h"
#include "feedback/import_undo.h"
#include "feedback/import_wishes.h"
#include "feedback/upload.h"

#define RUNNERS       2
#define TRY_AGAIN_US  (5 * CLOCK_SECOND)
#define TELL_AFTER_US (CLOCK_SECOND / 2)

/* One thread, and what it does. `progress`, `workspace` and `id` stand under the runner's lock. */
struct runner {
	struct import_runner *all;
	pthread_t thread;
	int64_t workspace, id; /* 0: nothing */
	struct import_progress progress;
	int64_t began; /* monotonic: the present phase */
};

struct import_runner {
	struct store *store;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	int64_t *waiting; /* workspaces */
	size_t count, room;
	atomic_bool stopping;
	struct runner runners[RUNNERS];
};

/* --- whose turn it is --------------------------------------------------------------------------------- */

void import_runner_wake(struct import_runner *all, int64_t workspace)
{
	bool known = false;
	pthread_mutex_lock(&all->lock);
	for (size_t i = 0; i < all->count; i++)
		known = known || all->waiting[i] == workspace;
	if (!known && all->count == all->room) {
		all->room = all->room ? 2 * all->room : 16;
		all->waiting = mem_resize(all->waiting, all->room * sizeof *all->waiting);
	}
	if (!known)
		all->waiting[all->count++] = workspace;
	pthread_cond_broadcast(&all->wake);
	pthread_mutex_unlock(&all->lock);
}

/* Under the lock. */
static bool is_busy(const struct import_runner *all, int64_t workspace)
{
	for (size_t i = 0; i < RUNNERS; i++)
		if (all->runners[i].workspace == workspace)
			return true;
	return false;
}

/* Under the lock: the workspace that waits for the longest time and has nothing under way; 0: none. */
static int64_t take_free(struct import_runner *all)
{
	for (size_t i = 0; i < all->count; i++) {
		int64_t workspace = all->waiting[i];
		if (is_busy(all, workspace))
			continue;
		all->count--;
		for (size_t k = i; k < all->count; k++)
			all->waiting[k] = all->waiting[k + 1];
		return workspace;
	}
	return 0;
}

static int64_t workspace_take(struct runner *r)
{
	struct import_runner *all = r->all;
	int64_t workspace = 0;
	pthread_mutex_lock(&all->lock);
	while (!atomic_load(&all->stopping) && !(workspace = take_free(all)))
		pthread_cond_wait(&all->wake, &all->lock);
	r->workspace = workspace;
	pthread_mutex_unlock(&all->lock);
	return workspace;
}

static void workspace_leave(struct runner *r)
{
	pthread_mutex_lock(&r->all->lock);
	r->workspace = 0;
	r->id = 0;
	pthread_cond_broadcast(&r->all->wake);
	pthread_mutex_unlock(&r->all->lock);
}

/* --- what is told of it ------------------------------------------------------------------------------- */

static void enter(struct runner *r, int64_t id, enum import_phase phase, int64_t total)
{
	pthread_mutex_lock(&r->all->lock);
	r->id = id;
	r->began = clock_monotonic();
	r->progress = (struct import_progress){ .phase = phase, .total = total };
	pthread_mutex_unlock(&r->all->lock);
}

static void tell(struct runner *r, int64_t rows, const struct import_counts *counts)
{
	int64_t took = clock_monotonic() - r->began;
	pthread_mutex_lock(&r->all->lock);
	r->progress.rows = rows;
	if (counts) {
		r->progress.scored = counts->scored;
		r->progress.comments = counts->comments;
		r->progress.rejected = counts->rejected;
	}
	if (took > TELL_AFTER_US)
		r->progress.rate = (double)rows * (double)CLOCK_SECOND / (double)took;
	pthread_mutex_unlock(&r->all->lock);
}

bool import_runner_progress(struct import_runner *all, int64_t workspace, int64_t id,
                            struct import_progress *out)
{
	bool found = false;
	pthread_mutex_lock(&all->lock);
	for (size_t i = 0; i < RUNNERS && !found; i++) {
		const struct runner *r = &all->runners[i];
		found = r->workspace == workspace && r->id == id;
		if (found)
			*out = r->progress;
	}
	pthread_mutex_unlock(&all->lock);
	return found;
}

/* False when the runner stops meanwhile. */
static bool wait_for_storage(struct runner *r, const struct err *why)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += TRY_AGAIN_US / CLOCK_SECOND;
	log_event(LOG_LEVEL_WARNING, "import.waits",
	          LOG_PAIRS(log_id("import", r->id), log_why(why)));
	pthread_mutex_lock(&r->all->lock);
	r->progress.waits = true;
	while (!atomic_load(&r->all->stopping) &&
	       pthread_cond_timedwait(&r->all->wake, &r->all->lock, &until) == 0)
		continue;
	r->progress.waits = false;
	pthread_mutex_unlock(&r->all->lock);
	return !atomic_load(&r->all->stopping);
}

/* --- one import --------------------------------------------------------------------------------------- */

struct work {
	struct runner *runner;
	struct arena arena;
	struct import_job_record job;
	struct import_request request;
	struct import_source *source;
	struct import_plan plan;
	const struct zone *zone;
	struct import_rejects rejects;
};

static bool goes_on(void *context)
{
	struct work *w = context;
	return !atomic_load(&w->runner->all->stopping);
}

static bool stopped(void *context)
{
	return !goes_on(context);
}

static void progress(void *context, const struct import_counts *counts)
{
	struct work *w = context;
	tell(w->runner, counts->rows, counts);
}

static void rejected(void *context, const struct csv_row *row, const char *why)
{
	struct work *w = context;
	import_rejects_add(&w->rejects, row, why);
}

/* Before anybody may ask for the file. */
static void rejected_all(void *context)
{
	struct work *w = context;
	struct err why;
	if (!import_rejects_end(&w->rejects, &why))
		log_event(LOG_LEVEL_WARNING, "import.no_rejects", LOG_PAIRS(log_why(&why)));
}

static bool work_load(struct work *w, int64_t id, struct err *err)
{
	struct import_runner *all = w->runner->all;
	struct db *db;
	if (!store_reader_open(all->store, &db, err))
		return false;
	db_bind_workspace(db, w->runner->workspace);
	bool ok = import_job_find(db, &w->arena, w->runner->workspace, id, &w->job, err) &&
	          workspace_zone(db, w->runner->workspace, &w->arena, &w->zone, err) &&
	          import_request_read(&w->arena, w->job.wishes, &w->request, err);
	store_reader_close(all->store, db);
	return ok;
}

static bool source_open(struct work *w, struct err *err)
{
	const char *path = upload_path(w->runner->all->store, &w->arena, w->job.file);
	if (w->job.file.at && import_source_open(path, &w->source, err))
		return true;
	if (w->job.file.at && err->kind != ERR_NOT_FOUND)
		return false;
	return err_set(err, ERR_GONE,
	               "The file is not here any more: it was kept for a day, or the data were "
	               "restored. Send it again");
}

static bool plan_make(struct work *w, struct err *err)
{
	struct import_scan *scan = ARENA_NEW(&w->arena, struct import_scan);
	if (!source_open(w, err) ||
	    !import_scan_make(w->source, w->request.plan.preset, &w->arena, goes_on, w, scan,
	                      err) ||
	    !import_plan_decide(scan, &w->request.plan, &w->arena, &w->plan, err))
		return false;
	for (int q = 0; q < QUESTION_COUNT; q++) {
		if (!w->plan.asks[q])
			continue;
		*err = w->plan.why[q];
		return false;
	}
	return true;
}

static bool rows_take(struct work *w, struct err *err)
{
	struct import_runner *all = w->runner->all;
	struct import_counts counts;
	int64_t id;
	struct import_job job = {
		.store = all->store,
		.workspace = w->runner->workspace,
		.id = w->job.id,
		.only_new = w->request.repeat == REPEAT_NEW,
		.zone = w->zone,
		.source = w->source,
		.plan = &w->plan,
		.survey = w->job.survey,
		.file_name = w->job.file_name,
		.rejected = rejected,
		.rejected_all = rejected_all,
		.progress = progress,
		.stopped = stopped,
		.context = w,
	};
	const char *path =
	    upload_rejects_path(all->store, &w->arena, w->runner->workspace, w->job.id);
	enter(w->runner, w->job.id, PHASE_TAKING, w->plan.rows);
	import_rejects_start(&w->rejects, path, &w->plan, true);
	bool ok = import_run(&job, &id, &counts, err);
	if (!ok)
		rejected_all(w); /* what there is of it */
	return ok;
}

static bool import_work(struct runner *r, int64_t id, struct err *err)
{
	struct work w = { .runner = r };
	enter(r, id, PHASE_READING, 0);
	bool ok = work_load(&w, id, err) && plan_make(&w, err) && rows_take(&w, err);
	import_source_close(w.source);
	arena_free(&w.arena);
	return ok;
}

static int64_t rows_of(struct runner *r, int64_t id)
{
	struct err ignored;
	struct db *db;
	int64_t count = 0;
	if (!store_reader_open(r->all->store, &db, &ignored))
		return 0;
	db_bind_workspace(db, r->workspace);
	if (!import_added(db, r->workspace, id, &count, &ignored))
		count = 0;
	store_reader_close(r->all->store, db);
	return count;
}

static bool undo_stopped(void *context)
{
	struct runner *r = context;
	return atomic_load(&r->all->stopping);
}

static void undo_progress(void *context, int64_t answers)
{
	tell(context, answers, NULL);
}

static bool undo_work(struct runner *r, int64_t id, struct err *err)
{
	struct import_undo_job job = { r->all->store, r->workspace, id,
		                       undo_progress, undo_stopped, r };
	int64_t answers;
	enter(r, id, PHASE_UNDOING, rows_of(r, id));
	if (!import_undo(&job, &answers, err))
		return false;
	struct arena a = { 0 };
	unlink(upload_rejects_path(r->all->store, &a, r->workspace, id));
	arena_free(&a);
	return true;
}

/* --- one after the other ------------------------------------------------------------------------------ */

static bool give_up(struct runner *r, int64_t id, const struct err *why, struct err *err)
{
	struct import_fail_input in = { .id = id, .why = str_of(why->msg) };
	bool ours = why->kind == ERR_INTERNAL || why->kind == ERR_CORRUPT;
	if (ours)
		in.why = STR("Something is wrong on the server's side; its log says what.");
	log_event(LOG_LEVEL_WARNING, "import.given_up",
	          LOG_PAIRS(log_id("import", id), log_text("kind", str_of(err_name(why->kind)))));
	return store_run(r->all->store, r->workspace, UNIT_INTERACTIVE, import_give_up, &in, err);
}

static bool is_passing(const struct err *err)
{
	return err->kind == ERR_IO || err->kind == ERR_BUSY;
}

/* False when the storage failed on the way. What was taken back meanwhile is not given up (feedback/import_job.h): the
 * next look finds it. */
static bool job_do(struct runner *r, const struct import_next_job *job, struct err *err)
{
	struct err why;
	if (job->state == IMPORT_UNDOING)
		return undo_work(r, job->id, err);
	if (import_work(r, job->id, &why))
		return true;
	*err = why;
	return !is_passing(&why) && give_up(r, job->id, &why, err);
}

static bool job_next(struct runner *r, struct import_next_job *out, struct err *err)
{
	struct db *db;
	if (!store_reader_open(r->all->store, &db, err))
		return false;
	db_bind_workspace(db, r->workspace);
	bool ok = import_next_job(db, r->workspace, out, err);
	store_reader_close(r->all->store, db);
	return ok;
}

static void workspace_work(struct runner *r)
{
	struct import_next_job job;
	struct err err;
	while (!atomic_load(&r->all->stopping)) {
		bool ok = job_next(r, &job, &err);
		if (ok && job.id == 0)
			return;
		if (ok && job_do(r, &job, &err))
			continue;
		if (!wait_for_storage(r, &err))
			return;
	}
}

static void *runner_main(void *context)
{
	struct runner *r = context;
	while (workspace_take(r)) {
		workspace_work(r);
		workspace_leave(r);
	}
	return NULL;
}

static bool wake_waiting(struct import_runner *all, struct db *db, struct arena *a, struct err *err)
{
	struct workspace_row *rows;
	struct import_next_job job;
	size_t count;
	if (!workspace_list(db, a, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!import_next_job(db, rows[i].id, &job, err))
			return false;
		if (job.id)
			import_runner_wake(all, rows[i].id);
	}
	return true;
}

/* What an earlier process left. A database that cannot be read now has more to say than this. */
static void wake_all(struct import_runner *all)
{
	struct arena a = { 0 };
	struct err err;
	struct db *db = NULL;
	bool ok = store_reader_open(all->store, &db, &err) && wake_waiting(all, db, &a, &err);
	if (!ok)
		log_event(LOG_LEVEL_WARNING, "import.not_resumed", LOG_PAIRS(log_why(&err)));
	if (db)
		store_reader_close(all->store, db);
	arena_free(&a);
}

struct import_runner *import_runner_start(struct store *store)
{
	struct import_runner *all = mem_zeroed(1, sizeof *all);
	all->store = store;
	MUST(pthread_mutex_init(&all->lock, NULL) == 0);
	MUST(pthread_cond_init(&all->wake, NULL) == 0);
	for (size_t i = 0; i < RUNNERS; i++) {
		all->runners[i].all = all;
		MUST(pthread_create(&all->runners[i].thread, NULL, runner_main, &all->runners[i]) ==
		     0);
	}
	wake_all(all);
	return all;
}

void import_runner_stop(struct import_runner *all)
{
	if (!all)
		return;
	pthread_mutex_lock(&all->lock);
	atomic_store(&all->stopping, true);
	pthread_cond_broadcast(&all->wake);
	pthread_mutex_unlock(&all->lock);
	for (size_t i = 0; i < RUNNERS; i++)
		pthread_join(all->runners[i].thread, NULL);
	pthread_cond_destroy(&all->wake);
	pthread_mutex_destroy(&all->lock);
	free(all->waiting);
	free(all);
}
