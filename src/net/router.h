/* net/router.h - from a path to the rows that stand there.
 *
 * Built once from all tables; immutable afterwards, any thread. A wrong row (no function, no one who may, two rows
 * for one method and path) is found at start-up, not at the first request.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_ROUTER_H
#define NET_ROUTER_H

#include "net/head.h"
#include "net/route.h"

struct router;

struct router_row {
	const struct route *route;
	void *room;
	size_t number;                 /* counts from 0 over all tables */
	const struct router_row *next; /* another method at the same path */
};

MUST_USE bool router_build(struct arena *a, const struct route_table *tables, size_t count,
                           struct router **out, struct err *err);
size_t router_count(const struct router *router);
const struct router_row *router_row(const struct router *router, size_t number);

/* The rows at a path, NULL when there are none. Fills head->params, as yet without names. */
const struct router_row *router_find(const struct router *router, struct arena *a,
                                     const struct target *target, struct http_head *head);
/* The row for a method, with its names for head->params; HEAD is served by GET. NULL when the method is not
 * allowed. */
const struct router_row *router_method(const struct router_row *rows, Str method,
                                       struct http_head *head);
/* "GET, HEAD, OPTIONS": value of Allow. */
Str router_allow(const struct router_row *rows, struct arena *a);

#endif
