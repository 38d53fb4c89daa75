/* insight/goes_with.h - which further ratings go with the score of one part, and in which direction (stats/drivers.h).
 *
 * Ratings are answers to the surveys' further questions that were asked of everybody, whatever the score: by the version that
 * was answered, as a question to detractors alone would know the score. Questions of one key are one rating. Those answered
 * most often are taken, DRIVERS_MAX at most. What goes together is told; no cause.
 *
 * Further ratings stand in no column in memory. Looked into are the GOES_WITH_MAX answers that came last, fewer where those of
 * other parts stand between them: GOES_WITH_ROWS rows are read at most.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_GOES_WITH_H
#define INSIGHT_GOES_WITH_H

#include "insight/one_part.h"
#include "stats/drivers.h"

#define GOES_WITH_MAX  50000
#define GOES_WITH_ROWS 200000

struct goes_with_question {
	const struct team_scope *scope; /* never NULL */
	const struct answer_filter *filter;
	const struct zone *zone;
	int week_start;
	bool hides_names;
	Str part; /* as insight/one_part.h has it; at NULL: the first */
};

struct goes_with_rating {
	Str key, text; /* of the newest version */
	int64_t answered;
	const struct driver *driver; /* NULL: too few complete answers */
};

struct goes_with {
	struct one_part part;
	struct goes_with_rating *ratings; /* what tells most first */
	size_t count;
	struct driver_list drivers;
	int64_t answers;     /* with a score */
	int64_t looked_into; /* of those */
};

/* ERR_NOT_FOUND when there is no such part. */
MUST_USE bool goes_with_ask(const struct facts *facts, struct arena *a,
                            const struct goes_with_question *q, struct goes_with *out,
                            struct err *err);

#endif
