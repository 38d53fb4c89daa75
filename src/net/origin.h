/* net/origin.h - the one public origin, and whether a request is meant for it and comes from it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_ORIGIN_H
#define NET_ORIGIN_H

#include "net/head.h"

struct origin {
	Str text; /* "https://nps.example.com", without the scheme's own port; empty while unknown */
	Str host; /* "nps.example.com" or "[::1]:8080", in lower case */
	bool https;
	bool loopback_too; /* names of loopback are hosts of ours as well */
};

/* `url` may be empty and may end with a slash; a path is refused, and so is http beyond loopback's names when it
 * is no http or https at all. */
MUST_USE bool origin_parse(struct arena *a, Str url, struct origin *out, struct err *err);

/* Is this value of Host (or X-Forwarded-Host) ours? */
bool origin_is_host(const struct origin *origin, Str host);
/* localhost, *.localhost, 127.x.x.x or [::1], with or without a port. */
bool host_is_loopback(Str host);
/* A name that the public DNS does not have ("nps", "nps.local"; RFC 6762, RFC 8375), or an address of a private network. */
bool host_is_private(Str host);

/* A browser says that the request comes from a page of ours: Sec-Fetch-Site: same-origin, or our Origin. `host` is the
 * request's own, which an Origin on loopback must equal while loopback is a host of ours. */
bool origin_sent(const struct origin *origin, const struct http_head *head, Str host);

#endif
