/* feedback/correction.h - what an operator does to an answer's state: take it out of the figures, put it back, call it a
 * test, move it into the bin and out again.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CORRECTION_H
#define FEEDBACK_CORRECTION_H

#include "feedback/response.h"

#define CORRECTION_REASON_MAX 500

enum correction_kind {
	CORRECTION_EXCLUDE, /* needs a reason */
	CORRECTION_INCLUDE, /* whatever it was: it counts by its values */
	CORRECTION_TEST,
	CORRECTION_DELETE,  /* into the bin */
	CORRECTION_RESTORE, /* takes the last change of its state back, as the history knows it */
};

struct correction {
	enum correction_kind what;
	enum response_state from; /* only while it is in this state; 0: in any */
	Str reason;               /* at NULL: none */
	Str actor;
};

/* In a unit: changes *r, which is as stored, and stores it. *changed is false when there was nothing to do. An answer in
 * the bin can only be restored: the rest is ERR_CONFLICT. */
MUST_USE bool correction_make(struct db_tx *tx, const struct correction *c, struct response *r,
                              bool *changed, struct err *err);

struct correction_input {
	int64_t id;
	struct correction correction;
	struct arena *arena;
	struct response response; /* result */
};

/* A unit's function; input is a struct correction_input. Doing it again is no error. */
bool correction_apply(struct db_tx *tx, void *input, struct err *err);

#endif
