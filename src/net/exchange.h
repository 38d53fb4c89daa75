/* net/exchange.h - one request and its reply, on its way through the server's threads.
 *
 *   HEAD -> BODY           I/O loop   head checked, route found, body arriving
 *   HEAD -> WORK -> BODY   worker     the same for a body that goes to a file: who asks, may they, is there room?
 *   BODY -> WORK -> BODY   spooler    a piece of such a body is written
 *   BODY -> WORK           I/O loop   connection suspended, queued for a worker
 *   WORK                   worker     who asks, may they; read, or prepare and hand the unit to a lane
 *   WORK                   lane       apply, commit
 *   WORK -> REPLY          I/O loop   after a write: `reply`; connection resumed
 *   REPLY -> SENT          I/O loop   reply given to the connection
 *   SENT -> WORK -> SENT   worker     the next part of a streamed reply, whenever the last one is out; a part that
 *                                     writes goes by a lane
 *   SENT -> REST -> WORK   I/O loop   a live stream that waits for news (net/live.h)
 *
 * It belongs to one thread at a time and is handed over by queue. It ends on the I/O loop.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_EXCHANGE_H
#define NET_EXCHANGE_H

#include "base/buf.h"
#include "net/head.h"
#include "net/reply.h"
#include "net/router.h"
#include "net/spool.h"

struct conn;
struct server;

enum exchange_stage {
	STAGE_HEAD,
	STAGE_ADMITTED,
	STAGE_BODY,
	STAGE_WORK,
	STAGE_REPLY,
	STAGE_SENT,
	STAGE_REST
};

struct exchange {
	struct server *server;
	struct conn *conn;
	enum exchange_stage stage;
	struct arena arena;
	struct request rq;
	struct http_head head;
	const char *raw_target; /* where the connection has it */
	Str target;
	Str host;
	const struct router_row *row; /* NULL when no route was found */
	struct framing framing;
	struct buf body;
	struct spool spool;
	bool admits;        /* who asks is looked at before the body comes */
	bool is_admitted;   /* and was */
	uint64_t discarded; /* bytes of a body that nobody wants */
	bool is_refused;    /* before any handler ran */
	bool is_answered;   /* without a handler */
	bool forwarded;     /* a proxy is between us and the client */
	bool must_close;    /* the connection cannot be used after this */
	struct problem problem;
	Str allow; /* methods, for 405 */
	struct reply rp;
	struct unit unit;
	bool written;    /* the unit is done */
	int64_t started; /* monotonic */
	/* A streamed reply: `page` holds what the worker made last, from page_at on still to be sent. */
	struct buf page;
	size_t page_at;
	bool streams, page_more, page_broken;
	/* A live stream; the I/O loop's, also while a worker has the rest. Times are monotonic. */
	struct exchange *live_prev, *live_next;
	struct caller watcher; /* as admitted; a worker changes rq.caller for a while */
	int64_t admitted, asked_at, told_at; /* told_at: when it last said something */
	int64_t due;                         /* of a stream that rests */
	int64_t woken_since;                 /* the oldest commit that woke it; 0: none */
	bool is_live, woken, is_gone;
	struct exchange *next; /* in the one queue it stands in */
};

struct exchange *exchange_new(struct server *server, struct conn *conn, const char *raw_target);
void exchange_free(struct exchange *ex);

/* The buffer of a stream's parts, empty. */
void exchange_page_init(struct exchange *ex);

const char *exchange_operation(const struct exchange *ex); /* name in log and metrics */

/* Refuses before a handler runs; the first refusal stands. `status` 0 takes the kind's own. Returns false. */
bool exchange_refuse(struct exchange *ex, int status, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* I/O loop. The head is complete, head.fields are filled: checks it and finds the route. What is wrong is kept as the
 * refusal. */
void exchange_begin(struct exchange *ex, Str method, bool http11);
/* I/O loop. Does the head already need a worker's yes? Then it has the exchange. */
bool exchange_admit(struct exchange *ex);
/* I/O loop. A part of the body. False when the connection must be closed now; ex->problem says why when is_refused. */
bool exchange_take(struct exchange *ex, Str part);
/* I/O loop. Is there a piece to be written before more may come? Then the spooler has it. */
bool exchange_spill(struct exchange *ex);
/* I/O loop. The request is complete. True: a worker has it. False: rp is filled already. */
bool exchange_dispatch(struct exchange *ex);
/* Worker. Gives it on to a lane or back to the I/O loop. `db` is NULL when there is none; *db_err says why. False when
 * the database failed: the connection is not to be trusted again. */
bool exchange_work(struct exchange *ex, struct db *db, const struct err *db_err);
/* May pages of other sites read a refusal? Else they take it for a dead network. */
bool exchange_is_shared(struct exchange *ex);
/* I/O loop. What came back is made a reply. */
void exchange_finish(struct exchange *ex);
/* Any thread that has it: rp becomes the problem, by the route's `fail` where it has one. */
void exchange_fail(struct exchange *ex, const struct problem *problem);

#endif
