/* app/world.h - the rooms put together over one store: the only place that builds the world.
 *
 * A command opens it beside a running server, `serve` holds it for its life. Owned by the caller, closed once.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_WORLD_H
#define APP_WORLD_H

#include "account/account.h"
#include "account/workspace.h"
#include "app/command.h"
#include "db/store.h"

struct world {
	struct store *store;
	struct account account;
};

/* Opens the store that the call's settings name. `create` makes it when there is none; otherwise that is
 * ERR_NOT_FOUND with what to do. */
MUST_USE bool world_open(struct world *w, const struct call *call, enum store_purpose purpose,
                         bool create, struct err *err);
void world_close(struct world *w);

/* The workspace that --workspace names; without the option the only one there is. `db` is a reader. */
MUST_USE bool world_workspace(const struct call *call, struct db *db, struct workspace *out,
                              struct err *err);

/* How the outside reaches a server with these settings when nothing is said: http://localhost:PORT. */
const char *world_public_url(struct arena *a, const struct settings *s, int port);

#endif
