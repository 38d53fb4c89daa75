/* reading/pass.h - the reader's way through all answers of a workspace, newest first, and how far it has come.
 *
 * There is one when a workspace is read for the first time, when the reader lost its place in the change log, and when the
 * engine or the themes' words changed. It is at rest, so that a server that was killed goes on where it was. Answers that
 * come meanwhile are read first.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef READING_PASS_H
#define READING_PASS_H

#include "db/unit.h"

/* Stored: never renumber. */
#define PASS_STATES(X)          \
	X(PASS_NONE, 0, "none") \
	X(PASS_RUNS, 1, "runs") \
	X(PASS_DONE, 2, "done") \
	X(PASS_CANCELLED, 3, "cancelled")

#define PASS_ENUM(state, number, name) state = number,
enum pass_state { PASS_STATES(PASS_ENUM) };
#undef PASS_ENUM

Str pass_state_name(enum pass_state state);

/* Why. Stored: never renumber.
 *   first   nothing was read before
 *   lost    the change log no longer reached back to where the reader was
 *   engine  this version of Heed reads otherwise
 *   words   themes have other words, or other languages are read
 *   learnt  what was learnt (reading/learnt.h) shows one comment in a hundred otherwise
 *   asked   somebody wanted it */
#define PASS_REASONS(X)             \
	X(PASS_FIRST, 1, "first")   \
	X(PASS_LOST, 2, "lost")     \
	X(PASS_ENGINE, 3, "engine") \
	X(PASS_WORDS, 4, "words")   \
	X(PASS_LEARNT, 5, "learnt") \
	X(PASS_ASKED, 6, "asked")

#define PASS_ENUM(reason, number, name) reason = number,
enum pass_reason { PASS_UNTOLD, PASS_REASONS(PASS_ENUM) };
#undef PASS_ENUM

/* At NULL: nobody knows. */
Str pass_reason_name(enum pass_reason reason);

#define PASS_BEGIN INT64_MAX

struct pass {
	enum pass_state state;
	enum pass_reason reason;
	int64_t place; /* answers with smaller ids are to be read yet */
	int64_t engine, taxonomy;
	int64_t total, done; /* answers, with a comment or not; total as counted when it began */
	int64_t began_at, ended_at;
};

/* state PASS_NONE: there was none yet. */
MUST_USE bool pass_find(struct db *db, struct arena *a, int64_t workspace, struct pass *out,
                        struct err *err);

/* A unit's function: begins one, instead of one that is under way. */
struct pass_begin {
	int64_t engine, taxonomy, total;
	enum pass_reason reason;
	bool
	    from_log; /* what changes from here on comes by the change log: the reader lost its place there, or had none */
	Str actor;    /* at NULL: nobody asked for it */
};
bool pass_begin(struct db_tx *tx, void *pass_begin, struct err *err);
/* A unit's function; nothing, when none is under way. Input is a Str, the actor. */
bool pass_cancel(struct db_tx *tx, void *actor, struct err *err);
struct pass_step {
	int64_t engine, taxonomy; /* of the pass that it is of */
	int64_t from, to;         /* places; to 0 is the end */
	int64_t looked_at;        /* answers between them */
};
/* In a unit. Nothing, where it was cancelled or another was begun meanwhile. */
MUST_USE bool pass_go_on(struct db_tx *tx, const struct pass_step *step, struct err *err);

#endif
