/* insight/themes.h - what the comments of one part speak of: how many, how, by group of the score, over time, and what goes with it.
 *
 * Counted are comments that say something in a language that is read, of answers that count; each share names them as its whole
 * (`said`). Mentions and polarities are those of the text alone (feedback/understood.h): nothing here has seen the score. They are
 * a machine's: shares are estimates, and their interval tells chance and that one person or account may say the same often, not what was
 * read wrongly.
 *
 * The score of those who mention a theme stands against that of the others who say something. Points at stake: stats/at_stake.h, of
 * criticism that goes with a lower score, at the share of its better quarters or at one that is asked for. They are of all who
 * answered, whether they wrote anything or not.
 *
 * Its trend: the share that criticises it in the last THEMES_TREND_MONTHS months of the period against as many before
 * (stats/share.h).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEMES_H
#define INSIGHT_THEMES_H

#include "insight/delights.h"
#include "insight/one_part.h"
#include "insight/theme_effort.h"
#include "insight/theme_drivers.h"
#include "insight/theme_shares.h"
#include "reading/theme.h"
#include "stats/at_stake.h"

#define THEMES_GROUPS 3 /* enum nps_group */

struct themes_question {
	struct cell_question cells; /* no dimensions, no part */
	Str part;                   /* at NULL: the first */
	bool brief;     /* only how many speak of what and how, by group: a fraction of the work */
	double *target; /* mentions a commenter, for points at stake; NULL: the better quarters' */
};

/* By enum theme_saying: of the comments of the part that say something. */
struct theme_part {
	struct share said[THEME_SAYINGS];
};

struct theme_row {
	const struct workspace_theme *theme;
	struct theme_part all, groups[THEMES_GROUPS];
	struct nps_sums sums; /* of who mentions it; in brief none */
	struct nps_change from_rest;
	int64_t people_in_both;
	int64_t *months;                               /* [month_count] comments that speak of it */
	const struct theme_driver *praise, *criticism; /* NULL: not among what could be looked at */
	bool has_stake;
	struct at_stake stake;
	double
	    target; /* share of the comments that criticise it, in its better quarters or as asked for */
	int64_t *criticised_months; /* [month_count] */
	struct share_change trend;  /* of criticism; not shown without months enough */
	enum theme_effort effort;
};

struct themes {
	struct one_part part;
	int64_t answers;                         /* of the part */
	int64_t by_understood[UNDERSTOOD_COUNT]; /* of those with a comment */
	int64_t commented, said;
	int64_t said_by[THEMES_GROUPS]; /* those that say something */
	int64_t label_by[THEMES_GROUPS][UNDERSTOOD_COUNT];
	struct theme_row
	    *rows; /* themes that are shown and that anybody speaks of; most comments first */
	size_t count;
	int64_t *month_days,
	    *month_said; /* [month_count] first days; comments that say something */
	size_t month_count;
	struct theme_drivers drivers;
	size_t looked_into; /* comments, for drivers */
	struct delights delights;
	const struct theme_row **delighted; /* [delights.count], of each of them */
};

/* Everything in the arena. ERR_NOT_FOUND when there is no such part. */
MUST_USE bool themes_ask(const struct facts *facts, struct arena *a,
                         const struct themes_question *q, struct themes *out, struct err *err);

/* Narrows a filter to comments that say something, unless it asks for a sentiment itself. */
void themes_only_said(struct answer_filter *filter);

#endif
