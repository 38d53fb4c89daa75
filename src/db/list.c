/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/list.h"

#include <string.h>

struct list {
	char *at;
	size_t size, count, cap;
};

static void *list_next(struct list *list, struct arena *a)
{
	if (list->count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 8;
		char *grown = arena_zeroed(a, cap, list->size);
		if (list->count)
			memcpy(grown, list->at, list->count * list->size);
		list->at = grown;
		list->cap = cap;
	}
	return list->at + list->size * list->count++;
}

bool db_list(struct db *db, const struct db_stmt *stmt, DbArgs args, db_row_fn read, size_t size,
             struct arena *a, void **items, size_t *count, struct err *err)
{
	struct list list = { .size = size };
	struct db_rows rows;
	enum db_next next;
	if (!db_query(db, &rows, stmt, args, err))
		return false;
	while ((next = db_step(&rows, err)) == DB_ROW) {
		if (!read(&rows, list_next(&list, a), a, err)) {
			next = DB_FAILED;
			break;
		}
	}
	db_rows_close(&rows);
	if (next == DB_FAILED)
		return false;
	*items = list.at;
	*count = list.count;
	return true;
}
