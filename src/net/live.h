/* net/live.h - streams without an end: who rests, who is woken, how many there may be. Not for other rooms.
 *
 * A stream that has told all there is rests. Its connection is suspended; no worker, no lane and no read transaction
 * belongs to it. What wakes it:
 *   - a commit of this process in its workspace: the lane says so, at once;
 *   - a commit of another process (heed import beside the server): a thread looks at the revs of the workspaces that
 *     have streams, twice a second. It sleeps while there is none;
 *   - time: after 15 seconds its access is looked at again, and a comment keeps the connection alive;
 *   - the client's end, seen by an epoll set of our own, as MHD does not look at suspended connections.
 * A woken stream waits for its pace first (a tenth of a second and more when there are many), so that a rush of commits
 * costs each stream a few looks a second and not one a commit.
 *
 * The streams are the I/O loop's. What lanes and the thread touch stands behind the lock.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_LIVE_H
#define NET_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct buf;
struct exchange;
struct live_streams;
struct server;

MUST_USE bool live_start(struct server *server, struct live_streams **out, struct err *err);
/* After the last stream has ended. NULL is fine. */
void live_stop(struct live_streams *live);
int live_epoll_fd(const struct live_streams *live);

/* All below: I/O loop. */

/* The first part of a live reply is made. False: too many are open, and rp says so. */
bool live_admit(struct exchange *ex);
/* The exchange ends. */
void live_leave(struct exchange *ex);

/* All that was made is out. True: the worker shall make more. False: the stream ends, or it rests from now on, which
 * *rests tells; the caller suspends the connection. */
bool live_goes_on(struct exchange *ex, bool *rests);
/* A part came back from the worker. False when there is nothing to send: it rests on, or a worker has it again. */
bool live_has_news(struct exchange *ex);

/* Wakes those that were poked or whose time has come. */
void live_turn(struct server *server, int64_t now);
int64_t live_due(const struct server *server); /* when live_turn has work next; INT64_MAX: never */
/* Something happened in live_epoll_fd: clients went away. */
void live_watch_read(struct server *server);
/* The server stops: every stream that rests ends now, the others when their part is out. */
void live_end_all(struct server *server);

void live_metrics(struct live_streams *live, struct buf *out); /* any thread */

#endif
