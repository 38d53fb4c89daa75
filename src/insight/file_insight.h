/* insight/file_insight.h - the figures of a file, without a database.
 *
 * The same rows count as after an import: an export of Heed has its parts, any other file is one part. People are told
 * apart by external id, else email, else telephone number.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_FILE_INSIGHT_H
#define INSIGHT_FILE_INSIGHT_H

#include "feedback/import_plan.h"
#include "insight/insight.h"

struct import_source;

struct file_insight {
	struct insight_answer answer; /* with a series by `unit` */
	enum period_unit unit;
	bool has_dates; /* any row had one */
	int64_t rows, rejected, comments, dismissed;
	size_t first_rejected_line; /* 0: none */
	char first_reason[256];
};

MUST_USE bool file_insight(struct import_source *source, const struct import_plan *plan,
                           const struct zone *zone, int week_start, struct arena *a,
                           struct file_insight *out, struct err *err);

#endif
