/* net/core.h - what the parts of the server share. Not for other rooms.
 *
 * Everything here belongs to the I/O loop's thread, apart from what has its own lock (workers, done queue, limiter,
 * metrics) and the two atomic flags.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_CORE_H
#define NET_CORE_H

#include <pthread.h>
#include <stdatomic.h>

#include "net/exchange.h"
#include "net/limit.h"
#include "net/live.h"
#include "net/metrics.h"
#include "net/origin.h"
#include "net/proxy.h"
#include "net/server.h"
#include "net/spool.h"

struct MHD_Daemon;
struct MHD_Connection;

/* A body that nobody wants is read up to here, so that the client reads our reply and not a reset. */
#define DISCARD_MAX ((uint64_t)256 * 1024)

/* Sockets that get time to read our last words after MHD closed its end. */
#define LINGER_MAX 64
struct lingering {
	int fd; /* 0: free */
	int64_t until;
	size_t bytes;
};

struct conn {
	struct conn *prev, *next;
	struct server *server;
	struct MHD_Connection *wire;
	int fd;
	struct net_address peer;
	struct exchange *exchange; /* NULL between requests */
	int64_t deadline;          /* monotonic; 0: none */
	bool lingers;              /* read what comes after our reply, then close */
	bool ended;                /* its peer sends no more, which MHD may not have seen */
};

struct server {
	struct server_config config;
	struct arena arena; /* of the server's life */
	struct origin origin;
	const struct origin *_Atomic also; /* a second one that is ours; NULL: none */
	struct proxies proxies;
	struct router *router;
	struct limiter *limiter;
	struct metrics *metrics;
	struct worker_pool *workers;
	struct spooler *spooler;
	size_t spools; /* bodies that go to files just now */
	_Atomic uint64_t
	    spool_promised; /* of their bytes: admitted by their length, and not written yet */
	struct live_streams *live;
	unsigned boot; /* random part of request ids */
	uint64_t requests;

	int listen_fd, port, epoll_fd, event_fd;
	struct MHD_Daemon *daemon;
	struct conn *conns;
	size_t ended;             /* of them */
	atomic_size_t conn_count; /* these three are read by whoever writes metrics */
	atomic_size_t in_work;    /* exchanges with a worker or lane */
	atomic_size_t body_bytes; /* of all bodies in flight */
	int64_t next_deadline;    /* no connection has an earlier one; INT64_MAX: none */
	struct lingering lingers[LINGER_MAX];

	pthread_mutex_t done_lock;
	struct exchange *done; /* newest first */
	atomic_bool stopping;  /* set by server_stop */
	atomic_bool refusing;  /* units that did not start are refused */
	bool proxy_noted;      /* in the log */
	bool draining;         /* the loop has seen `stopping` */
	int64_t drop_at, refuse_at;
};

/* Any thread: the exchange goes back to the I/O loop. */
void server_done(struct server *server, struct exchange *ex);
/* Any thread: the I/O loop takes a turn. */
void server_poke(struct server *server);

/* conn.c - connections, their deadlines and last words. */
struct conn *conn_add(struct server *server, struct MHD_Connection *wire, int fd,
                      const struct net_address *peer);
void conn_remove(struct conn *conn);
bool conn_is_welcome(const struct server *server, const struct net_address *peer);
void conn_deadline(struct conn *conn, int64_t in_us); /* from now; 0: none */
void conn_drop(struct conn *conn);            /* the connection ends at the loop's next turn */
void conn_say(struct conn *conn, int status); /* a bare reply, past MHD, then the end */
void conn_say_reply(struct conn *conn, const struct reply *rp); /* the same with a body */
void conns_sweep(struct server *server, int64_t now); /* drops what is past its deadline */
void conn_end_note(struct conn *conn);                /* its peer sends no more */
void conns_end(struct server *server);                /* after mhd_run: shows MHD such ends */
bool linger_is(const struct server *server, const void *what);
void linger_read(struct lingering *linger);
void linger_end_all(struct server *server);

/* mhd.c - libmicrohttpd. */
MUST_USE bool mhd_start(struct server *server, struct err *err);
int mhd_epoll_fd(const struct server *server);
int mhd_wait_ms(const struct server *server); /* -1: no need to wake up */
void mhd_run(struct server *server);
void mhd_resume(struct exchange *ex);
void mhd_quiesce(struct server *server);
void mhd_stop(struct server *server);

/* access.c - who asks, and may they? On a worker. */
MUST_USE bool access_check(struct exchange *ex, struct problem *problem);
/* The same caller once more, for a stream that goes on: may they still? Takes from no rate. */
MUST_USE bool access_again(struct exchange *ex, struct problem *problem);
/* The row's rate for the client's address; on the I/O loop. */
bool access_rate(struct exchange *ex);

/* health.c */
extern const struct route health_rows[];
extern const size_t health_row_count;

/* worker.c - the pool. Full: false. */
struct worker_pool;
struct worker_pool *workers_start(struct server *server, int count);
MUST_USE bool workers_add(struct worker_pool *pool, struct exchange *ex);
size_t workers_queued(struct worker_pool *pool);
void workers_stop(struct worker_pool *pool); /* after the last exchange came back */

#endif
