/* insight/funnel.h - how far people come with a survey: shown, started, scored, commented, completed, by channel.
 *
 * Two rates have two denominators, and are never mixed: of those who had it in sight (answer rate), and of those for whom a
 * personal link was made (response rate, AAPOR). Displays are counted for pages and widgets alone, and only since there
 * are counters: a channel's answers from before are left out of what is compared with them. Teams whose scope looks at
 * properties have no displays, as nobody knows whose part a display would be.
 *
 * Answers are read from the tables in pages, each a short read: one that comes meanwhile may be in or not. What was counted of whole
 * days is kept (insight/days_kept.h), but for teams whose scope looks at properties.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_FUNNEL_H
#define INSIGHT_FUNNEL_H

#include "survey/definition.h"
#include "survey/survey.h"
#include "survey/team_scope.h"

/* Channels with the most answers; the rest is not listed. */
#define FUNNEL_CHANNELS_MAX 50

struct days_kept;

struct funnel_part {
	Str channel;    /* at NULL: all that have displays, or all when none has */
	bool has_shown; /* displays are counted there */
	int64_t shown;
	int64_t since; /* the first display; 0: none */
	int64_t started, scored, commented, completed, dismissed;
	int64_t left_out; /* unconfirmed or excluded */
	int64_t asked[DEFINITION_QUESTIONS_MAX], answered[DEFINITION_QUESTIONS_MAX];
	bool has_sent; /* personal links were made */
	int64_t sent, sent_scored;
};

struct funnel_question {
	const struct team_scope *scope;
	const struct zone *zone;
	Str channel;            /* at NULL: all */
	int64_t from, before;   /* instants; 0: open */
	struct days_kept *days; /* NULL: all is counted */
};

struct funnel {
	struct definition definition; /* of the newest version: whose questions are counted */
	struct funnel_part all;
	struct funnel_part *parts; /* most answers first */
	size_t count;
};

MUST_USE bool funnel_ask(struct db *db, struct arena *a, const struct survey *survey,
                         const struct funnel_question *question, struct funnel *out,
                         struct err *err);

extern const struct route funnel_routes[];
extern const size_t funnel_route_count;

#endif
