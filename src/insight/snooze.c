/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/snooze.h"

#include "base/zone.h"

bool snooze_read(JsonRef ref, int64_t today, bool *given, int64_t *until, struct err *err)
{
	Str text;
	int64_t at, day = 0;
	if (json_read_is_given(ref)) {
		if (!json_read_text(ref, 16, &text, err))
			return false;
		if (text.len != 10 || !time_parse(text, zone_utc(), &at, err))
			return err_at(err, ERR_INVALID, ref.path,
			              "must be a day such as 2026-03-01");
		day = zone_day(zone_utc(), at);
		if (day <= today)
			return err_at(err, ERR_INVALID, ref.path, "must be a day to come");
	}
	*given = json_read_kind(ref) != JSON_ABSENT;
	*until = day;
	return true;
}
