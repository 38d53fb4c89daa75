/* feedback/masking.h - personal data that is taken out of comments where they lie.
 *
 * In a workspace whose mode is PERSONAL_AT_REST (account/workspace.h) every way in masks a comment before it is written:
 * capture and import, past states too. What was there before is masked by a way through all answers, newest first, that
 * somebody begins; it cannot be taken back. Then the files that were imported go, and the database's are wiped (store_wipe), so that no file
 * but a backup holds what was masked. Its place is at rest, so a server that was killed goes on where it was. An answer that
 * is changed meanwhile is masked by that change. Masked answers note CHANGE_RESPONSE, so they are read again.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_MASKING_H
#define FEEDBACK_MASKING_H

#include "db/unit.h"
#include "feedback/mask.h"

struct store;

/* In a unit: NULL where comments are kept as they come. Lives in the unit's arena or longer. */
MUST_USE bool masking_words(struct db_tx *tx, const struct mask_words **out, struct err *err);
/* Both are left alone without words, or where nothing is found. */
void masking_take(struct arena *a, const struct mask_words *words, Str *comment, Str *folded);

/* Stored: never renumber. */
#define MASKING_STATES(X)                    \
	X(MASKING_NONE, 0, "none")           \
	X(MASKING_RUNS, 1, "runs")           \
	X(MASKING_DONE, 2, "done")           \
	X(MASKING_CANCELLED, 3, "cancelled") \
	X(MASKING_CLEANS, 4, "cleans") /* all is masked; files are rid of what was overwritten */

#define MASKING_ENUM(state, number, name) state = number,
enum masking_state { MASKING_STATES(MASKING_ENUM) };
#undef MASKING_ENUM

Str masking_state_name(enum masking_state state);

struct masking {
	enum masking_state state;
	int64_t place;               /* answers with smaller ids are to be looked at yet */
	int64_t total, done, masked; /* answers; total as counted when it began */
	int64_t began_at, ended_at;
	bool leftover; /* the database's files may hold some of it yet: store_wipe was not whole */
};

/* MASKING_NONE: there was none yet. */
MUST_USE bool masking_find(struct db *db, int64_t workspace, struct masking *out, struct err *err);

struct masking_begin {
	Str confirm; /* the workspace's name, as somebody typed it */
	Str actor;
	int64_t total;
};
/* A unit's function. ERR_CONFLICT where the mode is another, ERR_INVALID where the name is. One that is under way begins anew: what it has
 * passed may have come in since, while the mode was another. */
bool masking_begin(struct db_tx *tx, void *masking_begin, struct err *err);
/* A unit's function; nothing, when none is under way. Input is a Str, the actor. */
bool masking_cancel(struct db_tx *tx, void *actor, struct err *err);

/* A page of it, if one is under way, in a bulk unit, *more then; behind the last the cleaning, which is tried again with the next
 * call while a reader is in its way. On a thread with a read connection of its own. */
MUST_USE bool masking_go_on(struct store *store, struct db *db, int64_t workspace, bool *more,
                            struct err *err);

#endif
