/* insight/tally.h - the counters behind one part of an answer: all of it, by period, by value.
 *
 * Owns its memory: tally_free. A counter's table grows with the people in it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_TALLY_H
#define INSIGHT_TALLY_H

#include "feedback/response.h"
#include "insight/insight.h"
#include "stats/nps_counter.h"

struct tally_period {
	int64_t first_day;
	struct nps_counter counter;
};

struct tally_group {
	Str value; /* in the arena of the tally */
	uint64_t hash;
	bool rest;
	struct nps_counter counter;
};

struct tally {
	struct nps_counter all;
	struct nps_counter before; /* the period to compare with */
	struct insight_left_out left_out;
	int64_t first_at, last_at;
	struct tally_period *periods; /* sorted */
	size_t period_count, period_room;
	struct tally_group
	    *groups; /* open addressing, 2 x INSIGHT_GROUPS_MAX slots; the rest stands apart */
	size_t group_count;
	struct nps_counter rest;
};

/* One answer that counts. */
struct tally_answer {
	int64_t account, person; /* 0: unknown */
	int score;
	int64_t at; /* 0: unknown, in a file without dates */
};

/* `calendar` and `value` are NULL when nobody asked for a series, for a split. */
void tally_add(struct tally *t, struct arena *a, struct calendar *calendar, const Str *value,
               const struct tally_answer *answer);
/* One that counts in the period to compare with. */
void tally_add_before(struct tally *t, const struct tally_answer *answer);
/* One that does not count. */
void tally_leave_out(struct tally *t, enum response_state state);
void tally_free(struct tally *t);

/* The figures of what was counted, in the arena. */
MUST_USE bool tally_read(const struct tally *t, struct arena *a, const struct calendar *calendar,
                         struct insight_part *out, struct err *err);

#endif
