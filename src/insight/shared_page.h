/* insight/shared_page.h - what stands behind the address of a shared view: a page that needs no script, no session and no
 * account, or the same for a screen on the wall.
 *
 *   GET  /v/{token}         the figures; with ?wall (or of a wallboard) large and dark, renewing itself
 *   POST /v/{token}         the password; right, a cookie of that address lets in for a month
 *
 * What is over says so with 410. Nothing is indexed, kept or told to other pages. A password that is wrong costs time as one
 * at the door does. Each look is counted, renewals of a wall are not.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARED_PAGE_H
#define INSIGHT_SHARED_PAGE_H

#include "account/account.h"
#include "base/template.h"

struct cubes;

struct shared_room {
	struct account *account;
	struct cubes *cubes; /* set by the owner before requests come */
	struct arena arena;  /* of the templates */
	const struct template *page, *wall;
};

MUST_USE bool shared_room_open(struct shared_room *room, struct account *account, struct err *err);
void shared_room_close(struct shared_room *room);

extern const struct route shared_page_routes[];
extern const size_t shared_page_route_count;

#endif
