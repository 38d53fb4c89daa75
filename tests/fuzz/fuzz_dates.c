/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Every format and RFC 3339; what is read writes and reads back. */
#include "base/dates.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/die.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_time(int64_t instant)
{
	char text[32];
	int64_t again;
	struct err err;
	time_write(instant, text);
	struct civil c;
	zone_civil(zone_utc(), instant, &c);
	if (c.year < 1 || c.year > 9999)
		return;
	MUST(time_parse(str_of(text), zone_utc(), &again, &err));
	MUST(again <= instant && instant - again < CLOCK_SECOND / 1000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dates_detector d = { 0 };
	Str text = { (const char *)data, size };
	struct err err;
	int64_t instant;
	dates_detect(&d, text);
	for (size_t i = 0; i < DATES_FORMAT_COUNT; i++) {
		bool ok = dates_parse((enum dates_format)i, text, zone_utc(), &instant, &err);
		MUST(ok == (d.fits[i] == 1) || str_trim(text).len == 0);
		if (ok)
			check_time(instant);
	}
	if (time_parse(text, zone_utc(), &instant, &err))
		check_time(instant);
	return 0;
}
