/* insight/journey.h - the customer's journey: the score at each touchpoint in order, and how many of those asked there answer.
 *
 * A journey is of one brand. Its touchpoints ask different people different things: they are never put together, and the
 * score of the whole relationship stands beside them as it was asked, not as their average. Two rates have two denominators
 * (insight/funnel.h tells of them): of those for whom a personal link was made, and of those who had the question in
 * sight. Links are those that were made in the filter's days; a filter or a team's scope that chooses by channel and properties
 * chooses among them, too, for an answer takes both from its link. What was in sight is known of whole surveys alone: where
 * answers are chosen there is no such rate, and none at all where they are chosen by anything else.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_JOURNEY_H
#define INSIGHT_JOURNEY_H

#include "feedback/cells.h"
#include "insight/compare.h"
#include "survey/touchpoint.h"

struct days_kept; /* insight/days_kept.h */

struct journey_question {
	const struct team_scope *scope; /* never NULL */
	const struct answer_filter *filter;
	const struct zone *zone;
	int week_start;
	bool hides_names;
	struct compare_period compare; /* with NONE: no comparison */
	struct days_kept *days;        /* NULL: links are counted each time */
};

struct journey_rates {
	bool sent_known, shown_known;
	int64_t sent, sent_scored;
	int64_t shown, shown_scored;
};

struct journey_step {
	const struct cell_part *part; /* NULL: no survey asks there */
	const struct cell *cell;      /* NULL: no answers in either period */
	struct journey_rates rates;
};

struct journey {
	int64_t brand_id;
	Str brand;
	struct journey_step relationship;
	struct journey_step *steps; /* [touchpoint_count], in order */
};

struct journey_answer {
	struct touchpoint *touchpoints;
	size_t touchpoint_count;
	struct journey *journeys; /* of each brand whose surveys the filter takes */
	size_t count;
};

MUST_USE bool journey_ask(const struct facts *facts, struct arena *a,
                          const struct journey_question *q, struct journey_answer *out,
                          struct err *err);

#endif
