/* net/server.h - the HTTP server: one I/O loop around libmicrohttpd, workers for handlers, replies by queue.
 *
 * server_start listens; server_run is the I/O loop and returns after server_stop (safe from a signal handler's
 * thread and from any other) has drained everything: queued units that did not start are answered 503, every
 * suspended connection is resumed and finished, half-sent requests are closed.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_SERVER_H
#define NET_SERVER_H

#include "net/route.h"

struct server;

/* How long a client may take, in microseconds; 0 takes the default. */
struct server_deadlines {
	int64_t header;     /* until the header section is complete: 10 s */
	int64_t body;       /* for body and reply each: 30 s and a second per 50 kB */
	int64_t keep_alive; /* between two requests: 60 s */
	int64_t stall;      /* without progress of a streamed reply: 30 s */
};

struct buf;
struct origin;

struct server_config {
	const char
	    *listen; /* "127.0.0.1:8080", "[::1]:8080", ":8080" (all addresses), port 0: any free */
	const char *
	    public_url; /* "" while unknown: then http on loopback only, any Host that is loopback */
	struct store *store; /* NULL: no row needs a database */
	const struct clock *clock;
	const struct route_table *tables; /* rows and their texts live as long as the server */
	size_t table_count;
	/* Finds out who asks from cookie or Authorization, on the worker, for rows that are not open; *caller was
	 * zeroed. Missing credentials leave it so; wrong ones are ERR_UNAUTHENTICATED. */
	bool (*authenticate)(void *context, struct request *rq, struct caller *caller,
	                     struct err *err);
	void *auth_context;
	/* Fills the reply with a page for a browser at an address where nothing is; false: the problem stands. Any thread,
	 * without a database. May be NULL. */
	bool (*lost)(void *context, struct request *rq, struct reply *page);
	void *lost_context;
	const char *
	    trusted_proxies; /* addresses or CIDR, comma separated; only these may send X-Forwarded-* */
	int workers;         /* 0: cores + 2 */
	int connections_max;         /* 0: 4096 */
	int connections_per_address; /* 0: 1024 on loopback, 64 elsewhere */
	int64_t drain_us;            /* 0: 10 s */
	/* Rates of rows that name none; 0: 1,200 and 6,000, negative: none. Loopback is not limited by them. */
	int address_per_minute, key_per_minute;
	struct server_deadlines deadlines;
	size_t bodies_max;      /* bytes of all request bodies in flight; 0: 64 MiB */
	const char *spool_dir;  /* where bodies of rows that spool go; made when missing */
	uint64_t spool_max;     /* bytes of one; 0: 1 GiB */
	uint64_t spool_reserve; /* bytes of the disk that such bodies leave free; 0: 64 MiB */
	/* Adds what others know to the text of the metrics; on a worker. May be NULL. */
	void (*metrics)(void *context, struct buf *out);
	void *metrics_context;
};

MUST_USE bool server_start(struct server **out, const struct server_config *config,
                           struct err *err);
int server_port(const struct server *server);
/* From now on the server is this origin, too, beside its own. It lives as long as the server; NULL: none. Any thread. */
void server_answer_to(struct server *server, const struct origin *origin);
MUST_USE bool server_run(struct server *server, struct err *err);
void server_stop(struct server *server);
void server_free(struct server *server);

#endif
