/* insight/alert.h - what the watch raised: a score fell or rose, and somebody should know.
 *
 * One change is one alert: scores that moved the same way at times that overlap are parts of the same, and a score that has
 * raised an alert for a time does not raise another of that way. An alert is open until somebody dismisses it, which can be taken back; one that is
 * snoozed comes back on a day of the workspace's.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_ALERT_H
#define INSIGHT_ALERT_H

#include "db/unit.h"
#include "insight/alert_theme.h"
#include "insight/watch.h"

struct caller;

#define ALERTS_LIST 100
/* Ranges of two changes that are so many days apart still count as one change. */
#define ALERT_DAYS_APART 14
/* What was seen longer ago is history when it is found, and raises nothing. */
#define ALERT_NEWS_DAYS 182

/* Stored: never renumber. */
enum alert_state { ALERT_OPEN = 1, ALERT_DISMISSED = 2 };

struct alert_part {
	struct cell_part part; /* without left_out */
	struct watch_change change;
};

struct alert {
	int64_t id, raised_at;
	enum alert_state state;
	int64_t snoozed_to; /* the day it comes back; 0: not snoozed */
	int64_t changed_at;
	Str actor;
	struct alert_part *parts;
	size_t part_count;
	struct alert_theme *themes; /* an alert has parts or themes */
	size_t theme_count;
};

struct watch_row {
	struct watch watch;
	Str brand, touchpoint_code, touchpoint;
};

MUST_USE bool watch_list(struct db *db, struct arena *a, int64_t workspace, struct watch_row **out,
                         size_t *count, struct err *err);

/* Newest first, at most ALERTS_LIST, each with its parts. */
MUST_USE bool alert_list(struct db *db, struct arena *a, int64_t workspace, struct alert **out,
                         size_t *count, struct err *err);

/* What a round found: the rows that changed, and changes that may be news. */
struct watch_found {
	struct watch *watches;
	size_t watch_count;
	struct alert_part *changes;
	size_t change_count;
};

/* A unit's function; input is a struct watch_found. Run again it raises nothing twice. */
bool watch_write(struct db_tx *tx, void *input, struct err *err);

/* In a unit: a new alert where *alert is 0, for parts or themes to be added to. One that was put off or dismissed comes back: what
 * is added is news. */
MUST_USE bool alert_open(struct db_tx *tx, int64_t *alert, struct err *err);

struct alert_change {
	int64_t id;
	bool has_state, has_snooze;
	enum alert_state state;
	int64_t snoozed_to, today;
	const struct caller *caller;
	struct arena *arena; /* for the result */
	struct alert alert;  /* the result */
};

/* A unit's function; input is a struct alert_change. ERR_NOT_FOUND, outside the caller's scope too. */
bool alert_change(struct db_tx *tx, void *input, struct err *err);

/* Leaves the parts and themes of the alert whose scores the scope takes whole: a watch sees the whole score, and whoever sees less of it is
 * not told. */
MUST_USE bool alert_in_scope(struct db *db, struct arena *a, int64_t workspace,
                             const struct team_scope *scope, struct alert *alert, struct err *err);
/* The same of one part. */
MUST_USE bool alert_scope_takes(struct db *db, struct arena *a, int64_t workspace,
                                const struct team_scope *scope, const struct cell_part *part,
                                bool *out, struct err *err);

#endif
