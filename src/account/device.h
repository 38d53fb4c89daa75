/* account/device.h - the mark on a browser that has signed in before.
 *
 * A cookie that signs nobody in. It tells the throttle that a try at this user's password comes from a browser where it was right once,
 * so that somebody else's tries never make its owner wait.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_DEVICE_H
#define ACCOUNT_DEVICE_H

#include "account/account.h"

/* What is the same in every request of this browser; empty when it bears no mark of the user's. */
MUST_USE bool device_known(struct account *account, const struct request *rq, int64_t user,
                           Str *device, struct err *err);
/* The cookie that marks it. */
MUST_USE bool device_cookie(struct account *account, const struct request *rq, int64_t user,
                            Str *cookie, struct err *err);

#endif
