/* feedback/export_work.h - an answer's tags, notes and events as the cells of an export, and read from them again.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_EXPORT_WORK_H
#define FEEDBACK_EXPORT_WORK_H

#include "feedback/event.h"
#include "feedback/note.h"
#include "feedback/tag.h"

/* Of a page of answers, in order of their ids. */
struct export_work {
	struct tagging *tags;
	struct note *notes;
	struct event *events;
	size_t tag_count, note_count, event_count;
	size_t tag_at, note_at, event_at; /* what was taken already */
};

struct export_work_cells {
	Str tags, notes, events; /* JSON; at NULL: none */
};

/* Of answers with ids above `after` up to `last`. */
MUST_USE bool export_work_load(struct db *db, struct arena *a, int64_t workspace, int64_t after,
                               int64_t last, struct export_work *out, struct err *err);
/* Of the next answer: call it with rising ids. */
MUST_USE bool export_work_next(struct export_work *work, struct arena *a, int64_t response,
                               struct export_work_cells *out, struct err *err);

/* What the cells of one answer say. Texts live in the arena. ERR_INVALID when it is nothing that Heed wrote. */
struct imported_work {
	struct tag_name *tags;
	struct note *notes; /* without response_id */
	struct event *events;
	size_t tag_count, note_count, event_count;
};
MUST_USE bool export_work_read(struct arena *a, const struct export_work_cells *cells,
                               struct imported_work *out, struct err *err);
/* In a unit: gives it to an answer that has just been stored. */
MUST_USE bool export_work_store(struct db_tx *tx, int64_t response,
                                const struct imported_work *work, struct err *err);

#endif
