/* account/totp.h - six digits from a secret and the time (RFC 6238: SHA-1, 30 seconds), as authenticator apps make them.
 *
 * Pure: no clock, no database. A code is good in its own step and in the one before and after; who takes one keeps its step, and
 * takes none that is not later, so that a code works once.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_TOTP_H
#define ACCOUNT_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define TOTP_SECRET_SIZE 20
#define TOTP_DIGITS      6

struct arena;

int64_t totp_step(int64_t now); /* microseconds */
/* The code of a step: 0 to 999,999. */
uint32_t totp_code(const unsigned char secret[static TOTP_SECRET_SIZE], int64_t step);
/* Which step after `last` around `now` has the code that was typed (spaces do not matter); false when none has. */
bool totp_check(const unsigned char secret[static TOTP_SECRET_SIZE], Str typed, int64_t now,
                int64_t last, int64_t *step);

/* RFC 4648's base32 in upper case, without padding. */
Str totp_base32(struct arena *a, const unsigned char *bytes, size_t len);
/* What a QR code for an app says. `email` names the account, `workspace` who issued it. */
Str totp_uri(struct arena *a, Str workspace, Str email,
             const unsigned char secret[static TOTP_SECRET_SIZE]);

#endif
