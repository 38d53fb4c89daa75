/* feedback/correction.h - what an operator does to an answer: take it out of the figures, put it back, call it a test.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CORRECTION_H
#define FEEDBACK_CORRECTION_H

#include "feedback/response.h"

#define CORRECTION_REASON_MAX 500

enum correction {
	CORRECTION_EXCLUDE, /* needs a reason */
	CORRECTION_INCLUDE, /* whatever it was: it counts by its values */
	CORRECTION_TEST,
};

struct correction_input {
	int64_t id;
	enum correction what;
	Str reason; /* at NULL: none */
	Str actor;
	struct arena *arena;
	struct response response; /* result */
};

/* A unit's function; input is a struct correction_input. Doing it again is no error. */
bool correction_apply(struct db_tx *tx, void *input, struct err *err);

#endif
