/* insight/spoken.h - who spoke of what, week by week: people who say something in comments of one part, each once a week.
 *
 * By language and channel, the SPOKEN_STRATA with most people and all others together, so that rates can be compared though the
 * mix of them changes. Weeks are those of the workspace, whole ones alone.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SPOKEN_H
#define INSIGHT_SPOKEN_H

#include "feedback/cells.h"
#include "reading/theme.h"

#define SPOKEN_WEEKS  182 /* at most, the last ones */
#define SPOKEN_STRATA 32

/* A person in a week. */
struct spoken_unit {
	uint32_t person; /* 0: nobody else's */
	uint16_t week, stratum;
	uint64_t themes; /* a bit each, by place among the themes that were asked about */
};

struct spoken {
	int64_t first_day; /* of week 0, counted from 1970-01-01 */
	size_t weeks;
	struct spoken_unit *units; /* in order of time, then of the person */
	size_t count;
	size_t *from;                      /* [weeks + 1] where each week's units begin */
	int64_t (*comments)[SPOKEN_WEEKS]; /* [themes] that speak of it, by week */
};

/* `q` asks for one part and comments that say something, without dimensions; today is not over. At most 64 themes. In the arena. */
MUST_USE bool spoken_read(const struct facts *facts, struct arena *a, const struct cell_question *q,
                          const struct workspace_theme *themes, size_t theme_count, int64_t today,
                          struct spoken *out, struct err *err);

#endif
