/* insight/theme_sums.h - the score of those who mention each theme, knowing whose comments they are, beside that of all who say
 * something.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_THEME_SUMS_H
#define INSIGHT_THEME_SUMS_H

#include "insight/said_owners.h"
#include "stats/nps_change.h"

/* By theme: as sums and across of a struct cell (feedback/cells.h). */
struct theme_sums {
	struct nps_sums all, *of;
	struct nps_pair *across; /* of each with all */
};

/* In the arena. */
void theme_sums_find(struct arena *a, const struct comments_said *c,
                     const struct said_owners *clusters, size_t theme_count,
                     struct theme_sums *out);

#endif
