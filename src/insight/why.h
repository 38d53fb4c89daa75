/* insight/why.h - why a score moved: who answered, or what they said, by one attribute or several.
 *
 * Of one part (kind, brand and touchpoint), between two periods. The change is split exactly by the segments of an attribute
 * (stats/split.h), with ranges by drawing people anew. Which attribute, unless it is given: the one that tells most, by
 * the points that its segments' shares moved the score and the points by which they changed unlike each other, chance
 * taken off (stats/uneven.h); of those alone whose answers a filter can show. Channel and wording are always asked beside
 * it: a score that moves since other channels ask, or since the question is another one, is no news of the customers. All
 * attributes were known before the answer (insight/known_before.h). What goes together is told; no cause.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_WHY_H
#define INSIGHT_WHY_H

#include "insight/known_before.h"
#include "insight/compare.h"
#include "stats/split.h"

/* Below, neither period is split. */
#define WHY_ANSWERS NPS_ANSWERS_FIRM

struct why_question {
	const struct team_scope *scope; /* never NULL */
	const struct answer_filter *filter;
	const struct zone *zone;
	int week_start;
	bool hides_names;
	struct compare_period compare; /* with a period */
	Str part; /* "relationship/1/" as why_part_key has it; at NULL: the first */
	struct known by[SPLIT_ATTRIBUTES];
	size_t by_count; /* 0: the one that tells most */
};

struct why_part {
	const struct cell_part *part;
	struct nps_sums now, before;
	struct nps_pair pair;
};

/* An attribute that was looked at. */
struct why_tried {
	struct known attribute;
	size_t values;
	double mix, spread; /* points */
};

struct why_segment {
	struct cell_value value;
	const struct cell *cell;
	const struct split_segment *split;
	double share[2]; /* of all answers, before and now, in 0..1 */
	double apart, p; /* as in stats/uneven.h; p times as many as were looked at, at most 1 */
};

struct why_mix {
	struct known attribute;
	size_t values;
	struct split_range points;
};

struct why_answer {
	struct why_part *parts; /* with answers in either period */
	size_t part_count;
	const struct why_part *part; /* the one that was asked for; NULL: there is none */
	bool shown;                  /* enough answers in both periods */
	struct why_tried *tried;     /* what tells most first */
	size_t tried_count;
	struct known by;
	struct split_one
	    split; /* its change has the range of stats/nps_change.h, as that of the part */
	struct why_segment *segments; /* what moved the score most first */
	size_t segment_count;
	const struct why_segment *lead; /* what most of the change goes with; NULL: no change */
	struct why_mix strata[SPLIT_ATTRIBUTES]; /* attributes of two values or more, `by` first */
	size_t strata_count;
	struct split_several several;
	double channel_moved; /* percentage points of answers that came by another channel */
	bool channel_marked;  /* by stats/mix_change.h */
};

/* It changed unlike all others together, beyond what chance makes of one of so many. */
bool why_stands_out(const struct why_segment *s);

/* ERR_NOT_FOUND when there is no such part; ERR_INVALID when an attribute has more values than can be told apart. */
MUST_USE bool why_ask(const struct facts *facts, struct arena *a, const struct why_question *q,
                      struct why_answer *out, struct err *err);

#endif
