/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/display.h"

#include "base/clock.h"
#include "base/zone.h"
#include "feedback/display.sql.h"

/* Longer than a number is believed, so that none is counted again. */
#define SEEN_LASTS (DISPLAY_NUMBER_LASTS + CLOCK_DAY)

int64_t display_day(const struct zone *zone, int64_t instant)
{
	struct civil day;
	zone_civil(zone, instant, &day);
	return date_to_days(day.year, day.month, day.day);
}

/* The first of its day, channel and source. */
static bool count_first(struct db_tx *tx, const struct display *d, struct err *err)
{
	int64_t labels;
	DbArg workspace = db_arg_i64(tx->workspace), survey = db_arg_i64(d->survey_id),
	      day = db_arg_i64(d->day);
	if (!db_one_i64(tx->db, &sql_display_labels, DB_ARGS(workspace, survey, day), 0, &labels,
	                err))
		return false;
	bool many = labels >= DISPLAY_LABELS_MAX;
	return db_exec(tx->db, &sql_display_first,
	               DB_ARGS(workspace, survey, day,
	                       db_arg_text(many ? STR("other") : d->channel),
	                       db_arg_text(many ? STR("") : d->source), db_arg_i64(tx->now)),
	               NULL, err);
}

bool display_count(struct db_tx *tx, const struct display *d, struct err *err)
{
	int64_t is_new, counted;
	DbArg workspace = db_arg_i64(tx->workspace), survey = db_arg_i64(d->survey_id);
	if (!db_exec(tx->db, &sql_display_see,
	             DB_ARGS(workspace, survey, db_arg_text(d->number), db_arg_i64(tx->now)),
	             &is_new, err))
		return false;
	if (!is_new)
		return true;
	return db_exec(tx->db, &sql_display_add,
	               DB_ARGS(workspace, survey, db_arg_i64(d->day), db_arg_text(d->channel),
	                       db_arg_text(d->source)),
	               &counted, err) &&
	       (counted || count_first(tx, d, err));
}

bool display_forget(struct db_tx *tx, void *more, struct err *err)
{
	int64_t gone;
	if (!db_exec(tx->db, &sql_display_forget,
	             DB_ARGS(db_arg_i64(tx->workspace), db_arg_i64(tx->now - SEEN_LASTS)), &gone,
	             err))
		return false;
	*(bool *)more = gone > 0;
	return true;
}

bool display_forgettable(struct db *db, int64_t workspace, int64_t now, bool *out, struct err *err)
{
	int64_t any;
	if (!db_one_i64(db, &sql_display_any_over,
	                DB_ARGS(db_arg_i64(workspace), db_arg_i64(now - SEEN_LASTS)), 0, &any, err))
		return false;
	*out = any != 0;
	return true;
}
