/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/import_pace.h"

#define UNIT_US    12000
#define UNIT_BEGIN 100
#define UNIT_MIN   20
#define UNIT_STEP  20

struct import_pace import_pace_begin(void)
{
	return (struct import_pace){ UNIT_BEGIN };
}

void import_pace_follow(struct import_pace *pace, size_t count, int64_t took_us)
{
	/* Larger only while such a unit would have been in time, too. */
	if (took_us > UNIT_US && pace->target > UNIT_MIN)
		pace->target = pace->target * 3 / 4;
	else if (count >= pace->target && pace->target + UNIT_STEP <= IMPORT_UNIT_MAX &&
	         took_us * (int64_t)(count + UNIT_STEP) < UNIT_US * (int64_t)count)
		pace->target += UNIT_STEP;
}
