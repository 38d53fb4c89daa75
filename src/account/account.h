/* account/account.h - the room of workspaces, people who work in them, sessions and API keys.
 *
 * One struct account per process. It owns the two places at which Argon2id runs; everything else is at rest in the
 * database. Sessions and keys are not cached: one look-up by primary key is what comparing a cache's revision would
 * cost, and a revoked one is refused by the very next request, whichever process revoked it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include <pthread.h>

#include "account/vault.h"
#include "net/origin.h"
#include "net/route.h"

struct throttle;

struct account {
	struct store *store;
	struct origin origin; /* of public_url: cookies, Origin checks */
	const struct origin
	    *_Atomic also; /* the address that the set-up chose, while it runs; NULL: none */
	pthread_mutex_t hashing_lock;
	pthread_cond_t hashing_done;
	int hashing, hashing_waits; /* running and waiting password hashes */
	struct arena arena;         /* the templates */
	const struct template *login_page, *join_page, *lost_page;
	const char *_Atomic public_url; /* of links; no slash at its end */
	struct vault vault;
	struct throttle *throttle;
};

MUST_USE bool account_open(struct account *account, struct store *store, struct err *err);
/* Once the port is known, before requests come. ERR_INVALID when it is no origin. */
MUST_USE bool account_set_public_url(struct account *account, const char *public_url,
                                     struct err *err);
void account_close(struct account *account);

/* For net/server.h: who asks, from the Authorization header or the session cookie. A bearer that is wrong is
 * ERR_UNAUTHENTICATED; a cookie that is stale is nobody, so that open pages still answer. An unsafe method by cookie
 * needs more, which net/ checks. `context` is a struct account. */
MUST_USE bool account_authenticate(void *context, struct request *rq, struct caller *caller,
                                   struct err *err);

/* For net/server.h: says to a browser that there is nothing at its address. `context` is a struct account. */
bool account_lost_page(void *context, struct request *rq, struct reply *rp);

/* The one of our origins that a request came to. */
const struct origin *account_origin(const struct account *account, const struct request *rq);
/* May cookies go to it: https, or http on loopback only? */
bool account_cookies_are_safe(const struct origin *origin);

/* The session cookie's name and attributes with `token`; an empty token takes it away. */
Str account_cookie(const struct account *account, const struct request *rq, Str token);
const char *account_cookie_name(const struct account *account, const struct request *rq);

extern const struct route account_routes[];
extern const size_t account_route_count;

#endif
