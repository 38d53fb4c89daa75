/* account/session.h - who is signed in, and the one-time links that sign in.
 *
 * Tokens are 256 random bits in base64url; the database keeps SHA-256 of them. A session lasts 30 days and ends at once
 * when its row goes. A login link lasts ten minutes and works once.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_SESSION_H
#define ACCOUNT_SESSION_H

#include "base/clock.h"
#include "db/unit.h"

#define TOKEN_LENGTH     43 /* characters of a token */
#define SESSION_LASTS    (30 * CLOCK_DAY)
#define LOGIN_LINK_LASTS (10 * CLOCK_MINUTE)

#define LOGIN_LINK_IS_OVER "This sign-in link was used already, or is older than ten minutes."

#define SESSION_SEEN_EVERY (10 * CLOCK_MINUTE)

struct session {
	int64_t user, workspace, created_at, expires_at, seen_at;
	Str email;
	bool has_second_step; /* the user has one in force */
};

/* One of a user's, for a list. Its id is made of the hash, so that it tells nothing that signs in. */
struct session_row {
	int64_t id, created_at, seen_at;
	Str hash, address, agent;
};

/* A new token and the hash under which it is kept, both in the arena. */
void token_new(struct arena *a, Str *token, Str *hash);
/* False when the text cannot be a token. */
bool token_hash(struct arena *a, Str token, Str *hash);

MUST_USE bool session_create(struct db_tx *tx, Str hash, int64_t user, int64_t workspace,
                             Str address, Str agent, struct err *err);
/* *found is false for one that is unknown or over. */
MUST_USE bool session_find(struct db *db, Str hash, int64_t now, struct arena *a,
                           struct session *out, bool *found, struct err *err);
MUST_USE bool session_move(struct db_tx *tx, Str hash, int64_t workspace, struct err *err);
MUST_USE bool session_end(struct db_tx *tx, Str hash, struct err *err);
MUST_USE bool session_end_all(struct db_tx *tx, int64_t user, struct err *err);
/* All but the one with `hash`. */
MUST_USE bool session_end_others(struct db_tx *tx, int64_t user, Str hash, struct err *err);
/* Those that work in a workspace which the user has left. */
MUST_USE bool session_end_in(struct db_tx *tx, int64_t user, int64_t workspace, struct err *err);
/* The last used first. */
MUST_USE bool session_list(struct db *db, int64_t user, int64_t now, struct arena *a,
                           struct session_row **out, size_t *count, struct err *err);
/* ERR_NOT_FOUND when the user has none of that id. */
MUST_USE bool session_end_by_id(struct db_tx *tx, int64_t user, int64_t id, struct err *err);
/* 0: never, or signed out since. */
MUST_USE bool session_last_seen(struct db *db, int64_t user, int64_t *out, struct err *err);
/* A unit's function that notes that the session was used; input is a struct session_seen. */
struct session_seen {
	Str hash, address;
};
bool session_note_seen(struct db_tx *tx, void *input, struct err *err);

MUST_USE bool login_link_create(struct db_tx *tx, Str hash, int64_t user, int64_t workspace,
                                struct err *err);
/* ERR_GONE when it is unknown, used or over. */
MUST_USE bool login_link_find(struct db *db, Str hash, int64_t now, struct arena *a,
                              struct session *out, struct err *err);
/* The same, and takes it away: one of two wins. */
MUST_USE bool login_link_use(struct db_tx *tx, Str hash, struct session *out, struct err *err);

/* Rows that are over, for the nightly round; a unit_fn of workspace 0 (input unused), and whether it has work. */
bool session_prune(struct db_tx *tx, void *unused, struct err *err);
MUST_USE bool session_prunable(struct db *db, int64_t now, bool *out, struct err *err);

#endif
