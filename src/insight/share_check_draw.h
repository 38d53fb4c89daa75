/* insight/share_check_draw.h - draws the comments that a check asks people to read, and finds the check that fits a question.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARE_CHECK_DRAW_H
#define INSIGHT_SHARE_CHECK_DRAW_H

#include "insight/asked.h"
#include "insight/one_part.h"
#include "insight/share_check.h"

/* A check stands beside figures of about the same time: both have so much of the time of either. */
#define CHECK_OVERLAP .8

struct check_question {
	const struct facts *facts;
	const struct asked *asked;
	const struct one_part *part; /* with answers */
	const struct caller *caller;
	int64_t now;
};

/* In *out a unit's input; texts and rows in the arena. ERR_CONFLICT: the group has no comment that says something. */
MUST_USE bool share_check_draw(const struct check_question *q, struct arena *a,
                               enum nps_group group, uint64_t seed, struct check_begin *out,
                               struct err *err);

/* The newest of the group that was drawn from the same part and filter, at about the same time. */
MUST_USE bool share_check_fitting(const struct check_question *q, struct arena *a,
                                  enum nps_group group, bool *found, struct share_check *out,
                                  struct err *err);

/* Comments of each group that say something. */
MUST_USE bool share_check_whole(const struct check_question *q, struct arena *a,
                                int64_t comments[static 3], struct err *err);

#endif
