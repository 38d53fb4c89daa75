/* insight/emerging.h - themes that are spoken of more often than before, by who writes: looked at week by week.
 *
 * The rates of a baseline of EMERGING_BASELINE weeks, in which EMERGING_PEOPLE people or more say something, are those of each language and
 * channel (insight/spoken.h), drawn towards the theme's own by EMERGING_DRAWN people; stats/emerging.h then looks at every week that
 * follows. When a theme emerges, the next baseline begins where the rise did; after EMERGING_RENEW weeks without one it begins so much
 * later. Nothing is told before EMERGING_COMMENTS comments of EMERGING_SAYERS people speak of it since its rise began: waiting makes
 * no false alarm. All themes of all scores share one budget: one false alarm in two years.
 *
 * Nothing is kept: it is made anew from the answers, as the watch over scores is.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_EMERGING_H
#define INSIGHT_EMERGING_H

#include "feedback/cells.h"
#include "reading/theme.h"

#define EMERGING_BASELINE 26
#define EMERGING_RENEW    52
#define EMERGING_PEOPLE   100
#define EMERGING_DRAWN    20.0
#define EMERGING_COMMENTS 8
#define EMERGING_SAYERS   5

struct emerged {
	const struct workspace_theme *theme;
	int64_t seen_day,
	    since_day; /* the first day after the week it was seen in; the first of the week it began */
	double share_before, share_after; /* of the people who say something in a week */
	double times, lo, hi;             /* by how much more often, language and channel alike */
	int64_t people, comments;         /* since it began, until it was seen */
};

struct emerging_question {
	const struct cell_question *cells; /* of one part, without dimensions */
	int64_t today;
	const struct workspace_theme *themes; /* those that are shown */
	size_t theme_count;
	int64_t series; /* that share the budget: of all scores */
};

struct emerging_themes {
	bool is_watching; /* it has a baseline */
	int64_t baseline_from,
	    watched_to; /* days; of the newest baseline of any theme, and the last that is over */
	double people_a_week; /* of the last 13 */
	struct emerged *list; /* oldest first */
	size_t count;
};

/* Everything in the arena. */
MUST_USE bool emerging_find(const struct facts *facts, struct arena *a,
                            const struct emerging_question *q, struct emerging_themes *out,
                            struct err *err);

/* Those that are shown, at most as many as spoken.h takes. */
MUST_USE bool emerging_themes_list(struct db *db, struct arena *a, int64_t workspace,
                                   struct workspace_theme **out, size_t *count, struct err *err);

#endif
