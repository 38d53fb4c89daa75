/* account/password.h - password hashes: Argon2id, two at a time at most.
 *
 * A hash takes 64 MiB and some tenths of a second of one core. One more may wait; others get ERR_BUSY, so that a flood
 * of sign-ins never takes all workers.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_PASSWORD_H
#define ACCOUNT_PASSWORD_H

#include "account/account.h"

#define PASSWORD_MIN 8    /* characters */
#define PASSWORD_MAX 1024 /* bytes */

/* ERR_INVALID with path "/password" when it is too short or too long. */
MUST_USE bool password_check(Str password, struct err *err);
MUST_USE bool password_hash(struct account *account, struct arena *a, Str password, Str *out,
                            struct err *err);
/* *matches is false for another password, and (after the same time) when `hash` is empty. */
MUST_USE bool password_verify(struct account *account, Str hash, Str password, bool *matches,
                              struct err *err);

#endif
