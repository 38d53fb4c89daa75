/* feedback/import_store.h - imports at rest, and the units that write one and take it back.
 *
 * A unit of an import holds at most IMPORT_UNIT_MAX answers; the driver keeps it under 20 ms. A row that is known is found
 * before anything is written, a person included.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_STORE_H
#define FEEDBACK_IMPORT_STORE_H

#include "feedback/export_work.h"
#include "feedback/import_pace.h"
#include "feedback/response.h"
#include "people/person.h"

/* Stored: never renumber. */
#define IMPORT_STATES(X)                \
	X(IMPORT_RUNNING, 1, "running") \
	X(IMPORT_DONE, 2, "done")       \
	X(IMPORT_UNDOING, 3, "undoing") \
	X(IMPORT_UNDONE, 4, "undone")   \
	X(IMPORT_QUEUED, 5, "queued")   \
	X(IMPORT_GIVEN_UP, 6, "failed")

#define IMPORT_ENUM(state, number, name) state = number,
enum import_state { IMPORT_STATES(IMPORT_ENUM) };
#undef IMPORT_ENUM

const char *import_state_name(enum import_state state);

struct import_record {
	int64_t id, survey_id;
	Str file_name;
	enum import_state state;
	int64_t rows_read, rows_added, rows_known, rows_rejected;
	int64_t created_at, finished_at, undone_at; /* 0: not */
	int64_t rows_total;                         /* in the file, 0: not known yet */
	int64_t scored, comments, dismissed, bad_addresses, cut;
	Str created_by;               /* at NULL: not known */
	Str why;                      /* why it failed, at NULL: it did not */
	Str survey_slug, survey_name; /* only read */
	Str mapping;                  /* JSON; only read */
	int64_t upload_id;            /* that it came from; 0: it came by the command line */
	bool has_file;                /* is that still there? */
};

MUST_USE bool import_find(struct db *db, struct arena *a, int64_t workspace, int64_t id,
                          struct import_record *out, struct err *err);
/* The newest hundred. */
MUST_USE bool import_list(struct db *db, struct arena *a, int64_t workspace,
                          struct import_record **out, size_t *count, struct err *err);

/* The newest of a survey that was not taken back; 0: none. */
MUST_USE bool import_earlier(struct db *db, int64_t workspace, int64_t survey, int64_t *id,
                             struct err *err);
/* Answers that came by an import and are there. */
MUST_USE bool import_added(struct db *db, int64_t workspace, int64_t id, int64_t *out,
                           struct err *err);

struct import_begin_input {
	int64_t id; /* of one that is queued or was stopped; 0: a new one, and its id afterwards */
	int64_t survey_id, rows_total;
	Str file_name, mapping; /* JSON */
	Str created_by;
};

/* Units' functions; input is a struct import_begin_input, a struct import_record with the final counts. What was taken
 * back meanwhile is not begun (ERR_CONFLICT), and stays taken back at the end. */
bool import_begin(struct db_tx *tx, void *input, struct err *err);
bool import_end(struct db_tx *tx, void *input, struct err *err);

/* One answer to write. */
struct import_item {
	struct response
	    response; /* id 0: a new one; import_key, or an id of its own, tells it again */
	struct person_ref who;
	const struct response_past *past;
	size_t past_count;
	struct imported_work work;
	bool own; /* keeps its created_at and updated_at */
};

struct import_batch {
	struct unit unit;
	struct arena arena; /* of the items */
	int64_t import_id;
	struct import_item items[IMPORT_UNIT_MAX];
	size_t count;
	size_t added;     /* result */
	int64_t apply_us; /* result: how long it took */
	void *owner;      /* the driver's */
	struct import_batch *next;
};

/* A unit's function; input is a struct import_batch. ERR_CONFLICT when its import is not running any more. */
bool import_apply(struct db_tx *tx, void *input, struct err *err);

struct import_undo_input {
	int64_t id;
	size_t max;       /* answers that it takes back at the most */
	size_t answers;   /* result: taken back by this unit */
	bool last;        /* result: and nothing is left */
	int64_t apply_us; /* result: how long it took */
};

/* A unit's function; input is a struct import_undo_input. Marks the import undone with the last answers. */
bool import_undo_some(struct db_tx *tx, void *input, struct err *err);

#endif
