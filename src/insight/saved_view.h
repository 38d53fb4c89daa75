/* insight/saved_view.h - a view of the dashboard with a name: a path of our own and its query, which say what is looked at.
 *
 * It is its owner's alone or shared with the workspace, and holds no figures: who opens it sees what its own role and team
 * see. Owners, admins, analysts and API keys share; a shared view is changed by whom it belongs to, by owners, admins and
 * keys. What one does not see is ERR_NOT_FOUND.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SAVED_VIEW_H
#define INSIGHT_SAVED_VIEW_H

#include "db/unit.h"

struct caller;

#define SAVED_VIEW_NAME_MAX 200  /* bytes */
#define SAVED_VIEW_PATH_MAX 4000 /* bytes */
#define SAVED_VIEWS_MAX     200  /* of one owner */
/* Of a place in the list. */
#define SAVED_VIEW_POSITION_MAX INT64_C(1000000000)

struct saved_view {
	int64_t id, owner; /* owner 0: an API key */
	Str name, path;
	bool shared;
	int64_t position;
	Str actor; /* who made it */
	int64_t created_at, updated_at;
};

/* Is it the path of a screen that has views (overview, answers, insight), with a query or without? Nothing else is: no
 * other host, no fragment, no path that a browser reads as one. */
bool saved_view_takes_path(Str path);

/* Those that the caller sees, in their order. */
MUST_USE bool saved_view_list(struct db *db, struct arena *a, const struct caller *caller,
                              struct saved_view **out, size_t *count, struct err *err);
/* May the caller change it? */
bool saved_view_may_change(const struct saved_view *view, const struct caller *caller);

/* What is given changes; of a new one name and path are. Texts at NULL are not given. */
struct saved_view_input {
	const struct caller *caller;
	struct arena *arena; /* the request's, for the result */
	int64_t id;
	Str name, path;
	bool has_shared, shared, has_position;
	int64_t position;
	struct saved_view view; /* the result */
};

/* Functions of units; the input is a struct saved_view_input. ERR_DENIED, ERR_NOT_FOUND, ERR_CONFLICT: too many. */
bool saved_view_create(struct db_tx *tx, void *input, struct err *err);
bool saved_view_change(struct db_tx *tx, void *input, struct err *err);
bool saved_view_remove(struct db_tx *tx, void *input, struct err *err);

#endif
