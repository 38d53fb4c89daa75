/* insight/watch.h - watches one score for a fall or a rise, day after day, and remembers where it began.
 *
 * A watch compares what comes with a baseline: WATCH_BASELINE_LONGEST days where history has them, else
 * WATCH_BASELINE_SHORTEST once WATCH_BASELINE_PEOPLE people are in them. From the day after the baseline on,
 * stats/drift.h looks at every whole day, for a fall and, with the signs turned around, for a rise: two series that share the
 * budget of false alarms with those of all other scores. The unit is a person once a day, with the mean of what it said. When
 * the score has changed, that is told once, and the next baseline begins where the change did: the new level is what a further
 * change is measured from. A year after a baseline without a change the days that followed it become the next one, so that
 * nobody compares with a time long past.
 *
 * Nothing of the detector is kept: it is made anew from the answers each time, so an answer that came late, was edited or
 * excluded counts as it is today, and a run that was cut short is simply run again. Kept is where the baseline lies. A first run
 * over years of imported answers goes through them as if it had been there.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_WATCH_H
#define INSIGHT_WATCH_H

#include "insight/timeline.h"
#include "stats/drift.h"

#define WATCH_BASELINE_SHORTEST 91
#define WATCH_BASELINE_LONGEST  182
#define WATCH_BASELINE_PEOPLE   200
#define WATCH_RENEW_DAYS        364
/* So far back a first run looks. */
#define WATCH_PAST_DAYS 728
/* Answers a week are those of the last so many weeks. */
#define WATCH_FLOW_WEEKS 13
/* Its falls and its rises. */
#define WATCH_SERIES_EACH 2

/* Stored: never renumber. */
#define WATCH_STATES(X)                      \
	X(WATCH_ON, 1, "watching")           \
	X(WATCH_OFF_FLOW, 2, "too_few")      \
	X(WATCH_OFF_BASELINE, 3, "learning") \
	X(WATCH_OFF_GONE, 4, "no_answers")

#define WATCH_ENUM(state, number, name) state = number,
enum watch_state { WATCH_STATES(WATCH_ENUM) };
#undef WATCH_ENUM

const char *watch_state_name(enum watch_state state);

/* Days since 1970-01-01. */
struct watch {
	enum survey_kind kind;
	int64_t brand_id, touchpoint_id;
	enum watch_state state;
	int64_t begin_day;                  /* no baseline begins before */
	int64_t baseline_from, baseline_to; /* 0, 0: none yet */
	int64_t watched_to;
	int64_t series; /* that shared the budget when it last looked: WATCH_SERIES_EACH a score */
	int64_t promoters, passives, detractors; /* of the baseline's people */
	double deff;    /* of theirs: how much people of one account lean together */
	int64_t people; /* since the baseline */
	double per_week;
};

struct watch_change {
	int64_t seen_day;
	int64_t day, from, to;              /* when it changed, and the range of that */
	double before, after, size, lo, hi; /* size below 0: it fell */
	int64_t people_before, people_after;
};

/* A person on a day, x in -1..1. */
struct watch_person {
	int64_t day;
	uint32_t cluster;
	double x;
};

struct watch_people {
	struct watch_person *at; /* in order of time */
	size_t count;
};

struct watch_people watch_people_of(struct arena *a, const struct timed *at, size_t count);

/* Sets state, baseline and flow by the days up to `last`, which is over. A new watch is zeroed but for its part. */
void watch_settle(struct watch *w, const struct watch_people *people, int64_t last);
/* Looks at the days after the baseline, with `series` watched in all, and begins again after each change. Those seen, oldest
 * first, in the arena; usually none. */
struct watch_change *watch_look(struct watch *w, struct arena *a, const struct watch_people *people,
                                int64_t series, int64_t last, size_t *count);

/* For falls; for rises everything is turned around: promoters are detractors. */
struct drift_baseline watch_baseline(const struct watch *w);
struct drift_baseline watch_baseline_of_rises(const struct watch *w);

#endif
