/* feedback/import_view.h - files that were sent, as a first pass saw them: kept for a while, so that each correction of the
 * mapping is answered without reading the file anew.
 *
 * Any thread. One file is read at a time, by the request that asks for it; others are told to come again, so that readings
 * of large files hold one worker and no more. Views are immutable and counted.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_VIEW_H
#define FEEDBACK_IMPORT_VIEW_H

#include "base/csv.h"
#include "feedback/import_plan.h"
#include "feedback/import_survey.h"

struct upload;
struct import_views;

struct import_view {
	int64_t workspace, upload;
	Str preset;
	struct arena arena;
	struct import_scan scan;
	struct csv_dialect dialect;
	bool is_json;
	bool has_survey;
	struct import_survey survey; /* of an export of Heed: that of its first answer */
	/* of the module */
	int users;
	uint64_t used;
};

struct import_views *import_views_new(void);
void import_views_free(struct import_views *views);

/* ERR_BUSY while another file is read; ERR_INVALID when it is no table. Give it back with import_view_put. */
MUST_USE bool import_view_get(struct import_views *views, int64_t workspace,
                              const struct upload *upload, const char *path, Str preset,
                              struct import_view **out, struct err *err);
void import_view_put(struct import_views *views, struct import_view *view);

#endif
