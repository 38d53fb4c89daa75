/* net/reply.h - replies that the server itself writes, and headers.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_REPLY_H
#define NET_REPLY_H

#include "net/route.h"

struct reply_header {
	const char *name; /* static */
	const char *value;
	struct reply_header *next;
};

/* Is a header of that name, in any case, set? */
bool reply_has(const struct reply *rp, const char *name);

/* Compresses what a reading row replied in JSON, for who takes gzip. Who listens in on the line learns the length, which
 * tells of secrets where another site may ask in a user's name and add to the reply (BREACH): so only for a key and for
 * what our own pages ask. */
void reply_compress(struct request *rq, struct reply *rp);

/* "Not Found"; "Error" for what has no name. */
const char *status_title(int status);

/* What went wrong. */
struct problem {
	struct err err;
	int status;      /* 0 takes the error's own */
	int64_t wait_us; /* until it is worth to try again; 0: not known */
};

/* Replaces the reply by RFC 9457's description. Sentences about our inside (internal, storage, corrupt) stay in
 * the log. 429 and 503 say Retry-After. */
void reply_problem(struct request *rq, struct reply *rp, const struct problem *problem);

#endif
