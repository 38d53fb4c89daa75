/* insight/days_kept.h - what is counted row by row, by survey, channel and day, kept in memory: a question over all time then costs
 * what changed since it was last asked.
 *
 * Kept are whole days of UTC, as far as anybody has asked; the parts of days at a period's ends are counted each time, so any
 * zone's days are exact. The change log names what is counted anew: a day at a time, from the tables, so nothing adds up errors.
 * What cannot be placed any more (an answer that was deleted for good, a log that was pruned) makes all of a workspace be counted
 * anew. Figures may lack what came while they were counted.
 *
 * In memory are DAYS_WORKSPACES workspaces and DAYS_SERIES surveys of each at most, those asked last. Any thread; who asks of a
 * workspace waits while another counts there.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_DAYS_KEPT_H
#define INSIGHT_DAYS_KEPT_H

#include "base/str.h"
#include "db/db.h"

#define DAYS_WORKSPACES 16
#define DAYS_SERIES     128
#define DAYS_COUNTS     13

struct days_kept;

enum days_of {
	DAYS_LINKS,   /* by when they were made */
	DAYS_ANSWERS, /* by when they were submitted */
};

/* Are two instants of one day of UTC? */
bool days_same(int64_t a, int64_t b);

/* What a counter fills: counts by day and channel. */
struct days;
/* `at` is any instant of the day; days come in ascending order. */
void days_add(struct days *days, int64_t at, Str channel, const uint32_t counts[DAYS_COUNTS]);

/* Counts all of [from, before) into `into`; INT64_MIN and INT64_MAX are open ends. */
typedef bool (*days_count_fn)(void *context, int64_t from, int64_t before, struct days *into,
                              struct err *err);

struct days_question {
	int64_t workspace, survey;
	enum days_of of;
	int64_t stamp;        /* what was kept under another one is not what is asked for */
	int64_t from, before; /* instants; INT64_MIN and INT64_MAX: open */
	days_count_fn count;
	void *context;
};

struct days_channel {
	Str channel;
	int64_t counts[DAYS_COUNTS];
};

struct cubes;

/* The room of routes that ask for both figures and counts by day. Shared by threads. */
struct days_room {
	struct cubes *cubes;
	struct days_kept *kept;
};

struct days_kept *days_kept_new(void);
void days_kept_free(struct days_kept *kept); /* NULL is fine */
/* Of a workspace that is being removed. */
void days_kept_forget(struct days_kept *kept, int64_t workspace);

/* The period's counts by channel, in the arena, in no order that means something. kept NULL: all is counted. */
MUST_USE bool days_ask(struct days_kept *kept, struct db *db, struct arena *a,
                       const struct days_question *q, struct days_channel **out, size_t *count,
                       struct err *err);

#endif
