/* insight/tally.h - the counters behind one part of a file: all of it, and by day.
 *
 * Owns its memory: tally_free. A counter's table grows with the people in it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_TALLY_H
#define INSIGHT_TALLY_H

#include "base/arena.h"
#include "base/period.h"
#include "stats/nps_counter.h"

struct tally_period {
	int64_t first_day;
	struct nps_counter counter;
};

struct tally {
	struct nps_counter all;
	int64_t first_at, last_at;
	struct tally_period *periods; /* sorted */
	size_t period_count, period_room;
};

/* One answer that counts. */
struct tally_answer {
	int64_t account, person; /* 0: unknown */
	int score;
	int64_t at; /* 0: unknown, in a file without dates */
};

/* `calendar` is NULL for an answer without a date. */
void tally_add(struct tally *t, struct calendar *calendar, const struct tally_answer *answer);
void tally_free(struct tally *t);

#endif
