/* insight/delights.h - unexpected delights: what few praise, promoters far more than others, and lately more than before.
 *
 * Counted are people who say something, each once a theme, group and time. A theme is told when DELIGHT_SHARE of all people or
 * fewer praise it, more of the promoters than of the others do, and more promoters in the last DELIGHT_DAYS days than before, both by
 * Fisher's exact test (stats/log_odds.h); lately at least DELIGHT_COMMENTS comments of DELIGHT_PEOPLE promoters say so. What makes it
 * one is that both hold, so the larger p counts, at a false-discovery rate of DELIGHT_RATE over all themes that
 * so many praise at any time (stats/false_discovery.h).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_DELIGHTS_H
#define INSIGHT_DELIGHTS_H

#include "insight/comments_said.h"
#include "stats/log_odds.h"

#define DELIGHT_DAYS     91
#define DELIGHT_SHARE    0.05
#define DELIGHT_COMMENTS 8
#define DELIGHT_PEOPLE   5
#define DELIGHT_RATE     0.05

struct delight_people {
	int64_t people, of;
};

struct delight {
	size_t theme; /* a place in the list; behind its end: that nothing is praised */
	struct delight_people all, promoters, others; /* of the whole period */
	struct delight_people lately, before;         /* promoters */
	int64_t comments;                             /* of promoters, lately */
	struct log_odds from_others, from_before;
	double rate; /* of false discoveries at which it would just be told */
};

struct delights {
	size_t tried;
	int64_t since; /* when "lately" begins, an instant; 0: the comments span too few days */
	struct delight *list; /* the surest first */
	size_t count;
};

/* In the arena. */
void delights_find(struct arena *a, const struct comments_said *comments,
                   const struct workspace_theme *themes, size_t theme_count, struct delights *out);

#endif
