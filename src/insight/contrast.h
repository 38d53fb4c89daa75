/* insight/contrast.h - one score beside another: what each is of, how far apart they are, and in what else they differ.
 *
 * Each side is of one part (insight/one_part.h). Where the sides are the same answers of two periods their difference is that
 * of stats/nps_change.h, as everywhere, else that of two groups.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_CONTRAST_H
#define INSIGHT_CONTRAST_H

#include "insight/one_part.h"
#include "insight/two_sides.h"

struct contrast_question {
	struct cell_question cells;      /* without dimensions and part; its filter is not used */
	struct answer_filter filters[2]; /* of each side, whole; of a rest: the common ones */
	bool is_rest;
	Str part; /* at NULL: each side's first */
};

/* In what the sides differ beside what was asked for: two figures that do never stand side by side without a word. */
struct contrast_marks {
	bool period, kind, brand, touchpoint;
};

struct contrast {
	struct one_part parts[2];
	struct two_sides sides;
	struct nps_change difference; /* the first minus the second */
	struct contrast_marks marks;
};

/* What the side says stands in place of what is common. */
void contrast_merge(struct answer_filter *side, const struct answer_filter *common);

/* The part that each side is of; that of a rest is the first side's. */
MUST_USE bool contrast_parts(const struct facts *facts, struct arena *a,
                             const struct contrast_question *q, struct one_part parts[static 2],
                             struct err *err);
/* Takes from what is left out of the rest what is left out of the first side, where that is a part of what is common; where it
 * says otherwise (another channel than the common one, other days) all stays. */
void contrast_leave_out(const struct contrast_question *q, struct two_sides *sides);
MUST_USE bool contrast_ask(const struct facts *facts, struct arena *a,
                           const struct contrast_question *q, struct contrast *out,
                           struct err *err);

#endif
