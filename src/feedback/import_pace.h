/* feedback/import_pace.h - how many answers the next bulk unit holds, from how long the last ones took.
 *
 * A unit shall stay well below the 20 ms that bulk units have, on a machine and with data that nobody knows beforehand. Its owner's
 * lock guards it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_PACE_H
#define FEEDBACK_IMPORT_PACE_H

#include <stddef.h>
#include <stdint.h>

#define IMPORT_UNIT_MAX 500

struct import_pace {
	size_t target; /* answers a unit */
};

struct import_pace import_pace_begin(void);
/* A unit of `count` answers took so long. A smaller one than the target says nothing for a larger one. */
void import_pace_follow(struct import_pace *pace, size_t count, int64_t took_us);

#endif
