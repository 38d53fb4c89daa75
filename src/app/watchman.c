/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/watchman.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "account/workspace.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "db/change.h"
#include "db/store.h"
#include "insight/alert_theme.h"
#include "insight/watch_round.h"
#include "reading/pass.h"

#define EVERY_SECONDS 60
#define AGAIN_AFTER   (10 * CLOCK_MINUTE)

/* When a workspace was looked at last. */
struct beat {
	int64_t workspace, day, rev, at;
	bool watching;
};

struct watchman {
	struct store *store;
	struct cubes *cubes;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	struct beat *beats; /* the thread's own */
	size_t count;
};

static struct beat *beat_of(struct watchman *w, int64_t workspace)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->beats[i].workspace == workspace)
			return &w->beats[i];
	w->beats = mem_resize(w->beats, (w->count + 1) * sizeof(*w->beats));
	w->beats[w->count] = (struct beat){ .workspace = workspace };
	return &w->beats[w->count++];
}

static bool is_due(const struct beat *b, int64_t today, int64_t rev, int64_t now)
{
	if (b->day != today)
		return true;
	return !b->watching && b->rev != rev && now - b->at >= AGAIN_AFTER;
}

/* Until earlier comments are read, themes are looked at again when more of them are. */
static bool is_read(struct db *db, int64_t workspace, bool *out, struct err *err)
{
	struct arena arena = { 0 };
	struct pass pass;
	db_bind_workspace(db, workspace);
	bool ok = pass_find(db, &arena, workspace, &pass, err);
	db_bind_workspace(db, 0);
	arena_free(&arena);
	*out = ok && pass.state != PASS_RUNS;
	return ok;
}

static bool visit(struct watchman *w, struct db *db, int64_t workspace, struct err *err)
{
	struct beat *b = beat_of(w, workspace);
	int64_t now = clock_now(store_clock(w->store)), today, rev;
	bool watching, read;
	if (!watch_today(db, workspace, now, &today, err) || !change_rev(db, workspace, &rev, err))
		return false;
	if (!is_due(b, today, rev, now))
		return true;
	if (!watch_round(w->store, db, w->cubes, workspace, &watching, err) ||
	    !emerging_round(w->store, db, w->cubes, workspace, err) ||
	    !is_read(db, workspace, &read, err))
		return false;
	*b = (struct beat){ workspace, today, rev, now, watching && read };
	return true;
}

static bool goes_on(struct watchman *w)
{
	pthread_mutex_lock(&w->lock);
	bool on = !w->stopping;
	pthread_mutex_unlock(&w->lock);
	return on;
}

/* What one workspace stumbles over is no reason to leave out the others; it is tried again a minute later. */
static bool walk(struct watchman *w, struct db *db, struct arena *a, struct err *err)
{
	struct workspace_row *rows;
	size_t count;
	if (!workspace_list(db, a, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count && goes_on(w); i++)
		if (!visit(w, db, rows[i].id, err) && err->kind != ERR_NOT_FOUND)
			log_event(LOG_LEVEL_WARNING, "watch.not_looked", LOG_PAIRS(log_why(err)));
	return true;
}

static void walk_once(struct watchman *w)
{
	struct arena arena = { 0 };
	struct db *db;
	struct err err;
	if (!store_reader_open(w->store, &db, &err)) {
		log_event(LOG_LEVEL_WARNING, "watch.not_looked", LOG_PAIRS(log_why(&err)));
		return;
	}
	if (!walk(w, db, &arena, &err))
		log_event(LOG_LEVEL_WARNING, "watch.not_looked", LOG_PAIRS(log_why(&err)));
	store_reader_close(w->store, db);
	arena_free(&arena);
}

static bool rest(struct watchman *w)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += EVERY_SECONDS;
	pthread_mutex_lock(&w->lock);
	while (!w->stopping && pthread_cond_timedwait(&w->wake, &w->lock, &until) == 0)
		continue;
	bool on = !w->stopping;
	pthread_mutex_unlock(&w->lock);
	return on;
}

static void *watchman_main(void *context)
{
	struct watchman *w = context;
	do
		walk_once(w);
	while (rest(w));
	return NULL;
}

struct watchman *watchman_start(struct store *store, struct cubes *cubes)
{
	struct watchman *w = mem_zeroed(1, sizeof *w);
	*w = (struct watchman){ .store = store, .cubes = cubes };
	MUST(pthread_mutex_init(&w->lock, NULL) == 0);
	MUST(pthread_cond_init(&w->wake, NULL) == 0);
	MUST(pthread_create(&w->thread, NULL, watchman_main, w) == 0);
	return w;
}

void watchman_stop(struct watchman *w)
{
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	free(w->beats);
	free(w);
}
