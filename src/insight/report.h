/* insight/report.h - a figure as a page of text for a terminal of 80 columns.
 *
 * Score and range, bars for the scores 10 to 0, a line of points over time, one plain sentence. No method is named: the
 * reader wants to know how she is doing and how sure that is.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_REPORT_H
#define INSIGHT_REPORT_H

#include "base/json.h"
#include "insight/insight.h"

struct zone;

struct report_style {
	bool colour;
	const struct zone *zone;
	enum period_unit unit;                /* of the parts' points */
	const struct compare_period *compare; /* NULL, or with nothing: no comparison */
	Str by;                               /* what the parts' segments are split by */
};

/* `name` is the file, or the workspace. */
void report_write(struct buf *out, Str name, const struct insight_answer *answer,
                  const struct report_style *style);

/* Members of the open dict: those of the first part (nps and interval to one decimal, null below five answers), then
 * "parts" with each, what it leaves out, what it is compared with, how it is split and its outlook. */
void report_put(struct json_writer *w, struct arena *a, const struct insight_answer *answer,
                const struct report_style *style);

#endif
