/* feedback/bin.h - what is in the bin for longer than it may be goes for good, by night.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_BIN_H
#define FEEDBACK_BIN_H

#include "db/unit.h"

/* Is there any? */
MUST_USE bool bin_purgeable(struct db *db, int64_t workspace, int64_t now, bool *out,
                            struct err *err);
/* A unit's function; input is a bool: whether there may be more. Takes BIN_PURGE answers, and notes, away. */
#define BIN_PURGE 500
bool bin_purge(struct db_tx *tx, void *more, struct err *err);

#endif
