/* account/member_rules.h - who may do what to whom in a workspace.
 *
 * Owners do all. Admins do all but touch owners or make one. Nobody raises themselves, or gives themselves another team or names: one's
 * own role may only go down. The last owner stays, which account/user.h sees to. An API key of scope admin counts as an admin. Pure.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_MEMBER_RULES_H
#define ACCOUNT_MEMBER_RULES_H

#include "net/route.h"

struct member_wish {
	int64_t actor; /* a user, 0: an API key */
	unsigned actor_role;
	int64_t target;       /* a user */
	unsigned target_role; /* now; 0: no member so far */
	unsigned new_role;    /* 0: stays */
	bool rest;            /* team or names change, too */
};

/* ERR_DENIED says why not. */
MUST_USE bool member_wish_check(const struct member_wish *wish, struct err *err);

#endif
