/* db/purge.h - takes every row of one workspace away, table by table, beside everything else.
 *
 * The tables are those that this program's own migrations make (db/copy.h), so that a new one is never forgotten. Rows go in bulk units
 * of at most 500, children before parents. A process makes one; it lives as long as the store's connections, which keep its
 * statements.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_PURGE_H
#define DB_PURGE_H

#include "db/store.h"

struct purge;

MUST_USE bool purge_open(struct purge **out, struct store *store, const struct migration *all,
                         size_t count, struct err *err);
/* After store_close. */
void purge_free(struct purge *purge);

/* Begins, and returns at once; `last` (a unit's function, may be NULL) runs in the workspace's last unit, with `input`. What is cut
 * short by the end of the process is begun again by the caller. ERR_BUSY when one is under way. */
MUST_USE bool purge_begin(struct purge *purge, int64_t workspace, unit_fn last, void *input,
                          struct err *err);

#endif
