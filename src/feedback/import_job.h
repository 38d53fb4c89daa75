/* feedback/import_job.h - imports that a server carries out, at rest: what waits, what is under way, what is taken back.
 *
 *	queued -> running -> done | failed        any of them -> undoing -> undone -> queued (again)
 *
 * The state stands in the import's row, and whatever runs asks it with each batch: a decision here is one there.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_JOB_H
#define FEEDBACK_IMPORT_JOB_H

#include "feedback/import_store.h"
#include "feedback/import_survey.h"

struct import_create_input {
	int64_t upload_id;
	Str wishes;               /* feedback/import_wishes.h */
	Str survey;               /* slug of one that is there; at NULL: */
	Str new_name;             /* name of one to be made; at NULL: */
	struct import_survey own; /* the one that the file names */
	int64_t rows_total;
	Str actor;
	struct arena *arena;
	int64_t id; /* result */
};

/* A unit's function; input is a struct import_create_input. Queues it. */
bool import_create(struct db_tx *tx, void *input, struct err *err);

struct import_change_input {
	int64_t id;
	Str actor;
};

/* Units' functions; input is a struct import_change_input. What is undone already stays so. `again` is ERR_CONFLICT for
 * what is not undone and did not fail, ERR_GONE when its file is gone. */
bool import_take_back(struct db_tx *tx, void *input, struct err *err);
bool import_again(struct db_tx *tx, void *input, struct err *err);

struct import_fail_input {
	int64_t id;
	Str why;
};

/* A unit's function; input is a struct import_fail_input: it is given up, unless it was taken back. */
bool import_give_up(struct db_tx *tx, void *input, struct err *err);

/* What a server does next in a workspace; id 0: nothing. */
struct import_next_job {
	int64_t id;
	enum import_state state; /* queued, running (before another process ended) or undoing */
};
MUST_USE bool import_next_job(struct db *db, int64_t workspace, struct import_next_job *out,
                              struct err *err);

struct import_job_record {
	int64_t id, upload_id, survey_id;
	Str wishes, file; /* file at NULL: it is gone */
	Str file_name, survey;
};
/* ERR_NOT_FOUND. */
MUST_USE bool import_job_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                              struct import_job_record *out, struct err *err);

#endif
