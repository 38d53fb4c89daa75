/* net/listen.h - the listening socket.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_LISTEN_H
#define NET_LISTEN_H

#include "base/err.h"
#include "base/str.h"

struct listening {
	int fd, port;
	bool loopback; /* reachable from this machine only */
};

/* "127.0.0.1:8080", "[::1]:8080", "localhost:8080", ":8080" (every address, both families); port 0: any free. The
 * caller owns the fd. Errors say what to do. */
MUST_USE bool listen_open(Str where, struct listening *out, struct err *err);

#endif
