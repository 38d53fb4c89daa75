/* net/limit.h - token buckets in a table of fixed size.
 *
 * A bucket holds a minute's worth and fills evenly. It is one number: the time at which it will be full again.
 * Full buckets need no place, so a table that forgets the fullest first forgets least. The hash is keyed, so that
 * nobody can choose addresses that share a place. Any thread.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_LIMIT_H
#define NET_LIMIT_H

#include "base/str.h"

struct limiter;

struct limiter *limiter_new(size_t buckets); /* rounded up to a power of two */
void limiter_free(struct limiter *limiter);

/* Takes one token of the bucket (group, subject). False when it is empty: *wait_us says when the next one comes.
 * per_minute > 0; `now` on a clock that never jumps. */
bool limiter_take(struct limiter *limiter, Str group, Str subject, int per_minute, int64_t now,
                  int64_t *wait_us);
/* Is there one? Takes none. */
bool limiter_has(struct limiter *limiter, Str group, Str subject, int per_minute, int64_t now,
                 int64_t *wait_us);

#endif
