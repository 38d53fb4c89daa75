/* feedback/event.h - what people did to an answer beside its values and its state: tags, star, notes.
 *
 * Written in the unit that does it; never changed. response_history keeps the rest of an answer's past.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_EVENT_H
#define FEEDBACK_EVENT_H

#include "db/unit.h"

/* Stored: never renumber. detail is the tag's name of that time, at NULL for the others. */
#define EVENT_KINDS(X)                           \
	X(EVENT_TAGGED, 1, "tagged")             \
	X(EVENT_UNTAGGED, 2, "untagged")         \
	X(EVENT_STARRED, 3, "starred")           \
	X(EVENT_UNSTARRED, 4, "unstarred")       \
	X(EVENT_NOTED, 5, "noted")               \
	X(EVENT_NOTE_CHANGED, 6, "note_changed") \
	X(EVENT_NOTE_DELETED, 7, "note_deleted") \
	X(EVENT_NOTE_RESTORED, 8, "note_restored")

#define EVENT_ENUM(kind, number, name) kind = number,
enum event_kind { EVENT_KINDS(EVENT_ENUM) };
#undef EVENT_ENUM

struct event {
	int64_t id, response_id, at;
	Str actor;
	enum event_kind what;
	Str detail; /* at NULL: none */
};

const char *event_name(enum event_kind kind);
bool event_find(Str name, enum event_kind *out);

/* In a unit. Notes CHANGE_RESPONSE. */
MUST_USE bool event_add(struct db_tx *tx, int64_t response, Str actor, enum event_kind what,
                        Str detail, struct err *err);
/* As it is, from an import. */
MUST_USE bool event_insert(struct db_tx *tx, const struct event *event, struct err *err);
/* Oldest first, of the answers with ids above `after` up to `last`, in order of the answers. */
MUST_USE bool event_list(struct db *db, struct arena *a, int64_t workspace, int64_t after,
                         int64_t last, struct event **out, size_t *count, struct err *err);

#endif
