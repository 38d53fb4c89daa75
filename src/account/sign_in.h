/* account/sign_in.h - from an address and a password, or a one-time link, to a session. The API and the pages are its
 * two doors.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_SIGN_IN_H
#define ACCOUNT_SIGN_IN_H

#include "account/account.h"
#include "account/user.h"
#include "account/workspace.h"

struct sign_in {
	struct user user; /* as prepare found it; apply looks again */
	struct workspace workspace;
	unsigned role;
	Str link_hash; /* at NULL: by password */
	Str token;     /* of the new session, for the cookie */
	Str token_hash;
	Str address, agent;
};

/* Is a browser's word, if it says anything, that the request comes from a page of ours? */
MUST_USE bool sign_in_from_here(const struct account *account, const struct request *rq,
                                struct err *err);

/* Checks the password on this thread and picks the workspace (`wish`, 0: the first). Sets rq->input_workspace.
 * ERR_UNAUTHENTICATED never says which of the two is wrong. */
MUST_USE bool sign_in_by_password(struct account *account, struct request *rq, Str email,
                                  Str password, int64_t wish, struct sign_in *out, struct err *err);
MUST_USE bool sign_in_by_link(struct account *account, struct request *rq, Str token,
                              struct sign_in *out, struct err *err);

/* A unit's function; input is a struct sign_in. */
bool sign_in_apply(struct db_tx *tx, void *input, struct err *err);
/* Hands out the cookie, once the session is durable. */
void sign_in_reply(const struct account *account, struct request *rq, struct reply *rp,
                   const struct sign_in *in);

#endif
