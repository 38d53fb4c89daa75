/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/rng.h"
#include "net/core.h"
#include "net/listen.h"

#define LIMIT_BUCKETS ((size_t)16 * 1024)
#define EVENTS        32

/* --- start ------------------------------------------------------------------------------------------ */

static int or_default(int value, int fallback)
{
	return value ? value : fallback;
}

static int64_t time_or_default(int64_t value, int64_t fallback)
{
	return value ? value : fallback;
}

static void config_fill(struct server_config *c)
{
	c->workers = or_default(c->workers, (int)sysconf(_SC_NPROCESSORS_ONLN) + 2);
	c->connections_max = or_default(c->connections_max, 4096);
	c->address_per_minute = or_default(c->address_per_minute, 1200);
	c->key_per_minute = or_default(c->key_per_minute, 6000);
	c->drain_us = time_or_default(c->drain_us, 10 * CLOCK_SECOND);
	c->deadlines.header = time_or_default(c->deadlines.header, 10 * CLOCK_SECOND);
	c->deadlines.body = time_or_default(c->deadlines.body, 30 * CLOCK_SECOND);
	c->deadlines.keep_alive = time_or_default(c->deadlines.keep_alive, 60 * CLOCK_SECOND);
	c->deadlines.stall = time_or_default(c->deadlines.stall, 30 * CLOCK_SECOND);
	if (c->bodies_max == 0)
		c->bodies_max = (size_t)64 * 1024 * 1024;
	if (c->spool_max == 0)
		c->spool_max = UINT64_C(1) << 30;
	/* The disk is shared with the database, which needs room more than a file does. */
	if (c->spool_reserve == 0)
		c->spool_reserve = UINT64_C(64) << 20;
}

/* A connection is a file descriptor, and the usual soft limit is 1,024. */
static void files_allow(int connections)
{
	struct rlimit limit;
	rlim_t wanted = (rlim_t)connections + 512;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
		return;
	limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

static bool routes_build(struct server *server, struct err *err)
{
	size_t count = server->config.table_count;
	struct route_table *tables = ARENA_ARRAY(&server->arena, struct route_table, count + 1);
	tables[0] =
	    (struct route_table){ .rows = health_rows, .count = health_row_count, .room = server };
	if (count)
		memcpy(tables + 1, server->config.tables, count * sizeof *tables);
	return router_build(&server->arena, tables, count + 1, &server->router, err);
}

static bool watch(struct server *server, int fd, void *what, struct err *err)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = what };
	return epoll_ctl(server->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0 ||
	       err_set(err, ERR_IO, "epoll: %s.", strerror(errno));
}

static bool loop_open(struct server *server, struct err *err)
{
	server->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	server->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (server->epoll_fd < 0 || server->event_fd < 0)
		return err_set(err, ERR_IO, "epoll: %s.", strerror(errno));
	return mhd_start(server, err) && watch(server, mhd_epoll_fd(server), server->daemon, err) &&
	       watch(server, server->event_fd, server, err) &&
	       live_start(server, &server->live, err) &&
	       watch(server, live_epoll_fd(server->live), server->live, err);
}

static bool start(struct server *server, struct err *err)
{
	struct server_config *config = &server->config;
	struct listening listening;
	if (!origin_parse(&server->arena, str_of(config->public_url), &server->origin, err) ||
	    !proxies_parse(str_of(config->trusted_proxies), &server->proxies, err) ||
	    !routes_build(server, err) || !listen_open(str_of(config->listen), &listening, err))
		return false;
	server->listen_fd = listening.fd;
	server->port = listening.port;
	server->origin.loopback_too = listening.loopback || server->origin.host.len == 0;
	files_allow(config->connections_max);
	server->limiter = limiter_new(LIMIT_BUCKETS);
	server->metrics = metrics_new(server->router);
	rng_bytes(&server->boot, sizeof server->boot);
	if (!loop_open(server, err))
		return false;
	server->workers = workers_start(server, config->workers);
	server->spooler = spooler_start(server);
	if (config->spool_dir)
		spool_clean(config->spool_dir);
	return true;
}

bool server_start(struct server **out, const struct server_config *config, struct err *err)
{
	struct server *server = mem_zeroed(1, sizeof *server);
	server->config = *config;
	config_fill(&server->config);
	server->listen_fd = server->epoll_fd = server->event_fd = -1;
	server->next_deadline = INT64_MAX;
	MUST(pthread_mutex_init(&server->done_lock, NULL) == 0);
	if (!start(server, err)) {
		server_free(server);
		return false;
	}
	*out = server;
	return true;
}

void server_answer_to(struct server *server, const struct origin *origin)
{
	server->also = origin;
}

int server_port(const struct server *server)
{
	return server->port;
}

/* --- the loop --------------------------------------------------------------------------------------- */

void server_poke(struct server *server)
{
	uint64_t one = 1;
	(void)!write(server->event_fd, &one, sizeof one);
}

void server_done(struct server *server, struct exchange *ex)
{
	pthread_mutex_lock(&server->done_lock);
	bool first = !server->done;
	ex->next = server->done;
	server->done = ex;
	pthread_mutex_unlock(&server->done_lock);
	if (first)
		server_poke(server);
}

static struct exchange *done_take(struct server *server)
{
	pthread_mutex_lock(&server->done_lock);
	struct exchange *newest = server->done;
	server->done = NULL;
	pthread_mutex_unlock(&server->done_lock);
	struct exchange *oldest = NULL;
	while (newest) {
		struct exchange *next = newest->next;
		newest->next = oldest;
		oldest = newest;
		newest = next;
	}
	return oldest;
}

static void done_run(struct server *server)
{
	for (struct exchange *ex = done_take(server), *next; ex; ex = next) {
		next = ex->next;
		ex->next = NULL;
		server->in_work--;
		exchange_finish(ex);
		if (!ex->is_live || live_has_news(ex))
			mhd_resume(ex);
	}
}

/* Milliseconds until something is due without anybody knocking; -1: nothing is. */
static int wait_ms(const struct server *server)
{
	int ms = mhd_wait_ms(server);
	int64_t due = server->next_deadline;
	if (live_due(server) < due)
		due = live_due(server);
	if (server->draining && server->drop_at < due)
		due = server->drop_at;
	if (server->draining && server->refuse_at < due)
		due = server->refuse_at;
	if (due == INT64_MAX)
		return ms;
	int64_t left = (due - clock_monotonic() + 999) / 1000;
	if (left < 0)
		left = 0;
	if (left > 60 * 1000)
		left = 60 * 1000;
	return ms < 0 || left < ms ? (int)left : ms;
}

static void events_wait(struct server *server)
{
	struct epoll_event events[EVENTS];
	int count = epoll_wait(server->epoll_fd, events, EVENTS, wait_ms(server));
	for (int i = 0; i < count; i++) {
		void *what = events[i].data.ptr;
		uint64_t pokes;
		if (what == server)
			(void)!read(server->event_fd, &pokes, sizeof pokes);
		else if (what == server->live)
			live_watch_read(server);
		else if (linger_is(server, what))
			linger_read(what);
		else if (what != server->daemon)
			conn_end_note(what);
	}
}

/* --- the end ---------------------------------------------------------------------------------------- */

/* Nobody new, and nothing for those who have not asked yet: idle connections and half-sent requests go. */
static void drain_begin(struct server *server, int64_t now)
{
	int64_t drain = server->config.drain_us;
	server->draining = true;
	server->drop_at = now + drain / 2;
	server->refuse_at = now + drain / 10 * 7;
	mhd_quiesce(server);
	server->listen_fd = -1;
	for (struct conn *conn = server->conns; conn; conn = conn->next)
		if (!conn->exchange || conn->exchange->stage <= STAGE_BODY)
			conn_drop(conn);
	live_end_all(server);
	linger_end_all(server);
}

/* Half of the time is for clients to read their replies; what then still waits for a lane is refused there, as it
 * belongs to the lane until it says so. */
static void drain_go_on(struct server *server, int64_t now)
{
	if (now >= server->drop_at) {
		server->drop_at = now + CLOCK_SECOND;
		for (struct conn *conn = server->conns; conn; conn = conn->next)
			if (!conn->exchange || conn->exchange->stage != STAGE_WORK)
				conn_drop(conn);
	}
	if (now >= server->refuse_at) {
		atomic_store(&server->refusing, true);
		server->refuse_at = INT64_MAX;
	}
}

bool server_run(struct server *server, struct err *err)
{
	(void)err;
	while (!server->draining || server->conn_count > 0) {
		events_wait(server);
		done_run(server);
		mhd_run(server);
		conns_end(server);
		int64_t now = clock_monotonic();
		live_turn(server, now);
		conns_sweep(server, now);
		if (!server->draining && atomic_load(&server->stopping))
			drain_begin(server, now);
		else if (server->draining)
			drain_go_on(server, now);
	}
	return true;
}

void server_stop(struct server *server)
{
	atomic_store(&server->stopping, true);
	server_poke(server);
}

void server_free(struct server *server)
{
	if (!server)
		return;
	spooler_stop(server->spooler);
	workers_stop(server->workers);
	live_stop(server->live);
	if (server->daemon) {
		mhd_stop(server);
	} else if (server->listen_fd >= 0) {
		close(server->listen_fd);
	}
	linger_end_all(server);
	if (server->epoll_fd >= 0)
		close(server->epoll_fd);
	if (server->event_fd >= 0)
		close(server->event_fd);
	limiter_free(server->limiter);
	metrics_free(server->metrics);
	pthread_mutex_destroy(&server->done_lock);
	arena_free(&server->arena);
	free(server);
}
