/* tests/feedback/readings.h - readings of comments that a seed chooses, as rows: what was understood, and themes.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_FEEDBACK_READINGS_H
#define TESTS_FEEDBACK_READINGS_H

#include "db/unit.h"

#define READINGS_THEMES 4

extern const char
    *const readings_themes[READINGS_THEMES]; /* codes; nobody ever speaks of the last */

struct readings_input {
	int64_t response;
	uint64_t random; /* what is read there; some of it is that there is nothing */
};
/* A unit's function: over what is there. ERR_NOT_FOUND without the answer. */
bool readings_write(struct db_tx *tx, void *readings_input, struct err *err);

/* A unit's function: joins one theme with another, or parts them. Input is a uint64_t. */
bool readings_join(struct db_tx *tx, void *random, struct err *err);

#endif
