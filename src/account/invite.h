/* account/invite.h - an invitation to work in a workspace: a link for one email address, good for seven days and once.
 *
 * The link's token is a secret (account/secret.h), shown once. What the new member may see (role, team, names) is fixed when the link is made.
 * It lets in nobody once its maker could not make it any more.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_INVITE_H
#define ACCOUNT_INVITE_H

#include "account/user.h"
#include "base/clock.h"
#include "db/unit.h"

#define INVITE_LASTS (7 * CLOCK_DAY)

#define INVITE_IS_OVER                                                                         \
	"This invitation was used already, was withdrawn, is older than seven days, or is of " \
	"somebody who may invite no more."

struct invite {
	int64_t id;
	Str email, email_folded;
	enum role role;
	int64_t team; /* 0: none */
	enum member_names names;
	int64_t created_at, expires_at, used_at, revoked_at;
	Str created_by;                /* who made it, by name */
	int64_t maker_user, maker_key; /* and by id: one of the two, the other is 0 */
};

/* Fills id and times; withdraws what else is open for the same address. ERR_CONFLICT when it is a member's already. */
MUST_USE bool invite_create(struct db_tx *tx, Str hash, struct invite *invite, struct err *err);
/* It is open, and whoever made it may still make such a one: not removed, made less or disabled since, nor a key
 * that was revoked. */
MUST_USE bool invite_is_good(struct db *db, int64_t workspace, const struct invite *invite,
                             int64_t now, bool *out, struct err *err);
/* ERR_GONE when it is unknown, used, withdrawn or over. */
MUST_USE bool invite_find(struct db *db, int64_t workspace, Str hash, int64_t now, struct arena *a,
                          struct invite *out, struct err *err);
/* The same, and takes it: one of two wins. */
MUST_USE bool invite_use(struct db_tx *tx, Str hash, struct invite *out, struct err *err);
/* Those that are neither used nor withdrawn, the newest first; some may be over. */
MUST_USE bool invite_list(struct db *db, int64_t workspace, struct arena *a, struct invite **out,
                          size_t *count, struct err *err);
/* ERR_NOT_FOUND; withdrawing twice is fine. */
MUST_USE bool invite_revoke(struct db_tx *tx, int64_t id, struct invite *out, struct err *err);

#endif
