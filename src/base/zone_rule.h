/* base/zone_rule.h - the POSIX TZ rule that says which offset years beyond a zone's table have (RFC 8536 3.3).
 *
 * Inside base/zone only. Offsets are seconds east of UTC, the other way round than in the text.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_ZONE_RULE_H
#define BASE_ZONE_RULE_H

#include <stdint.h>

#include "base/str.h"

/* "M3.5.0/2": the fifth (last) Sunday of March at 2. "J60": day 60, never counting a leap day; "59": counting. */
struct zone_day {
	enum { ZONE_DAY_OF_WEEK, ZONE_DAY_JULIAN, ZONE_DAY_OF_YEAR } kind;
	int month, week, day;
	int second; /* of that day's wall time, may be negative or past 24 hours */
};

struct zone_rule {
	int standard, summer;
	bool has_summer;
	struct zone_day start, end; /* of summer time */
};

/* "CET-1CEST,M3.5.0,M10.5.0/3", "<+03>-3". Leaves *out half-filled on false. */
bool zone_rule_parse(Str text, struct zone_rule *out);
int zone_rule_offset(const struct zone_rule *r, int64_t second);
/* The first change after `second`, or INT64_MAX. */
int64_t zone_rule_change_after(const struct zone_rule *r, int64_t second);

#endif
