/* insight/part_json.h - a part of the figures (kind, brand and touchpoint) as JSON, and as a filter.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_PART_JSON_H
#define INSIGHT_PART_JSON_H

#include "base/json.h"
#include "feedback/cells.h"

/* "kind", "brand" and "touchpoint" as members of the open dict. */
void part_put(struct json_writer *w, const struct cell_part *part);
/* Narrows the filter to the answers of the part that count, as far as a filter can say it. */
void part_narrow(struct answer_filter *f, const struct cell_part *part, struct arena *a);
/* What the part's own counted answers have in common, over what was asked. */
struct answer_filter part_filter(const struct cell_part *part, const struct answer_filter *asked,
                                 struct arena *a);
/* "2026-03-31" of days since 1970-01-01. */
Str part_day(struct arena *a, int64_t day);

#endif
