/* net/spool.h - large bodies go to a file while they arrive, piece by piece. Not for other rooms.
 *
 * One thread writes for all connections, so that a slow disk holds up neither the I/O loop nor a worker. The exchange
 * is the spooler's while a piece is written; its connection is suspended meanwhile, so that nobody sends faster than
 * the disk takes it and a body in flight has one piece in memory. The file is private (0600) and has a name that ends
 * with ".part"; it goes with the exchange unless a handler has moved it (net/route.h). What a killed process left is
 * removed at the next start.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_SPOOL_H
#define NET_SPOOL_H

#include <stdatomic.h>

#include "base/err.h"
#include "base/str.h"

struct exchange;
struct server;
struct spooler;

/* Of a body, in memory at a time. */
#define SPOOL_PIECE ((size_t)256 * 1024)
/* Files that arrive at a time. */
#define SPOOLS_MAX 16

/* Where an exchange's body goes. */
struct spool {
	int fd;           /* 0: no file */
	const char *path; /* in the exchange's arena */
	uint64_t bytes;   /* written */
	uint64_t
	    promised; /* of the length that was said: room is kept for so much that is not written yet */
	int64_t until; /* monotonic: when all of it must be there */
	bool complete; /* all of it is durable */
	bool last;     /* the piece to be written is the last */
};

/* Removes what is left of bodies that a killed process was taking. */
void spool_clean(const char *folder);

struct spooler *spooler_start(struct server *server);
/* After the last exchange came back. */
void spooler_stop(struct spooler *spooler);

/* Any thread: makes the file. ERR_IO when it cannot be, ERR_TOO_LARGE when `length` does not fit on the disk beside what is
 * kept free there and what others were promised. */
MUST_USE bool spool_open(struct exchange *ex, const char *folder, uint64_t length, struct err *err);
/* I/O loop: ex->body is written and cleared, then the exchange comes back, or goes to a worker after the last piece. A
 * failure is its refusal. */
void spool_write(struct spooler *spooler, struct exchange *ex);
/* I/O loop: the file goes, unless it was moved. */
void spool_drop(struct spooler *spooler, struct spool *spool);

#endif
