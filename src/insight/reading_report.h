/* insight/reading_report.h - what the comments of a file say, as a page for a terminal and as JSON.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_READING_REPORT_H
#define INSIGHT_READING_REPORT_H

#include "base/json.h"
#include "insight/file_reading.h"

struct reading_style {
	bool colour;
	enum tongue names; /* of themes */
};

void reading_report_write(struct buf *out, Str name, const struct analyst *n,
                          const struct file_comments *file, const struct file_reading *r,
                          const struct reading_style *style);
/* Members of the open dict. Shares are 0 to 1, with the range of 95 %; machine-made labels stand behind them ("estimated"). */
void reading_report_put(struct json_writer *w, const struct analyst *n,
                        const struct file_comments *file, const struct file_reading *r,
                        enum tongue names);

#endif
