/* account/sign_in.h - from an address and a password (and a second step), or a one-time link, to a session. The API and
 * the pages are its two doors.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_SIGN_IN_H
#define ACCOUNT_SIGN_IN_H

#include "account/account.h"
#include "account/second_step.h"
#include "account/throttle.h"
#include "account/user.h"
#include "account/workspace.h"

/* What has been shown, and so what apply looks at again. */
enum sign_in_by { BY_PASSWORD, BY_LINK, BY_STEP };

struct sign_in {
	enum sign_in_by by;
	struct user user; /* as prepare found it; apply looks again */
	struct workspace workspace;
	unsigned role;
	Str link_hash;           /* of the one-time link, or of the step that waits */
	struct second_step step; /* the user's */
	Str code;                /* at NULL: none was given */
	bool waits;              /* filled in: the password was right and a code is wanted */
	Str token;               /* of the new session, or of the step that waits */
	Str token_hash;
	Str address, agent;
	struct attempt attempt;
	Str device; /* a cookie that marks this browser; at NULL: it is marked */
};

/* Is a browser's word, if it says anything, that the request comes from a page of ours? */
MUST_USE bool sign_in_from_here(const struct account *account, const struct request *rq,
                                struct err *err);

/* Where a request comes from, for account/throttle.h: of IPv6 the subscriber's part, as whoever has one has all of it. */
Str sign_in_place(struct request *rq);
/* Checks the password on this thread and picks the workspace (`wish`, 0: the first). Sets rq->input_workspace.
 * ERR_UNAUTHENTICATED never says which of the two is wrong. ERR_TOO_MANY with rq->wait_us after too many wrong tries. A user with a
 * second step needs `code`, at NULL when the caller asks for it later. */
struct credentials {
	Str email, password, code;
	int64_t wish;
};
MUST_USE bool sign_in_by_password(struct account *account, struct request *rq,
                                  const struct credentials *given, struct sign_in *out,
                                  struct err *err);
MUST_USE bool sign_in_by_link(struct account *account, struct request *rq, Str token,
                              struct sign_in *out, struct err *err);
/* With the token of the step that waits. ERR_GONE when it waited too long. */
MUST_USE bool sign_in_by_step(struct account *account, struct request *rq, Str token, Str code,
                              struct sign_in *out, struct err *err);
/* For a user who has just been made or shown otherwise that they are who they are: fills token and cookie alone. */
MUST_USE bool sign_in_as(struct account *account, struct request *rq, struct sign_in *in,
                         struct err *err);

/* A unit's function; input is a struct sign_in. Makes the session, or the step that waits. */
bool sign_in_apply(struct db_tx *tx, void *input, struct err *err);
/* Hands out the cookie, once the session is durable. */
void sign_in_reply(struct account *account, struct request *rq, struct reply *rp,
                   const struct sign_in *in);

#endif
