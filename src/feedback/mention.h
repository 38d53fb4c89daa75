/* feedback/mention.h - whom a note calls by name, and what a member was called to.
 *
 * "@" with a member's name or email address behind it, in any case, the longest that fits. Only members who may work on
 * the answer can be called: their role allows it and their team's scope takes it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_MENTION_H
#define FEEDBACK_MENTION_H

#include "account/user.h"
#include "feedback/note.h"
#include "feedback/response.h"

#define MENTIONS_SHOWN 50

/* Members who may work on the answer, oldest membership first. */
MUST_USE bool mention_people(struct db *db, struct arena *a, const struct response *r,
                             struct member **out, size_t *count, struct err *err);

/* In a unit: makes the mentions of the note those that its text has; a deleted note has none. Whoever was called before
 * and still is is not called again. */
MUST_USE bool mention_set(struct db_tx *tx, const struct note *note, const struct response *r,
                          struct err *err);

struct mention {
	struct note note;
	struct response response;
	int64_t read_at; /* 0: not yet */
};

/* The caller's newest MENTIONS_SHOWN, of answers that the caller may see. */
MUST_USE bool mention_list(struct db *db, struct arena *a, const struct caller *caller,
                           struct mention **out, size_t *count, struct err *err);

/* A unit's function; input is the const struct caller whose mentions are read now. */
bool mention_read_all(struct db_tx *tx, void *input, struct err *err);

#endif
