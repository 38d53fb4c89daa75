/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/learning_thread.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "account/workspace.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "db/change.h"
#include "db/store.h"
#include "insight/watch_round.h"
#include "reading/learn.h"
#include "reading/learnt.h"
#include "reading/pass.h"

#define EVERY_SECONDS 2
#define AGAIN_AFTER   (10 * CLOCK_MINUTE)
#define PRIORITY      10

/* Of a workspace that has taught nothing yet: when it was looked at last. */
struct beat {
	int64_t workspace, rev, at;
};

struct learning_thread {
	struct store *store;
	const struct analyst_files *files;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	struct beat *beats; /* the thread's own */
	size_t count;
};

static bool goes_on(void *context)
{
	struct learning_thread *t = context;
	pthread_mutex_lock(&t->lock);
	bool on = !t->stopping;
	pthread_mutex_unlock(&t->lock);
	return on;
}

static struct beat *beat_of(struct learning_thread *t, int64_t workspace)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->beats[i].workspace == workspace)
			return &t->beats[i];
	t->beats = mem_resize(t->beats, (t->count + 1) * sizeof *t->beats);
	t->beats[t->count] = (struct beat){ .workspace = workspace, .rev = -1 };
	return &t->beats[t->count++];
}

/* Since its midnight, or since it changed. */
static bool has_cause(struct learning_thread *t, struct db *db, int64_t workspace,
                      const struct learning *state, bool *out, struct err *err)
{
	struct beat *b = beat_of(t, workspace);
	int64_t now = clock_now(store_clock(t->store)), today, day = 0, rev;
	if (!change_rev(db, workspace, &rev, err) ||
	    !watch_today(db, workspace, now, &today, err) ||
	    (state->looked_at && !watch_today(db, workspace, state->looked_at, &day, err)))
		return false;
	bool first = state->version == 0;
	*out = first ? b->rev != rev && (b->rev < 0 || now - b->at >= AGAIN_AFTER) : day != today;
	if (*out)
		*b = (struct beat){ workspace, rev, now };
	return true;
}

/* State RUNS is what a server left that was killed. */
static bool is_due(struct learning_thread *t, struct db *db, int64_t workspace, bool *out,
                   struct err *err)
{
	struct arena a = { 0 };
	struct learning state;
	struct pass pass;
	bool ok = learning_find(db, &a, workspace, &state, err) &&
	          pass_find(db, &a, workspace, &pass, err);
	*out = ok && state.state != LEARNING_RESTS;
	if (ok && !*out)
		ok = has_cause(t, db, workspace, &state, out, err);
	*out = *out && pass.state != PASS_RUNS;
	arena_free(&a);
	return ok;
}

static void visit(struct learning_thread *t, struct db *db, int64_t workspace)
{
	const struct learn_wish wish = { t->store, t->files, goes_on, t };
	struct err err;
	bool due;
	if (is_due(t, db, workspace, &due, &err) && (!due || learn(&wish, db, workspace, &err)))
		return;
	if (err.kind != ERR_NOT_FOUND)
		log_event(LOG_LEVEL_WARNING, "learning.not_learnt",
		          LOG_PAIRS(log_id("workspace", workspace), log_why(&err)));
}

static void walk(struct learning_thread *t, struct db *db)
{
	struct arena a = { 0 };
	struct workspace_row *rows;
	struct err err;
	size_t count;
	bool ok = workspace_list(db, &a, &rows, &count, &err);
	if (!ok)
		log_event(LOG_LEVEL_WARNING, "learning.not_learnt", LOG_PAIRS(log_why(&err)));
	for (size_t i = 0; ok && i < count && goes_on(t); i++)
		visit(t, db, rows[i].id);
	arena_free(&a);
}

static bool rest(struct learning_thread *t)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += EVERY_SECONDS;
	pthread_mutex_lock(&t->lock);
	while (!t->stopping && pthread_cond_timedwait(&t->wake, &t->lock, &until) == 0)
		continue;
	bool on = !t->stopping;
	pthread_mutex_unlock(&t->lock);
	return on;
}

static void *thread_main(void *context)
{
	struct learning_thread *t = context;
	struct db *db = NULL;
	struct err err;
	/* Of this thread alone: that is how Linux has it. */
	(void)setpriority(PRIO_PROCESS, 0, PRIORITY);
	while (!db && rest(t))
		if (!store_reader_open(t->store, &db, &err))
			log_event(LOG_LEVEL_WARNING, "learning.not_learnt",
			          LOG_PAIRS(log_why(&err)));
	if (!db)
		return NULL;
	do
		walk(t, db);
	while (rest(t));
	store_reader_close(t->store, db);
	return NULL;
}

struct learning_thread *learning_thread_start(struct store *store,
                                              const struct analyst_files *files)
{
	struct learning_thread *t = mem_zeroed(1, sizeof *t);
	t->store = store;
	t->files = files;
	MUST(pthread_mutex_init(&t->lock, NULL) == 0);
	MUST(pthread_cond_init(&t->wake, NULL) == 0);
	MUST(pthread_create(&t->thread, NULL, thread_main, t) == 0);
	return t;
}

void learning_thread_stop(struct learning_thread *t)
{
	pthread_mutex_lock(&t->lock);
	t->stopping = true;
	pthread_cond_signal(&t->wake);
	pthread_mutex_unlock(&t->lock);
	pthread_join(t->thread, NULL);
	pthread_cond_destroy(&t->wake);
	pthread_mutex_destroy(&t->lock);
	free(t->beats);
	free(t);
}
