/* survey/trend_note.h - what a reader of the trend should know about a day: pinned by a person, or by Heed when a survey's
 * scale question changed while it had answers, since before and after may then not compare.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_TREND_NOTE_H
#define SURVEY_TREND_NOTE_H

#include "db/unit.h"

struct caller;

#define TREND_NOTE_MAX   1000
#define TREND_NOTES_LIST 500

/* Stored: never renumber. */
#define TREND_NOTE_KINDS(X)              \
	X(TREND_NOTE_WRITTEN, 1, "note") \
	X(TREND_NOTE_SCALE, 2, "scale")

#define TREND_NOTE_ENUM(kind, number, name) kind = number,
enum trend_note_kind { TREND_NOTE_KINDS(TREND_NOTE_ENUM) };
#undef TREND_NOTE_ENUM

const char *trend_note_kind_name(enum trend_note_kind kind);

struct trend_note {
	int64_t id, survey_id; /* survey 0: about all */
	int64_t at;            /* the instant it is pinned to */
	enum trend_note_kind kind;
	Str text; /* of a scale: the words before and after */
	Str actor;
	int64_t created_at;
};

/* In a unit: pins it, with a new id, which is set. */
MUST_USE bool trend_note_add(struct db_tx *tx, struct trend_note *note, struct err *err);

/* Newest first, at most TREND_NOTES_LIST, from <= at < before. survey 0: of all surveys, with those about all. */
MUST_USE bool trend_note_list(struct db *db, struct arena *a, int64_t workspace, int64_t survey,
                              int64_t from, int64_t before, struct trend_note **out, size_t *count,
                              struct err *err);

struct trend_note_input {
	struct trend_note note; /* and the result */
	const struct caller *caller;
};

/* A unit's function; input is a struct trend_note_input. ERR_INVALID when the survey is none that the caller
 * sees. */
bool trend_note_write(struct db_tx *tx, void *input, struct err *err);

struct trend_note_removal {
	int64_t id;
	const struct caller *caller;
};

/* A unit's function; input is a struct trend_note_removal. ERR_NOT_FOUND. */
bool trend_note_remove(struct db_tx *tx, void *input, struct err *err);

#endif
