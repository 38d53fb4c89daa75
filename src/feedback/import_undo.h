/* feedback/import_undo.h - all answers of an import taken back, beside everything else that goes on.
 *
 * Bulk units, a few in flight, so that the lane commits one while the next one waits; each takes what it still finds, so that they
 * need to know nothing of each other, and a stop or a crash leaves an import "undoing" with which the same call goes on.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_UNDO_H
#define FEEDBACK_IMPORT_UNDO_H

#include "base/err.h"
#include "db/store.h"

struct import_undo_job {
	struct store *store;
	int64_t workspace, id;
	/* On the caller's thread, now and then: answers taken back so far. May be NULL. */
	void (*progress)(void *context, int64_t answers);
	/* Asked before each unit; true ends it with ERR_BUSY. May be NULL. */
	bool (*stopped)(void *context);
	void *context;
};

/* And the persons whom the import made and who have nothing else. *answers: by this call. ERR_CONFLICT when it was undone before. */
MUST_USE bool import_undo(const struct import_undo_job *job, int64_t *answers, struct err *err);

#endif
