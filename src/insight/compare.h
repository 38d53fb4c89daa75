/* insight/compare.h - the period that another one is compared with.
 *
 *   previous   as long, ending the day before; of whole months (a month, a quarter, a year) as many whole months before
 *   year       the same days a year before
 *
 * The period asked for needs a first day; without a last one it lasts until today.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_COMPARE_H
#define INSIGHT_COMPARE_H

#include "base/arena.h"
#include "feedback/filter.h"

enum compare_with { COMPARE_NONE, COMPARE_PREVIOUS, COMPARE_YEAR };

struct compare_period {
	enum compare_with with;
	Str from_day, to_day; /* both included */
	int64_t from, before; /* instants */
};

MUST_USE bool compare_parse(Str text, enum compare_with *out, struct err *err);
const char *compare_name(enum compare_with with);

/* Where the filter names no first day: as many as these up to its last one, else up to today. */
#define COMPARE_USUAL_DAYS 90
MUST_USE bool compare_usual_days(struct arena *a, struct answer_filter *f, const struct zone *zone,
                                 int64_t now, struct err *err);

/* Finds the days from those of the filter. ERR_INVALID when it has no first day, or when the periods would overlap. */
MUST_USE bool compare_period(struct arena *a, const struct answer_filter *f,
                             const struct zone *zone, int64_t now, struct compare_period *out,
                             struct err *err);

#endif
