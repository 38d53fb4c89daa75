/* db/change.h - the change log: what happened in a workspace, dense and in commit order on every engine.
 *
 * Each batch that changed something takes the workspace's next rev inside its transaction and writes its changes
 * under it. A consumer (the cube, the reader of comments, live streams) reads from its cursor on; nothing ever resumes from
 * ids or times. One that is new, or that was pruned past, rebuilds from the tables at the rev it read first.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_CHANGE_H
#define DB_CHANGE_H

#include "db/unit.h"

struct change {
	int64_t rev, seq;
	enum change_kind kind;
	int64_t id;
};

/* The workspace's newest rev, 0 before its first change. */
MUST_USE bool change_rev(struct db *db, int64_t workspace, int64_t *out, struct err *err);
/* The oldest rev that was not pruned, 0 when there is none. */
MUST_USE bool change_oldest(struct db *db, int64_t workspace, int64_t *out, struct err *err);
/* Changes behind (rev, seq) in order, at most `max`. A rev that was read whole is passed with seq INT64_MAX. */
MUST_USE bool change_read(struct db *db, int64_t workspace, int64_t rev, int64_t seq,
                          struct change *out, size_t max, size_t *count, struct err *err);

/* Where a consumer stands: every rev up to this one is dealt with. */
MUST_USE bool change_cursor_get(struct db *db, int64_t workspace, Str consumer, int64_t fallback,
                                int64_t *out, struct err *err);
MUST_USE bool change_cursor_set(struct db_tx *tx, Str consumer, int64_t rev, struct err *err);
/* Removes changes of at most about max_rows behind all cursors of the unit's workspace; none without cursors. */
MUST_USE bool change_prune(struct db_tx *tx, int64_t max_rows, int64_t *removed, struct err *err);

/* The nightly round's: changes stay for a day at least, and no longer than the round after that. One that is asked to
 * resume from before is told so by change_oldest. */
MUST_USE bool change_night_has_work(struct db *db, int64_t workspace, bool *out, struct err *err);
/* A unit_fn of at most 500 revs; the input is a bool *: there is more to do. */
bool change_night(struct db_tx *tx, void *more, struct err *err);

#endif
