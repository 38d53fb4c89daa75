/* account/throttle.h - wrong passwords and codes cost time, and never lock anybody out for good.
 *
 * Who tries is an account from a place: an address, or a browser that has signed in to this account before and carries its mark. Each such
 * pair has some tries for nothing, then waits that double up to a quarter of an hour; each address has more of them over all accounts.
 * Somebody who hammers on an account from elsewhere makes no other place wait: when the wrong tries at an account come from many
 * addresses, a place that is new to it has one try instead of five, but it has that one. A right password forgets the pair.
 *
 * A table of fixed size in memory: a restart forgets all, a full set forgets the oldest. Any thread.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_THROTTLE_H
#define ACCOUNT_THROTTLE_H

#include "base/str.h"

#define THROTTLE_TRIES         5   /* at an account from one place, without a wait */
#define THROTTLE_ADDRESS_TRIES 20  /* from one address at all accounts */
#define THROTTLE_CROWD         100 /* wrong tries at one account that make it an attack */

struct throttle;

struct attempt {
	Str account; /* folded address, whether or not there is such a user */
	Str address;
	Str device; /* empty: a browser that we do not know */
};

struct throttle *throttle_new(size_t places);
void throttle_free(struct throttle *t);

/* Counts a try, as if it were wrong. False: not yet, *wait_us says how long. `now` on a clock that never jumps. */
bool throttle_take(struct throttle *t, const struct attempt *who, int64_t now, int64_t *wait_us);
/* It was right. */
void throttle_forget(struct throttle *t, const struct attempt *who);

#endif
