/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/checked_sentiment.h"

#include <stdlib.h>

#include "db/list.h"
#include "reading/checked_sentiment.sql.h"
#include "text/blind_sentiment.h"

_Static_assert(SENTIMENT_LABEL_COUNT <= AGREEMENT_CATEGORIES, "each label is a category");

struct said {
	int64_t response, author;
	int label, machine; /* machine -1: nothing */
};

static bool said_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	struct said s = { db_i64(rows, 0), db_i64(rows, 1), (int)db_i64(rows, 2),
		          db_is_null(rows, 3) ? -1 : (int)db_i64(rows, 3) };
	(void)a;
	if (s.label < 0 || s.label >= SENTIMENT_LABEL_COUNT || s.machine >= SENTIMENT_LABEL_COUNT)
		return err_set(err, ERR_CORRUPT, "a comment of a check has an unknown sentiment");
	*(struct said *)out = s;
	return true;
}

static int by_number(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

static int64_t count_apart(int64_t *all, size_t count)
{
	int64_t apart = 0;
	qsort(all, count, sizeof *all, by_number);
	for (size_t i = 0; i < count; i++)
		apart += i == 0 || all[i] != all[i - 1];
	return apart;
}

bool checked_sentiment_find(struct db *db, struct arena *a, int64_t workspace,
                            struct checked_sentiment *out, struct err *err)
{
	struct agreement_table table = { 0 };
	void *items;
	size_t count, people = 0;
	if (!db_list(db, &sql_checked_sentiment, DB_ARGS(db_arg_i64(workspace)), said_row,
	             sizeof(struct said), a, &items, &count, err))
		return false;
	const struct said *all = items;
	int64_t *authors = ARENA_ARRAY(a, int64_t, count + 1);
	*out = (struct checked_sentiment){ 0 };
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && all[i].response == all[i - 1].response)
			continue;
		if (all[i].machine < 0) {
			out->unread++;
			continue;
		}
		authors[people++] = all[i].author;
		table.count[all[i].label][all[i].machine]++;
	}
	out->people = count_apart(authors, people);
	agreement_of_two(&table, &out->a);
	out->shown = out->a.shown && out->a.items >= CHECKED_SENTIMENT_LEAST;
	return true;
}
