/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/rounds.h"

#include <stdlib.h>

#include "account/workspace.h"
#include "app/sleeper.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"

struct rounds {
	struct store *store;
	const struct rounds_plan *plan;
	void *context;
	struct db *db; /* the thread's own */
	struct sleeper sleeper;
	pthread_mutex_t lock;
	int64_t *woken; /* [count], the next first */
	size_t count, room;
};

void rounds_add(struct rounds *r, int64_t workspace)
{
	bool known = false;
	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < r->count && !known; i++)
		known = r->woken[i] == workspace;
	if (!known && r->count == r->room) {
		r->room = r->room ? 2 * r->room : 16;
		r->woken = mem_resize(r->woken, r->room * sizeof *r->woken);
	}
	if (!known)
		r->woken[r->count++] = workspace;
	pthread_mutex_unlock(&r->lock);
	sleeper_wake(&r->sleeper);
}

/* On a lane's thread. */
static void on_commit(void *context, int64_t workspace, int64_t rev)
{
	(void)rev;
	rounds_add(context, workspace);
}

static int64_t take(struct rounds *r)
{
	int64_t workspace = 0;
	pthread_mutex_lock(&r->lock);
	if (r->count > 0) {
		workspace = r->woken[0];
		r->count--;
		for (size_t i = 0; i < r->count; i++)
			r->woken[i] = r->woken[i + 1];
	}
	pthread_mutex_unlock(&r->lock);
	return workspace;
}

/* 0: it is time for a round, or it is stopped. */
static int64_t rest(struct rounds *r)
{
	int64_t workspace;
	if (r->plan->gather_ms)
		sleeper_rest(&r->sleeper, r->plan->gather_ms);
	while (!(workspace = take(r)))
		if (!sleeper_doze(&r->sleeper, r->plan->every_seconds * 1000))
			break;
	return workspace;
}

static void visit(struct rounds *r, int64_t workspace)
{
	struct err err;
	if (!r->plan->visit(r->context, r, r->db, workspace, &err) && err.kind != ERR_NOT_FOUND)
		log_event(LOG_LEVEL_WARNING, r->plan->failed,
		          LOG_PAIRS(log_id("workspace", workspace), log_why(&err)));
}

static bool begin(struct rounds *r, struct arena *a, struct workspace_row **rows, size_t *count,
                  struct err *err)
{
	return (r->db || store_reader_open(r->store, &r->db, err)) &&
	       (!r->plan->begin || r->plan->begin(r->context, r->db, err)) &&
	       workspace_list(r->db, a, rows, count, err);
}

static void walk(struct rounds *r)
{
	struct arena a = { 0 };
	struct workspace_row *rows;
	struct err err;
	size_t count;
	bool ok = begin(r, &a, &rows, &count, &err);
	if (!ok)
		log_event(LOG_LEVEL_WARNING, r->plan->failed, LOG_PAIRS(log_why(&err)));
	for (size_t i = 0; ok && i < count && rounds_go_on(r); i++)
		visit(r, rows[i].id);
	arena_free(&a);
	if (r->plan->keeps_reader)
		return;
	store_reader_close(r->store, r->db);
	r->db = NULL;
}

static void work(void *context)
{
	struct rounds *r = context;
	int64_t walked = 0, workspace = 0;
	if (r->plan->hears_commits)
		store_on_commit(r->store, on_commit, r);
	if (r->plan->rests_first)
		workspace = rest(r);
	while (rounds_go_on(r)) {
		int64_t since = clock_monotonic() - walked;
		if (workspace && r->db && since < r->plan->every_seconds * CLOCK_SECOND) {
			visit(r, workspace);
		} else {
			walk(r);
			walked = clock_monotonic();
		}
		workspace = rest(r);
	}
	if (r->plan->hears_commits)
		store_off_commit(r->store, r);
	store_reader_close(r->store, r->db);
}

struct rounds *rounds_start(struct store *store, const struct rounds_plan *plan, void *context)
{
	struct rounds *r = mem_zeroed(1, sizeof *r);
	r->store = store;
	r->plan = plan;
	r->context = context;
	MUST(pthread_mutex_init(&r->lock, NULL) == 0);
	sleeper_start(&r->sleeper, work, r);
	return r;
}

bool rounds_go_on(void *rounds)
{
	struct rounds *r = rounds;
	return sleeper_goes_on(&r->sleeper);
}

void rounds_stop(struct rounds *r)
{
	sleeper_stop(&r->sleeper);
	pthread_mutex_destroy(&r->lock);
	free(r->woken);
	free(r);
}
