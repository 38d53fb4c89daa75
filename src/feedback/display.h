/* feedback/display.h - how often a survey was seen: counters by day, channel and source.
 *
 * A page says that it was in sight (POST .../shown), and an answer says so too. Both name the page's number, so each page is
 * counted once, in whatever order they come and however often they are sent.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_DISPLAY_H
#define FEEDBACK_DISPLAY_H

#include "db/unit.h"

struct zone;

/* A number is believed for so long; older ones count nothing. */
#define DISPLAY_NUMBER_LASTS (2 * CLOCK_DAY)
/* More channels and sources of one survey in a day than this are counted as the channel "other". */
#define DISPLAY_LABELS_MAX 500

struct display {
	int64_t survey_id;
	Str number; /* of the page: feedback/page_number.h */
	Str channel, source;
	int64_t day; /* in the workspace's zone, since 1970-01-01 */
};

int64_t display_day(const struct zone *zone, int64_t instant);

/* In a unit. */
MUST_USE bool display_count(struct db_tx *tx, const struct display *d, struct err *err);

/* For the nightly round: a unit_fn that forgets numbers that are over; the input is a bool *: there is more. */
bool display_forget(struct db_tx *tx, void *more, struct err *err);
MUST_USE bool display_forgettable(struct db *db, int64_t workspace, int64_t now, bool *out,
                                  struct err *err);

#endif
