/* feedback/import.h - a file into the database beside everything else that goes on, and out again.
 *
 * One thread reads and checks rows and hands batches to the store's lanes as bulk units, a few in flight, each under 20 ms:
 * interactive writes go between them. Memory is bounded whatever the size of the file. A crash leaves a
 * running import whose rows are whole; the same import again adds the rest, and so does the same import gone on with.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_H
#define FEEDBACK_IMPORT_H

#include "feedback/import_plan.h"

#include <stdio.h>

struct csv_row;
struct import_source;
struct store;
struct zone;

struct import_counts {
	int64_t rows; /* read so far, without the header */
	int64_t scored, comments,
	    dismissed; /* of the rows taken: with a score; without one; with nothing */
	int64_t rejected;
	int64_t added, known; /* known before by their key */
	int64_t bad_addresses, cut;
	int64_t bytes; /* of the file so far */
};

struct import_job {
	struct store *store; /* NULL: check every row and write nothing */
	int64_t workspace;
	int64_t id;     /* of an import that is queued or was stopped; 0: a new one */
	bool only_new;  /* the file repeats no earlier one; only with an id */
	Str created_by; /* of a new one; at NULL: not known */
	const struct zone *zone;
	struct import_source *source;
	const struct import_plan *plan;
	Str survey; /* slug; made live when missing; not used for an export of Heed, which names its own */
	Str file_name; /* without folders */
	/* Each refused row and why; the row may have no cells. */
	void (*rejected)(void *context, const struct csv_row *row, const char *why);
	/* Behind the last of them, before the import counts as done. May be NULL. */
	void (*rejected_all)(void *context);
	void (*progress)(void *context, const struct import_counts *counts); /* now and then */
	/* Asked before each row; true ends it with ERR_BUSY. May be NULL. */
	bool (*stopped)(void *context);
	void *context;
};

/* *id is 0 when nothing was written. ERR_CONFLICT when the import was taken back meanwhile. */
MUST_USE bool import_run(const struct import_job *job, int64_t *id, struct import_counts *counts,
                         struct err *err);

#endif
