/* app/rounds.h - a thread that visits one workspace after the other, rests, and does so again, until it is stopped.
 *
 * Between its rounds it visits those that had commits of this process, if it is to hear of them; a workspace waits for that
 * once, however many there were. What fails is logged and tried again with the next round: what one workspace stumbles over is no
 * reason to leave out the others.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_ROUNDS_H
#define APP_ROUNDS_H

#include "db/store.h"

struct rounds;

struct rounds_plan {
	const char *failed;    /* the event that is logged with what went wrong */
	int64_t every_seconds; /* it rests so long behind a round */
	bool rests_first;      /* before the first round, too */
	bool keeps_reader;     /* while it rests, too */
	bool hears_commits;
	int64_t gather_ms; /* it lets commits gather for so long */
	/* NULL: nothing comes before a round. `db` is the thread's reader, bound to no workspace. */
	bool (*begin)(void *context, struct db *db, struct err *err);
	/* A workspace that is gone meanwhile (ERR_NOT_FOUND) is no failure. */
	bool (*visit)(void *context, struct rounds *r, struct db *db, int64_t workspace,
	              struct err *err);
};

/* All three outlive it. */
struct rounds *rounds_start(struct store *store, const struct rounds_plan *plan, void *context);
/* Of a visit: it is to come again, behind those that wait. */
void rounds_add(struct rounds *r, int64_t workspace);
/* Of a visit that takes long: it is a struct rounds; false once it is stopped. */
bool rounds_go_on(void *rounds);
/* Waits for the visit that is under way. */
void rounds_stop(struct rounds *r);

#endif
