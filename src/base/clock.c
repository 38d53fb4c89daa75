/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/clock.h"

#include <time.h>

static int64_t read_clock(clockid_t which)
{
	struct timespec t;
	clock_gettime(which, &t);
	return (int64_t)t.tv_sec * CLOCK_SECOND + t.tv_nsec / 1000;
}

int64_t clock_now(const struct clock *c)
{
	return c->frozen ? c->frozen : read_clock(CLOCK_REALTIME) + c->offset;
}

int64_t clock_monotonic(void)
{
	return read_clock(CLOCK_MONOTONIC);
}
