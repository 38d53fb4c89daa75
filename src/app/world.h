/* app/world.h - the rooms put together over one store: the only place that builds the world.
 *
 * A command opens it beside a running server; `serve` holds it for its life. Owned by the caller, closed once.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_WORLD_H
#define APP_WORLD_H

#include "account/account.h"
#include "account/workspace.h"
#include "app/address.h"
#include "app/begin.h"
#include "app/command.h"
#include "app/dashboard.h"
#include "app/demo_remove.h"
#include "db/store.h"
#include "feedback/cube.h"
#include "feedback/import_api.h"
#include "feedback/page_routes.h"
#include "insight/shared_page.h"
#include "insight/days_kept.h"
#include "insight/found_kept.h"
#include "insight/standouts_api.h"
#include "reading/theme_api.h"
#include "survey/survey_api.h"

struct world {
	struct store *store;
	struct account account;
	struct survey_room survey;
	struct address address;
	struct demo_remove demo_remove;
	bool has_pages; /* what only a server needs is open: */
	struct page_room pages;
	struct import_room imports; /* its runner belongs to whoever serves */
	struct dashboard dashboard;
	struct begin begin;
	struct shared_room shared;
	struct cubes_config cubes_config;
	struct cubes *cubes; /* the room of whatever has figures */
	struct days_room days;
	struct standouts_room standouts;
	struct found_room found;
	struct reading_room reading;
	const char *public_url; /* no slash at its end */
};

/* Opens the store that the call's settings name, and the rooms over it. Without `create` missing data is ERR_NOT_FOUND
 * with what to do. The public URL is app/public_url.h's guess. */
MUST_USE bool world_open(struct world *w, const struct call *call, enum store_purpose purpose,
                         bool create, struct err *err);
void world_close(struct world *w);

/* The text outlives the world and has no slash at its end. ERR_INVALID when it is no origin. */
MUST_USE bool world_set_public_url(struct world *w, const char *url, struct err *err);

/* Opens what only a server needs, and gives all routes there are. Once, before requests come. */
#define WORLD_TABLES_MAX 96
MUST_USE bool world_routes(struct world *w, struct route_table out[static WORLD_TABLES_MAX],
                           size_t *count, struct err *err);
/* What world_routes opened; world_close does it too. */
void world_routes_close(struct world *w);

/* The workspace that the option --workspace names; without it the only one there is. The texts live in the call's
 * arena. */
MUST_USE bool world_workspace(struct world *w, const struct call *call, struct workspace *out,
                              struct err *err);

/* A command whose first argument says what to do in a workspace: opens the world, finds the workspace, runs the row of
 * that name. ERR_INVALID lists the names. */
struct world_action {
	const char *name;
	bool (*run)(struct call *call, struct world *world, const struct workspace *workspace,
	            struct err *err);
};
MUST_USE bool world_act(struct call *call, const struct world_action *actions, size_t count,
                        struct err *err);

#endif
