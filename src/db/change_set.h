/* db/change_set.h - the changes that the units of a batch noted, until the batch writes them. For lanes alone.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_CHANGE_SET_H
#define DB_CHANGE_SET_H

#include "db/unit.h"

struct change_note {
	int64_t workspace, id;
	enum change_kind kind;
	size_t unit; /* its number in the batch */
};

/* Zero-initialise. `unit` is the one that runs now. */
struct change_set {
	struct change_note *notes;
	size_t count, cap, unit;
};

void change_set_free(struct change_set *set);
/* Forgets what was noted from `count` on: the unit refused after all. */
void change_set_cut(struct change_set *set, size_t count);
/* On an engine where several processes may write one workspace at once: makes them take turns until the commit. */
MUST_USE bool change_hold(struct db *db, int64_t workspace, struct err *err);
/* Takes a rev for each workspace and writes the notes; sets revs[unit] for each unit that noted something. */
MUST_USE bool change_write(struct db *db, struct change_set *set, int64_t *revs, struct err *err);

#endif
