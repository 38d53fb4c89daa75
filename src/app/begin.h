/* app/begin.h - the first workspace of a server, made in the browser.
 *
 * While there is no workspace but the demo, who holds the one-time link of the terminal (heed serve prints it) or owns the demo may make
 * one. Once there is one, nobody can here. A page that needs no script.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_BEGIN_H
#define APP_BEGIN_H

#include "account/account.h"

struct begin {
	struct account *account; /* not owned */
	const struct template *page;
	struct arena arena; /* of the page */
	Str token;          /* of this process; never at rest, so that a restart makes another */
};

MUST_USE bool begin_open(struct begin *begin, struct account *account, struct err *err);
void begin_close(struct begin *begin);

/* /begin/{token}, in the arena. */
Str begin_path(const struct begin *begin, struct arena *a);

extern const struct route begin_routes[];
extern const size_t begin_route_count;

#endif
