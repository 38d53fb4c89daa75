/* insight/insight.h - questions asked of the answers, and the figures they get.
 *
 * Scores of different kinds of survey, brands or touchpoints are never pooled: an answer to a question is a list of
 * parts, one for each kind, brand and touchpoint that has scores, relationship first, each with its own number of
 * answers. What counts is decided by stats/nps.h and feedback/response.h: final values, dated by their first
 * score in the workspace's zone; dismissed, unconfirmed, excluded and test answers never do. A person who was merged
 * into another counts as that one.
 *
 * Made of cells (feedback/cells.h).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_INSIGHT_H
#define INSIGHT_INSIGHT_H

#include "feedback/cells.h"
#include "insight/compare.h"

struct outlook;
struct segments;
struct themes;
struct workspace;

enum insight_split {
	SPLIT_NONE,
	SPLIT_SURVEY,
	SPLIT_CHANNEL,
	SPLIT_LANGUAGE,
	SPLIT_PROPERTY,
};

struct insight_question {
	const struct team_scope *scope; /* never NULL */
	bool hides_names;               /* values that tell who somebody is are not told apart */
	bool figures_only;              /* no way to the answers behind is shown */
	struct answer_filter filter;
	enum period_unit series;
	enum insight_split split;
	struct compare_period compare; /* filled by compare_period */
	Str split_name; /* as given: "survey", "property.plan"; of the property behind the dot */
};

struct insight_count {
	struct nps_figure figure;
	int64_t by_score[NPS_SCORE_MAX + 1];
};

struct insight_point {
	int64_t first_day, last_day; /* days since 1970-01-01 */
	struct insight_count count;
};

struct insight_group {
	Str value; /* at NULL: answers without one */
	bool rest; /* the values past CELLS_VALUES_MAX */
	struct insight_count count;
};

/* The same part in the period that the question compares with. */
struct insight_before {
	struct insight_count count;
	struct nps_change change;
	int64_t people; /* who answered in both */
};

struct insight_part {
	enum survey_kind kind;
	int64_t brand_id, touchpoint_id; /* touchpoint 0: none */
	Str brand, touchpoint_code, touchpoint;
	struct insight_count count;
	struct cell_left_out left_out;
	int64_t imported; /* of those that count */
	struct insight_before before;
	int64_t first_at, last_at;    /* instants of the earliest and latest score */
	struct insight_point *points; /* without gaps, oldest first */
	size_t point_count;
	struct insight_group *groups; /* most answers first */
	size_t group_count;
	const struct segments
	    *segments; /* who reports may ask for them (insight/segments.h); NULL: not asked */
	const struct outlook *outlook; /* the same of insight/outlook_report.h */
	const struct themes *said;     /* the same of insight/said_report.h */
};

struct insight_answer {
	struct insight_part *parts;
	size_t count;
	struct cell_left_out left_out; /* of these parts and of those without a score */
};

struct insight_count insight_count_of(const struct nps_sums *sums);

/* "survey", "channel", "language" or "property.NAME". */
MUST_USE bool insight_split_parse(Str text, struct insight_question *q, struct err *err);

/* ERR_DENIED when the question hides names and would be split by one. `a` is scratch. */
MUST_USE bool insight_may_split(const struct insight_question *q, struct arena *a, struct err *err);

/* ERR_INVALID when the series would have too many points. */
MUST_USE bool insight_ask(const struct facts *facts, struct arena *a,
                          const struct workspace *workspace, const struct insight_question *q,
                          struct insight_answer *out, struct err *err);

#endif
