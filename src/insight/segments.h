/* insight/segments.h - the answers of one part, split by one attribute or by two: each value's score, how far it is from the
 * rest, and where it stands among the others.
 *
 * A segment stands against all other answers of the part, never against a whole that contains it. Of those marked as
 * different one in twenty is chance at most, over all segments that were looked at (stats/findings.h). Values are ranked from
 * NPS_RANK_ANSWERS effective answers on; what is not known and the values past CELLS_VALUES_MAX together are no segments
 * and are not ranked, nor are tags, which share answers.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SEGMENTS_H
#define INSIGHT_SEGMENTS_H

#include "insight/one_part.h"
#include "stats/nps_funnel.h"
#include "stats/nps_rank.h"

/* Of a table of two attributes: those with the most answers. */
#define SEGMENTS_ROWS_MAX    40
#define SEGMENTS_COLUMNS_MAX 20

struct segment {
	struct cell_value value;
	const struct nps_sums *sums;
	struct nps_figure figure;
	struct nps_ranked ranked;
	bool among; /* one of those that are set side by side */
	bool real;  /* unlike the rest, by more than chance over all that was looked at */
	enum nps_side side;
	struct nps_change from_rest;
	int64_t people_in_both;
};

struct segments_question {
	struct cell_question cells; /* dims[1] is DIM_NONE where there is no second attribute */
	Str part;                   /* at NULL: the first */
};

struct segments {
	struct one_part part;
	struct cell all;
	struct cell_left_out left_out;
	struct segment *list; /* most answers first, what has an order of its own in that */
	size_t count;
	size_t looked_at; /* segments with a difference from the rest that can be told */
	struct nps_ranking ranking;
	struct nps_funnel funnel;
	double most; /* effective answers of the largest segment */
	bool has_grid;
	struct cells grid; /* of both attributes */
};

MUST_USE bool segments_ask(const struct facts *facts, struct arena *a,
                           const struct segments_question *q, struct segments *out,
                           struct err *err);

/* Which segment: its text as it is shown, at NULL for the answers without a value. */
struct segment_name {
	Str text;
	int version; /* of a wording */
	bool hides_names;
};

/* Ids of the newest answers of a segment of dims[0], newest first, at most `max`: for values that no filter says. *total is how
 * many there are. None when there is no such segment. Tags are refused: the list's filter takes them. */
MUST_USE bool segments_answers(const struct facts *facts, struct arena *a,
                               const struct segments_question *q, const struct segment_name *name,
                               size_t max, int64_t **ids, size_t *count, int64_t *total,
                               struct err *err);

#endif
