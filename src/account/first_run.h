/* account/first_run.h - how far the set-up of a workspace has come, so that it can be left and taken up again.
 *
 * What a step does is the step's own (a brand, a password, a survey); here stands whether somebody has been there. The demo, and a
 * workspace that somebody said no more about, have nothing open.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ACCOUNT_FIRST_RUN_H
#define ACCOUNT_FIRST_RUN_H

#include "db/unit.h"

/* In their order. `all` is no step: it closes the set-up as a whole. */
#define FIRST_RUN_STEPS(X) X(you) X(brand) X(region) X(address) X(survey) X(all)

enum first_run_step {
#define FIRST_RUN_ENUM(name) FIRST_RUN_##name,
	FIRST_RUN_STEPS(FIRST_RUN_ENUM)
#undef FIRST_RUN_ENUM
	    FIRST_RUN_COUNT
};

/* Stored: never renumber. */
enum first_run_state { STEP_OPEN = 0, STEP_DONE = 1, STEP_SKIPPED = 2 };

struct first_run {
	enum first_run_state steps[FIRST_RUN_COUNT];
};

const char *first_run_step_name(enum first_run_step step);
const char *first_run_state_name(enum first_run_state state);

MUST_USE bool first_run_find(struct db *db, int64_t workspace, struct first_run *out,
                             struct err *err);
/* Is something left to do that nobody has closed? */
bool first_run_is_open(const struct first_run *run);
MUST_USE bool first_run_set(struct db_tx *tx, enum first_run_step step, enum first_run_state state,
                            struct err *err);

#endif
