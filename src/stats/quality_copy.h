/* stats/quality_copy.h - answers that look like copies: the same words from the same device, or in the same minute.
 *
 * The same words alone are no sign ("ok", "good"). Keys are numbers that the caller makes of texts and devices (0: none);
 * the minute is that of the answer. Counting only; nothing is estimated.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_QUALITY_COPY_H
#define STATS_QUALITY_COPY_H

#include "base/arena.h"

#include <stdint.h>

struct quality_answer {
	uint64_t text, device; /* keys; 0: none */
	int64_t minute;
};

/* How many answers, itself included, are like this one; 1: none other. */
struct quality_likes {
	uint32_t by_device; /* same text, same device */
	uint32_t by_minute; /* same text, same minute */
	uint32_t of_device; /* same device, any text */
};

struct quality_copies {
	struct quality_likes *answers; /* in the order of the answers, in the arena */
	size_t copies;         /* answers beyond the first of each group, by device or by minute */
	size_t largest_device; /* answers from one device, at most */
};

struct quality_copies quality_copy_of(struct arena *a, const struct quality_answer *answers,
                                      size_t count);

#endif
