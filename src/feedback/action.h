/* feedback/action.h - one thing done to many answers at once.
 *
 * A unit does it to ACTION_MAX answers at most; more come as further requests. Each answer is looked at in the unit: one
 * that is gone or outside of the caller's scope is missing, one where there is nothing to do stays as it is. What the
 * action has changed is listed, so that the opposite can be asked for exactly those.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_ACTION_H
#define FEEDBACK_ACTION_H

#include "feedback/correction.h"
#include "feedback/tag.h"
#include "net/route.h"

#define ACTION_MAX 100

#define ACTIONS(X)                   \
	X(ACTION_EXCLUDE, "exclude") \
	X(ACTION_INCLUDE, "include") \
	X(ACTION_TEST, "test")       \
	X(ACTION_DELETE, "delete")   \
	X(ACTION_RESTORE, "restore") \
	X(ACTION_PURGE, "purge")     \
	X(ACTION_TAG, "tag")         \
	X(ACTION_UNTAG, "untag")     \
	X(ACTION_STAR, "star")       \
	X(ACTION_UNSTAR, "unstar")

#define ACTION_ENUM(action, name) action,
enum action { ACTIONS(ACTION_ENUM) ACTION_COUNT };
#undef ACTION_ENUM

const char *action_name(enum action action);
MUST_USE bool action_parse(Str name, const char *path, enum action *out, struct err *err);

struct action_input {
	enum action what;
	const struct caller *caller;
	enum response_state from; /* restore: only from this state; 0: from any */
	Str reason;               /* exclude needs one, test may have one */
	struct tag_name tag;      /* of tag and untag */
	const int64_t *ids;
	size_t count;
	bool explicit_ids; /* asked for by id: ERR_NOT_FOUND when none of them is there */

	/* Results. */
	struct arena *arena;
	int64_t *changed;
	size_t changed_count, same, missing;
	Str tag_shown; /* the tag as it is written */
};

/* A unit's function; input is a struct action_input. */
bool action_apply(struct db_tx *tx, void *input, struct err *err);

#endif
