/* insight/shared_moved.h - what moved a shared score, in steps by its groups, as strangers may see them.
 *
 * The change is split exactly by group (stats/split.h): who answered, and what they said. A group has a step of its own where
 * it is hidden (insight/suppress.h) in neither period; all others are one step together, which is what the totals and the
 * steps that are shown leave, and so tells nothing that they do not. No total over both periods is shown, so hiding in
 * each period by itself hides from subtraction.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SHARED_MOVED_H
#define INSIGHT_SHARED_MOVED_H

#include "insight/insight.h"

/* The largest ones; more are with the others. */
#define SHARED_STEPS_MAX 8

struct shared_step {
	Str value; /* at NULL: answers without one */
	bool rest; /* the values past CELLS_VALUES_MAX */
	bool others;
	double answered, said; /* points */
};

struct shared_steps {
	struct shared_step at[SHARED_STEPS_MAX];
	size_t count; /* 0: nothing to show */
	double before, now;
};

/* A part in two periods; hidden is by group. */
struct shared_period_groups {
	const struct insight_part *part;
	const bool *hidden;
};

void shared_steps_of(struct arena *a, const struct shared_period_groups *before,
                     const struct shared_period_groups *now, struct shared_steps *out);

bool shared_same_group(const struct insight_group *one, const struct insight_group *other);

#endif
