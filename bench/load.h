/* bench/load.h - a load generator for HTTP on loopback: keep-alive connections, one request at a time each, one thread.
 *
 * Bounded by time and by connections; a connection that breaks is counted and made anew.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include "base/buf.h"

struct load {
	int port, connections;
	int64_t duration; /* microseconds */
	int64_t pause;    /* microseconds between a connection's reply and its next request */
	/* Adds request number `n` whole, head and body. */
	void (*request)(void *context, int64_t n, struct buf *out);
	void *context;
};

struct load_result {
	int64_t answered;        /* 2xx */
	int64_t refused, broken; /* other statuses; connections that failed */
	int64_t bytes;           /* of the last reply, head and body */
	double seconds;
	int64_t p50, p99, max; /* microseconds from sending to the last byte */
};

void load_run(const struct load *load, struct load_result *out);

/* One request, its reply's body into out (NUL-terminated). Returns the status, 0 when nobody answers. */
int load_once(int port, Str request, struct buf *out);

#endif
