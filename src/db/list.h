/* db/list.h - all rows of a query as an array in an arena, for lists that are short by their nature or by LIMIT.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_LIST_H
#define DB_LIST_H

#include "db/db.h"

/* Runs `read` once a row, each time with the next zeroed item of `size` bytes. *items is a `size`-spaced array. */
MUST_USE bool db_list(struct db *db, const struct db_stmt *stmt, DbArgs args, db_row_fn read,
                      size_t size, struct arena *a, void **items, size_t *count, struct err *err);

#endif
