/* insight/timeline.h - the counted answers of each part, day after day, for what looks at them in order of time: windows that
 * slide, changes of level, the watch.
 *
 * 16 bytes an answer, twice that and more while it is read, owned by the arena's cleanup; days are those of the zone. Within
 * a day they come in no order that means something.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_TIMELINE_H
#define INSIGHT_TIMELINE_H

#include "feedback/cells.h"

struct timed {
	uint32_t cluster, person; /* as in struct fact */
	int32_t day;              /* since 1970-01-01 */
	uint16_t value;           /* place in cells.values of the question's second dimension */
	uint8_t score;
};

struct timeline {
	struct cells cells; /* without clusters: counts alone */
	struct timed *at;   /* by part, then by day */
	size_t *first;      /* [cells.count[0] + 1] where each part begins */
};

/* q->dims[0] is made DIM_PART; dims[1] may be anything but tags and times. */
MUST_USE bool timeline_read(const struct facts *facts, struct arena *a, struct cell_question q,
                            struct timeline *out, struct err *err);
/* Those of one part: *count of them from the place that is returned. */
const struct timed *timeline_of(const struct timeline *t, size_t part, size_t *count);

#endif
