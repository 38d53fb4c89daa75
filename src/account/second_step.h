/* account/second_step.h - the second step of signing in: six digits from an app, or one of ten recovery codes.
 *
 * The secret is sealed (account/vault.h) and is opened on a worker, never inside a unit. It is in force once a first code has
 * confirmed it. A code works once, whoever typed it; recovery codes are kept as hashes.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_SECOND_STEP_H
#define ACCOUNT_SECOND_STEP_H

#include "account/totp.h"
#include "account/vault.h"
#include "base/clock.h"
#include "db/unit.h"

#define RECOVERY_CODES   10
#define LOGIN_STEP_LASTS (10 * CLOCK_MINUTE)

#define LOGIN_STEP_IS_OVER "The password was typed more than ten minutes ago. Please sign in again."

struct second_step {
	bool exists, confirmed;
	bool fits; /* the key of this server opens it; else only recovery codes work */
	unsigned char secret[TOTP_SECRET_SIZE];
};

/* On a worker. Nothing set up is no failure. */
MUST_USE bool second_step_find(struct vault *vault, struct db *db, int64_t user, struct arena *a,
                               struct second_step *out, struct err *err);
/* Is one in force? Does not open it. */
MUST_USE bool second_step_is_on(struct db *db, int64_t user, bool *on, struct err *err);
MUST_USE bool second_step_codes_left(struct db *db, int64_t user, int64_t *out, struct err *err);

/* In units. A secret that is in force is not replaced: ERR_CONFLICT. */
MUST_USE bool second_step_begin(struct db_tx *tx, int64_t user, Str sealed, struct err *err);
/* ERR_INVALID at /code when the code is not the secret's. */
MUST_USE bool second_step_confirm(struct db_tx *tx, int64_t user, const struct second_step *step,
                                  Str code, struct err *err);
/* Takes a code of the app or a recovery code; *recovered says which. ERR_UNAUTHENTICATED at /code. */
MUST_USE bool second_step_use(struct db_tx *tx, int64_t user, const struct second_step *step,
                              Str code, bool *recovered, struct err *err);
MUST_USE bool second_step_drop(struct db_tx *tx, int64_t user, struct err *err);

/* Ten new codes such as "3rp9-x2kd-77ab-qm4e" in the arena, and what is kept of them. */
void recovery_codes_make(struct arena *a, int64_t user, Str codes[static RECOVERY_CODES],
                         Str hashes[static RECOVERY_CODES]);
/* In a unit: in place of those there were. */
MUST_USE bool recovery_codes_set(struct db_tx *tx, int64_t user,
                                 const Str hashes[static RECOVERY_CODES], struct err *err);

/* A password that was right and waits for its code. Tokens as in account/session.h. */
struct login_step {
	int64_t user, workspace;
};
MUST_USE bool login_step_create(struct db_tx *tx, Str hash, const struct login_step *step,
                                struct err *err);
/* ERR_GONE. */
MUST_USE bool login_step_find(struct db *db, Str hash, int64_t now, struct login_step *out,
                              struct err *err);
MUST_USE bool login_step_drop(struct db_tx *tx, Str hash, struct err *err);
MUST_USE bool login_step_prune(struct db_tx *tx, struct err *err);
MUST_USE bool login_step_prunable(struct db *db, int64_t now, bool *out, struct err *err);

#endif
