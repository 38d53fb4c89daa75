/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/live.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "db/change.h"
#include "db/store.h"
#include "net/core.h"

#define BEAT_US       (15 * CLOCK_SECOND)
#define LOOK_EVERY_US (CLOCK_SECOND / 2)
/* Between two looks of one stream: with 1,000 streams a look a second each. */
#define PACE_US       (CLOCK_SECOND / 10)
#define PACE_EACH_US  (CLOCK_SECOND / 1000)
#define CALLER_MAX    16
#define WORKSPACE_MAX 256
#define EVENTS        32

struct live_workspace {
	int64_t id;
	size_t streams;
	int64_t rev;         /* the newest that anybody told of */
	int64_t poked_since; /* monotonic; 0: nothing new since its streams were woken */
};

struct live_streams {
	struct server *server;
	int epoll_fd; /* tells of clients that went away */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake; /* the thread: streams came, or the end */
	bool started, ends;
	struct live_workspace *workspaces;
	size_t count, cap;
	atomic_size_t open; /* streams */
	atomic_bool poked;  /* some workspace is */
	/* The I/O loop's. */
	struct exchange *all;
	int64_t due;
	/* For metrics. */
	atomic_int_fast64_t events, refused, lags, lag_us_total, lag_us_max;
};

/* --- who tells -------------------------------------------------------------------------------------- */

static struct live_workspace *workspace_find(struct live_streams *live, int64_t id)
{
	for (size_t i = 0; i < live->count; i++)
		if (live->workspaces[i].id == id)
			return &live->workspaces[i];
	return NULL;
}

/* Any thread. */
static void on_commit(void *context, int64_t workspace, int64_t rev)
{
	struct live_streams *live = context;
	if (atomic_load(&live->open) == 0)
		return;
	pthread_mutex_lock(&live->lock);
	struct live_workspace *w = workspace_find(live, workspace);
	bool news = w && rev > w->rev;
	if (news) {
		w->rev = rev;
		if (!w->poked_since)
			w->poked_since = clock_monotonic();
	}
	bool first = news && !atomic_exchange(&live->poked, true);
	pthread_mutex_unlock(&live->lock);
	if (first)
		server_poke(live->server);
}

static size_t workspaces_copy(struct live_streams *live, int64_t **out)
{
	pthread_mutex_lock(&live->lock);
	size_t count = live->count;
	int64_t *ids = mem_zeroed(count + 1, sizeof *ids);
	for (size_t i = 0; i < count; i++)
		ids[i] = live->workspaces[i].id;
	pthread_mutex_unlock(&live->lock);
	*out = ids;
	return count;
}

static bool look(struct live_streams *live, struct db *db, struct err *err)
{
	int64_t *ids;
	size_t count = workspaces_copy(live, &ids);
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		int64_t rev;
		db_bind_workspace(db, ids[i]);
		ok = change_rev(db, ids[i], &rev, err);
		if (ok)
			on_commit(live, ids[i], rev);
	}
	free(ids);
	return ok;
}

/* Until the next look, or as long as there is no stream. False: the end. */
static bool sleep_until_look(struct live_streams *live, bool *idle)
{
	int64_t next = clock_monotonic() + LOOK_EVERY_US;
	struct timespec t = { .tv_sec = next / CLOCK_SECOND,
		              .tv_nsec = next % CLOCK_SECOND * 1000 };
	pthread_mutex_lock(&live->lock);
	while (!live->ends && live->count > 0 &&
	       pthread_cond_timedwait(&live->wake, &live->lock, &t) == 0)
		continue;
	*idle = live->count == 0;
	bool goes_on = !live->ends;
	pthread_mutex_unlock(&live->lock);
	return goes_on;
}

static bool wait_for_streams(struct live_streams *live)
{
	pthread_mutex_lock(&live->lock);
	while (!live->ends && live->count == 0)
		pthread_cond_wait(&live->wake, &live->lock);
	bool goes_on = !live->ends;
	pthread_mutex_unlock(&live->lock);
	return goes_on;
}

/* A database that cannot be read is another's to report: streams find out when they are asked for. */
static void *live_main(void *context)
{
	struct live_streams *live = context;
	struct store *store = live->server->config.store;
	struct err err;
	while (wait_for_streams(live)) {
		struct db *db = NULL;
		bool idle = false;
		while (!idle && sleep_until_look(live, &idle))
			if (!idle && ((!db && !store_reader_open(store, &db, &err)) ||
			              !look(live, db, &err))) {
				store_reader_close(store, db);
				db = NULL;
			}
		store_reader_close(store, db);
	}
	return NULL;
}

bool live_start(struct server *server, struct live_streams **out, struct err *err)
{
	struct live_streams *live = mem_zeroed(1, sizeof *live);
	pthread_condattr_t attr;
	*out = live;
	live->server = server;
	live->due = INT64_MAX;
	MUST(pthread_mutex_init(&live->lock, NULL) == 0);
	MUST(pthread_condattr_init(&attr) == 0);
	MUST(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
	MUST(pthread_cond_init(&live->wake, &attr) == 0);
	pthread_condattr_destroy(&attr);
	live->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (live->epoll_fd < 0)
		return err_set(err, ERR_IO, "epoll: %s.", strerror(errno));
	if (!server->config.store)
		return true;
	MUST(pthread_create(&live->thread, NULL, live_main, live) == 0);
	live->started = true;
	store_on_commit(server->config.store, on_commit, live);
	return true;
}

void live_stop(struct live_streams *live)
{
	if (!live)
		return;
	if (live->started) {
		store_off_commit(live->server->config.store, live);
		pthread_mutex_lock(&live->lock);
		live->ends = true;
		pthread_cond_signal(&live->wake);
		pthread_mutex_unlock(&live->lock);
		pthread_join(live->thread, NULL);
	}
	if (live->epoll_fd >= 0)
		close(live->epoll_fd);
	pthread_cond_destroy(&live->wake);
	pthread_mutex_destroy(&live->lock);
	free(live->workspaces);
	free(live);
}

int live_epoll_fd(const struct live_streams *live)
{
	return live->epoll_fd;
}

/* --- who is there ----------------------------------------------------------------------------------- */

static void workspace_enter(struct live_streams *live, int64_t id)
{
	pthread_mutex_lock(&live->lock);
	struct live_workspace *w = workspace_find(live, id);
	if (!w) {
		if (live->count == live->cap) {
			live->cap = live->cap ? 2 * live->cap : 8;
			live->workspaces =
			    mem_resize(live->workspaces, live->cap * sizeof *live->workspaces);
		}
		w = &live->workspaces[live->count++];
		*w = (struct live_workspace){ .id = id };
		pthread_cond_signal(&live->wake);
	}
	w->streams++;
	atomic_fetch_add(&live->open, 1);
	pthread_mutex_unlock(&live->lock);
}

static void workspace_leave(struct live_streams *live, int64_t id)
{
	pthread_mutex_lock(&live->lock);
	struct live_workspace *w = workspace_find(live, id);
	MUST(w);
	if (--w->streams == 0)
		*w = live->workspaces[--live->count];
	atomic_fetch_sub(&live->open, 1);
	pthread_cond_signal(&live->wake);
	pthread_mutex_unlock(&live->lock);
}

static bool is_same_caller(const struct caller *a, const struct caller *b)
{
	return a->workspace == b->workspace && a->user == b->user && a->key == b->key;
}

static bool has_room(const struct live_streams *live, const struct caller *caller)
{
	size_t of_caller = 0, of_workspace = 0, all = 0;
	for (const struct exchange *ex = live->all; ex; ex = ex->live_next) {
		const struct caller *other = &ex->watcher;
		all++;
		of_workspace += other->workspace == caller->workspace;
		of_caller += is_same_caller(other, caller);
	}
	return of_caller < CALLER_MAX && of_workspace < WORKSPACE_MAX &&
	       all < (size_t)live->server->config.connections_max / 2;
}

/* Only ends are of interest; an edge, as nobody reads what a client says meanwhile. */
static bool end_watch(struct live_streams *live, struct exchange *ex)
{
	struct epoll_event event = { .events = EPOLLRDHUP | EPOLLET, .data.ptr = ex };
	return epoll_ctl(live->epoll_fd, EPOLL_CTL_ADD, ex->conn->fd, &event) == 0;
}

bool live_admit(struct exchange *ex)
{
	struct live_streams *live = ex->server->live;
	if (!has_room(live, &ex->rq.caller) || !end_watch(live, ex)) {
		struct problem problem = { .wait_us = 60 * CLOCK_SECOND };
		err_set(&problem.err, ERR_TOO_MANY,
		        "Too many live streams are open. Close some, or ask for changes now and "
		        "then instead.");
		atomic_fetch_add(&live->refused, 1);
		exchange_fail(ex, &problem);
		return false;
	}
	ex->is_live = true;
	ex->watcher = ex->rq.caller;
	ex->must_close = true; /* a stream's end is its connection's, too */
	/* What was committed since the first part was made has poked nobody. */
	ex->woken = true;
	ex->admitted = ex->told_at = clock_monotonic();
	ex->live_next = live->all;
	if (live->all)
		live->all->live_prev = ex;
	live->all = ex;
	workspace_enter(live, ex->watcher.workspace);
	return true;
}

void live_leave(struct exchange *ex)
{
	struct live_streams *live = ex->server->live;
	(void)epoll_ctl(live->epoll_fd, EPOLL_CTL_DEL, ex->conn->fd, NULL);
	if (ex->live_prev)
		ex->live_prev->live_next = ex->live_next;
	else
		live->all = ex->live_next;
	if (ex->live_next)
		ex->live_next->live_prev = ex->live_prev;
	workspace_leave(live, ex->watcher.workspace);
}

/* --- resting and waking ----------------------------------------------------------------------------- */

static int64_t pace(const struct exchange *ex)
{
	int64_t own = ex->rp.live->pause_us;
	int64_t ours = PACE_US + (int64_t)atomic_load(&ex->server->live->open) * PACE_EACH_US;
	return own > ours ? own : ours;
}

static void due_at(struct exchange *ex, int64_t at)
{
	ex->due = at;
	if (at < ex->server->live->due)
		ex->server->live->due = at;
}

static bool is_over(const struct exchange *ex)
{
	return ex->page_broken || ex->rp.live->over || ex->is_gone ||
	       atomic_load(&ex->server->stopping);
}

/* The worker is about to be asked. */
static void asked(struct exchange *ex, int64_t now)
{
	ex->woken = false;
	ex->asked_at = now;
}

static void rest(struct exchange *ex)
{
	buf_free(&ex->page);
	exchange_page_init(ex);
	ex->stage = STAGE_REST;
	conn_deadline(ex->conn, 0);
	due_at(ex, ex->woken ? ex->asked_at + pace(ex) : ex->told_at + BEAT_US);
}

bool live_goes_on(struct exchange *ex, bool *rests)
{
	int64_t now = clock_monotonic();
	*rests = false;
	if (is_over(ex))
		return false;
	if (ex->page_more || (ex->woken && now >= ex->asked_at + pace(ex))) {
		asked(ex, now);
		return true;
	}
	*rests = true;
	rest(ex);
	return false;
}

/* From a commit to the moment its news goes out. */
static void lag_count(struct exchange *ex, int64_t now)
{
	struct live_streams *live = ex->server->live;
	int64_t lag = now - ex->woken_since;
	int_fast64_t most = atomic_load(&live->lag_us_max);
	if (!ex->woken_since)
		return;
	atomic_fetch_add(&live->lags, 1);
	atomic_fetch_add(&live->lag_us_total, lag);
	while (lag > most && !atomic_compare_exchange_weak(&live->lag_us_max, &most, lag))
		continue;
}

bool live_has_news(struct exchange *ex)
{
	struct live_streams *live = ex->server->live;
	struct live *says = ex->rp.live;
	int64_t now = clock_monotonic();
	if (is_over(ex))
		return true;
	atomic_fetch_add(&live->events, says->events);
	if (says->events)
		lag_count(ex, now);
	says->events = 0;
	ex->woken_since = 0;
	if (ex->page.len == 0 && now - ex->told_at >= BEAT_US)
		buf_printf(&ex->page, ": still here\n\n");
	if (ex->page.len > 0 || !ex->streams) {
		ex->told_at = now;
		return true;
	}
	rest(ex);
	return false;
}

static void resume(struct exchange *ex)
{
	ex->stage = STAGE_SENT;
	mhd_resume(ex);
}

/* A full queue of workers is a reason to wait, not to end. */
static void ask(struct exchange *ex, int64_t now)
{
	if (!workers_add(ex->server->workers, ex)) {
		due_at(ex, now + CLOCK_SECOND);
		return;
	}
	asked(ex, now);
	ex->stage = STAGE_WORK;
	ex->server->in_work++;
}

static void woken_mark(struct live_streams *live)
{
	for (struct exchange *ex = live->all; ex; ex = ex->live_next) {
		const struct live_workspace *w = workspace_find(live, ex->watcher.workspace);
		if (!w || !w->poked_since)
			continue;
		if (!ex->woken)
			ex->woken_since = w->poked_since;
		ex->woken = true;
		if (ex->stage == STAGE_REST)
			due_at(ex, ex->asked_at + pace(ex));
	}
	for (size_t i = 0; i < live->count; i++)
		live->workspaces[i].poked_since = 0;
}

void live_turn(struct server *server, int64_t now)
{
	struct live_streams *live = server->live;
	if (atomic_load(&live->poked)) {
		pthread_mutex_lock(&live->lock);
		atomic_store(&live->poked, false);
		woken_mark(live);
		pthread_mutex_unlock(&live->lock);
	}
	if (now < live->due)
		return;
	live->due = INT64_MAX;
	for (struct exchange *ex = live->all; ex; ex = ex->live_next) {
		if (ex->stage != STAGE_REST)
			continue;
		if (ex->due <= now)
			ask(ex, now);
		else if (ex->due < live->due)
			live->due = ex->due;
	}
}

int64_t live_due(const struct server *server)
{
	return server->live->due;
}

void live_watch_read(struct server *server)
{
	struct epoll_event events[EVENTS];
	int count = epoll_wait(server->live->epoll_fd, events, EVENTS, 0);
	for (int i = 0; i < count; i++) {
		struct exchange *ex = events[i].data.ptr;
		ex->is_gone = true;
		if (ex->stage != STAGE_REST)
			continue;
		conn_drop(ex->conn);
		resume(ex);
	}
}

void live_end_all(struct server *server)
{
	for (struct exchange *ex = server->live->all; ex; ex = ex->live_next)
		if (ex->stage == STAGE_REST)
			resume(ex);
	server_poke(server); /* MHD sees who was resumed at its next turn only */
}

void live_metrics(struct live_streams *live, struct buf *out)
{
	metrics_figure(out, "live_streams", "gauge", (double)atomic_load(&live->open));
	metrics_figure(out, "live_refused_total", "counter", (double)atomic_load(&live->refused));
	metrics_figure(out, "live_events_total", "counter", (double)atomic_load(&live->events));
	metrics_figure(out, "live_lag_seconds_count", "counter", (double)atomic_load(&live->lags));
	metrics_figure(out, "live_lag_seconds_sum", "counter",
	               (double)atomic_load(&live->lag_us_total) / (double)CLOCK_SECOND);
	metrics_figure(out, "live_lag_seconds_max", "gauge",
	               (double)atomic_load(&live->lag_us_max) / (double)CLOCK_SECOND);
}
