/* base/phone.h - telephone numbers as E.164 writes them.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_PHONE_H
#define BASE_PHONE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* "+49 (0)30 / 1234-56" and "0049 30 123456" are "+4930123456"; a number without country keeps its digits alone
 * ("030 123456" is "030123456"): which country it means is not guessed. Digits of any script count. ERR_INVALID
 * for letters, fewer than 5 digits (7 with a country) or more than 15. Lives in the arena. */
MUST_USE bool phone_normalise(struct arena *a, Str typed, Str *out, struct err *err);

#endif
