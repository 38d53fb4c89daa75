/* feedback/import_runner.h - imports in the background of a server, one a workspace at a time, two at a time in all.
 *
 * At the start it goes on with what an earlier process left: queued, half done or half taken back. Rows that are there are
 * known by their keys, so nothing comes twice and nothing is lost. While the storage fails it waits and tries again;
 * what cannot work is given up with a sentence. Stopping leaves everything as it is for the next start.
 * Without anything to do its threads sleep, and the database is not touched.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_RUNNER_H
#define FEEDBACK_IMPORT_RUNNER_H

#include "base/err.h"
#include "db/store.h"

struct import_runner;

struct import_runner *import_runner_start(struct store *store);
/* What runs ends with its next row; the store must still be open. NULL is fine. */
void import_runner_stop(struct import_runner *runner);

/* Any thread: there may be something to do in a workspace. What runs there asks the database whether it may go on. */
void import_runner_wake(struct import_runner *runner, int64_t workspace);

enum import_phase { PHASE_READING, PHASE_TAKING, PHASE_UNDOING };

struct import_progress {
	enum import_phase phase;
	int64_t rows, total; /* total 0: not known yet */
	int64_t scored, comments, rejected;
	double rate; /* rows a second, 0: too early to say */
	bool waits;  /* for the storage */
};

/* False when the import is not what runs just now. */
bool import_runner_progress(struct import_runner *runner, int64_t workspace, int64_t id,
                            struct import_progress *out);

#endif
