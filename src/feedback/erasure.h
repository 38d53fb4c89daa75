/* feedback/erasure.h - a person who wants to be forgotten, with all that they said, and persons who are one.
 *
 * An erasure takes the person and everybody who was merged with them: addresses, numbers, name and traits, the answers with
 * all that hangs on them, past the bin, and whose the personal links were. Links stay as revoked ones of nobody, so that
 * how many were made remains true. What is in files beside the database: docs/personal_data.md.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_ERASURE_H
#define FEEDBACK_ERASURE_H

#include "db/unit.h"

/* Answers and links of one unit; who asks does so again while there is more. */
#define ERASURE_AT_ONCE 500

struct erasure_input {
	int64_t person; /* any of those who were merged */
	Str actor;
	size_t answers, links; /* results: what went */
	bool more;             /* result: the person is still there */
};

/* A unit's function; input is a struct erasure_input. ERR_NOT_FOUND. */
bool erasure_apply(struct db_tx *tx, void *input, struct err *err);

#endif
