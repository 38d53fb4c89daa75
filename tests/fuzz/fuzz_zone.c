/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any file that passes as a time zone gives times that come back. */
#include "base/zone.h"

#include <string.h>

#include "base/clock.h"
#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct zone *z, int64_t instant)
{
	struct civil c;
	zone_civil(z, instant, &c);
	MUST(c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= 31);
	MUST(c.hour >= 0 && c.hour < 24 && c.microsecond >= 0 && c.microsecond < CLOCK_SECOND);
	int64_t back = zone_instant(z, &c);
	struct civil again;
	zone_civil(z, back, &again);
	/* The first instant with that wall time, unless the ends of time are near. */
	if (instant > -INT64_MAX / 2 && instant < INT64_MAX / 2)
		MUST(back <= instant && memcmp(&c, &again, sizeof c) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct err err;
	const struct zone *z;
	if (zone_parse(&a, (Str){ (const char *)data, size }, &z, &err)) {
		for (int64_t year = 1900; year < 2150; year += 7)
			check(z,
			      date_to_days((int)year, (int)year % 12 + 1, 25) * CLOCK_DAY + 12345);
		check(z, INT64_MIN);
		check(z, INT64_MAX);
		check(z, 0);
	}
	arena_free(&a);
	return 0;
}
