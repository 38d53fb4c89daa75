/* survey/identity_secret.h - how a customer's own server tells the widget who somebody is, so that nobody answers for
 * another.
 *
 * A workspace has a secret that only the customer's server knows. It signs the person's id and a time until which that
 * is good: HMAC-SHA256 over ID LF EXPIRES, EXPIRES in Unix seconds, in hexadecimal. Without a signature that holds an answer
 * has no person. A signature may be used again until it expires, at most IDENTITY_AHEAD_DAYS ahead: it names its own
 * person alone, and whoever reads it from the page is signed in as that person already.
 *
 * After a rotation the secret before it is taken for IDENTITY_GRACE, so that pages that are open go on.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_IDENTITY_SECRET_H
#define SURVEY_IDENTITY_SECRET_H

#include "base/clock.h"
#include "db/unit.h"

#define IDENTITY_SECRET_BYTES 32
#define IDENTITY_SECRET_CHARS 46 /* "hi_" and base64url; these characters are the key */
#define IDENTITY_AHEAD_DAYS   31
#define IDENTITY_GRACE        CLOCK_DAY

struct identity_secret {
	int64_t number; /* 0: there is none yet */
	unsigned char secret[IDENTITY_SECRET_BYTES];
	int64_t created_at;
};

/* The newest and the one before it, each with number 0 when there is none. */
MUST_USE bool identity_secret_find(struct db *db, struct arena *a, int64_t workspace,
                                   struct identity_secret out[static 2], struct err *err);
void identity_secret_text(const struct identity_secret *secret,
                          char out[static IDENTITY_SECRET_CHARS + 1]);

/* What the page sent, as text. */
struct identity_claim {
	Str person, expires, signature;
};

/* Is it signed by the workspace, and good now? *why is a word for the developer: "expired", "too_far", "signature",
 * "none". In constant time for the signature. */
bool identity_claim_holds(const struct identity_secret secrets[static 2],
                          const struct identity_claim *claim, int64_t now, const char **why);

struct identity_rotate_input {
	unsigned char secret[IDENTITY_SECRET_BYTES]; /* random */
	bool at_once;                                /* the one before is not taken any more */
	Str actor;
	struct arena *arena;
	struct identity_secret now[2]; /* result */
};

/* A unit's function: the first secret, or the next. */
bool identity_rotate(struct db_tx *tx, void *input, struct err *err);

#endif
