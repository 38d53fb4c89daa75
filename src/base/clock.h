/* base/clock.h - the time, passed in so that logic and tests can run on any.
 *
 * Instants are int64_t microseconds since 1970-01-01 UTC. Only app/ makes a system clock; everything else
 * takes a `struct clock` or a plain `now`.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#define CLOCK_SECOND INT64_C(1000000)
#define CLOCK_MINUTE (60 * CLOCK_SECOND)
#define CLOCK_HOUR   (60 * CLOCK_MINUTE)
#define CLOCK_DAY    (24 * CLOCK_HOUR)

/* `offset` moves it for tests; `frozen` != 0 stops it there. */
struct clock {
	int64_t offset;
	int64_t frozen;
};

int64_t clock_now(const struct clock *c);
/* Microseconds on a clock that never jumps, for deadlines and durations only. */
int64_t clock_monotonic(void);

#endif
