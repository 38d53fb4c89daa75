/* insight/trend.h - how each score went: window by window or period by period, when its level changed, and when the answers
 * began to come another way.
 *
 * One point of a rolling trend counts the TREND_WINDOW days that end with its last day, a point a day in short periods,
 * else a week; so points beside each other share most answers. Other points are the weeks, months or quarters of the
 * workspace's calendar. The windows reach back before the filter's first day, all else stays inside.
 *
 * Changes of level are found in days (in weeks when there are many), never in the windows: stats/changepoint.h. So is where
 * the share of a channel moved for good and the mix of all of them with it, by stats/mix_change.h: what came by mail and
 * now comes by a link is another crowd, and its score another score.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_TREND_H
#define INSIGHT_TREND_H

#include "feedback/cells.h"

#define TREND_WINDOW 90

struct trend_question {
	const struct team_scope *scope; /* never NULL */
	bool hides_names;
	struct answer_filter filter;
	enum period_unit step; /* PERIOD_NONE: rolling */
	const struct zone *zone;
	int week_start;
	int64_t now;
};

/* Days since 1970-01-01, both included. */
struct trend_point {
	int64_t first_day, last_day;
	struct nps_sums sums;
};

struct trend_change {
	int64_t day, from, to; /* the first day of the new level, and the range of it */
	double before, after, size, lo, hi;
};

/* Shares of all answers, 0..100. */
struct trend_mix {
	int64_t day, from, to;
	Str channel; /* at NULL: not known */
	double before, after;
};

struct trend_part {
	struct cell_part part;
	struct nps_sums sums; /* of the filter's own days */
	int64_t first_at, last_at;
	struct trend_point *points; /* oldest first */
	size_t point_count;
	struct trend_change *changes;
	size_t change_count;
	struct trend_mix *mixes;
	size_t mix_count;
};

struct trend_answer {
	struct trend_part *parts; /* those with a score in the filter's days */
	size_t count;
	enum period_unit
	    every; /* how far points are apart: PERIOD_DAY or PERIOD_WEEK when rolling */
	struct cell_left_out left_out;
};

/* Everything in the arena. ERR_INVALID as cells_ask has it. */
MUST_USE bool trend_ask(const struct facts *facts, struct arena *a, const struct trend_question *q,
                        struct trend_answer *out, struct err *err);

#endif
