/* insight/shared_view.h - a link that shows figures to whoever has it: who made it, what it shows, until when.
 *
 * A token is a secret (account/secret.h): the link is
 * shown once. What it shows lies inside the team's scope that its maker had when it was made, for good; it ends with what
 * let its maker see that: the membership, the scope, the key. Revoked ones keep their row, so that who comes is told.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARED_VIEW_H
#define INSIGHT_SHARED_VIEW_H

#include "base/clock.h"
#include "db/unit.h"
#include "net/route.h"

#define SHARED_NAME_MAX     100
#define SHARED_FILTER_MAX   2000
#define SHARED_DAYS_MAX     730 /* that it lasts */
#define SHARED_DAYS_DEFAULT 30
#define SHARED_QUOTES_MAX   12
#define SHARED_VIEWS_MAX    500

/* Stored: never renumber. */
#define SHARED_KINDS(X)                   \
	X(SHARED_OVERVIEW, 1, "overview") \
	X(SHARED_BOARD, 2, "board")       \
	X(SHARED_WALLBOARD, 3, "wallboard")

#define SHARED_ENUM(kind, number, name) kind = number,
enum shared_kind { SHARED_KINDS(SHARED_ENUM) };
#undef SHARED_ENUM

const char *shared_kind_name(enum shared_kind kind);
MUST_USE bool shared_kind_find(Str name, enum shared_kind *out);

enum shared_state { SHARED_OPEN, SHARED_REVOKED, SHARED_EXPIRED, SHARED_ENDED };
const char *shared_state_name(enum shared_state state); /* "open", "revoked", "expired", "ended" */

struct shared_view {
	int64_t workspace, id;
	Str name;
	enum shared_kind what;
	Str filter; /* a query string, of feedback/filter.h; without a period where last_days is set */
	int64_t last_days; /* the period, counted back from today; 0: that of the filter */
	Str split;         /* as insight_split_parse takes it; at NULL: none */
	int64_t quotes[SHARED_QUOTES_MAX]; /* answers whose comments it shows, masked */
	size_t quote_count;
	bool shows_answers; /* scores and times of the last answers, on a wallboard */
	Str scope;          /* canonical (survey/team_scope.h) */
	Str actor;
	int64_t created_by, created_by_key; /* one of them */
	int64_t created_at, expires_at, revoked_at;
	Str password_hash; /* at NULL: none */
	int64_t views, seen_at;
};

/* Who sees a part of the workspace only sees what he made himself. Newest first, at most SHARED_VIEWS_MAX. */
MUST_USE bool shared_view_list(struct db *db, struct arena *a, const struct caller *caller,
                               struct shared_view **out, size_t *count, struct err *err);
/* ERR_NOT_FOUND, too, for another's. */
MUST_USE bool shared_view_find(struct db *db, struct arena *a, const struct caller *caller,
                               int64_t id, struct shared_view *out, struct err *err);
MUST_USE bool shared_view_by_token(struct db *db, struct arena *a, int64_t workspace, Str hash,
                                   struct shared_view *out, bool *found, struct err *err);

/* What has become of it by `now`. */
MUST_USE bool shared_view_state(struct db *db, struct arena *a, const struct shared_view *v,
                                int64_t now, enum shared_state *out, struct err *err);

struct shared_input {
	struct shared_view view;
	struct shared_view result; /* in the arena */
	struct arena *arena;
	Str token, token_hash; /* of a new one */
	const struct caller *caller;
	/* Of a change: what is given. */
	bool sets_name, sets_expiry, sets_password, sets_revoked, revoked;
};
/* Units' functions; input is a struct shared_input. Quotes that the caller does not see are ERR_INVALID. */
bool shared_view_create(struct db_tx *tx, void *input, struct err *err);
bool shared_view_change(struct db_tx *tx, void *input, struct err *err);

/* Counts that somebody looked, in a unit of its own; nobody waits for it. */
void shared_view_seen(struct store *store, const struct shared_view *v);

#endif
