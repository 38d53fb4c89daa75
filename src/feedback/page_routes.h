/* feedback/page_routes.h - the hosted survey pages: /s/{slug}, /r/{token} and, once something is stored, /a/{handle}.
 *
 * GET shows, POST stores and sends on to /a/{handle}, or answers in JSON when the page's script asks. What counts as a
 * person is decided here from the evidence that the page sends and from how the link is used (feedback/burst.h).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_PAGE_ROUTES_H
#define FEEDBACK_PAGE_ROUTES_H

#include "net/route.h"
#include "survey/page.h"

struct burst;
struct link_keys;

/* The context of these routes. */
struct page_room {
	struct link_keys *keys; /* not owned */
	struct burst *bursts;
	struct page_look look;
	struct arena arena; /* of the look */
};

MUST_USE bool page_room_open(struct page_room *room, struct link_keys *keys, struct err *err);
void page_room_close(struct page_room *room);

extern const struct route page_routes[];
extern const size_t page_route_count;

#endif
