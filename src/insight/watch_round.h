/* insight/watch_round.h - one look at all scores of a workspace: what the watch does once a day.
 *
 * One budget covers all scores that are watched: one false alarm in two years among them together. A score with fewer than
 * DRIFT_ANSWERS_A_WEEK people a week, or without a baseline yet, has a row that says so and takes no part in it. A round that
 * finds everything as it was commits nothing; one that was cut short has written nothing, or all.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_WATCH_ROUND_H
#define INSIGHT_WATCH_ROUND_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct cubes;
struct db;
struct store;

/* `db` is a reader; cubes may be NULL. *watching: is any score watched now? On a thread that may wait. */
MUST_USE bool watch_round(struct store *store, struct db *db, struct cubes *cubes,
                          int64_t workspace, bool *watching, struct err *err);
/* The workspace's day at `now`, counted from 1970-01-01. */
MUST_USE bool watch_today(struct db *db, int64_t workspace, int64_t now, int64_t *out,
                          struct err *err);

#endif
