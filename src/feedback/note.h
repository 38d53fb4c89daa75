/* feedback/note.h - what people write to each other about an answer, and whom they call by name.
 *
 * "@Ann Smith" or "@ann@example.com" in a note mentions every member of that name or address who may work on the
 * answer. A deleted note is kept out of sight for NOTE_BIN, so that deleting can be undone.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_NOTE_H
#define FEEDBACK_NOTE_H

#include "base/clock.h"
#include "net/route.h"

#define NOTE_TEXT_MAX (4u * 1024)   /* bytes */
#define NOTES_MAX     100           /* an answer */
#define NOTES_BYTES   (100u * 1024) /* an answer: what a cell of an export holds */
#define NOTE_BIN      (30 * CLOCK_DAY)

struct note {
	int64_t id, response_id;
	int64_t author_id; /* 0: came with an import */
	Str author, text;
	int64_t created_at, edited_at, deleted_at; /* 0: not */
};

/* Those that are not deleted, of the answers with ids above `after` up to `last`, in order of the answers and the ids. */
MUST_USE bool note_list(struct db *db, struct arena *a, int64_t workspace, int64_t after,
                        int64_t last, struct note **out, size_t *count, struct err *err);
/* In a unit, as it is: for import. */
MUST_USE bool note_insert(struct db_tx *tx, const struct note *note, struct err *err);

struct note_input {
	const struct caller *caller;
	Str author;          /* the caller's name, as notes show it */
	int64_t response_id; /* of a new note */
	int64_t id;          /* of one that is there */
	Str text;            /* at NULL: as it is */
	bool has_deleted, deleted;
	struct arena *arena; /* of the result */
	struct note note;    /* result */
};

/* Units' functions; input is a struct note_input. Only its author changes or deletes a note: ERR_DENIED. */
bool note_add(struct db_tx *tx, void *input, struct err *err);
bool note_change(struct db_tx *tx, void *input, struct err *err);

/* In a unit: takes away what was deleted longer than NOTE_BIN ago. */
MUST_USE bool note_prune(struct db_tx *tx, struct err *err);

#endif
