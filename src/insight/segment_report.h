/* insight/segment_report.h - segments as lines of text for a terminal of 80 columns, and as JSON for programs: each value's
 * score, and how far it is from the rest, in plain words.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_SEGMENT_REPORT_H
#define INSIGHT_SEGMENT_REPORT_H

#include "base/json.h"
#include "insight/segments.h"

/* Lines of values; further ones are counted. */
#define SEGMENT_REPORT_LINES 30

/* `by` as it was asked for. */
void segment_report_write(struct buf *out, Str by, const struct segments *s);
/* "by" and "segments" as members of the open dict. */
void segment_report_put(struct json_writer *w, Str by, const struct segments *s);

#endif
