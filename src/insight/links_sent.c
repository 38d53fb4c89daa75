/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/links_sent.h"

#include "feedback/response.h"
#include "insight/links_sent.sql.h"

/* A page is a short read of its own. */
#define PAGE 10000

struct counting {
	struct db *db;
	int64_t workspace, survey;
	int64_t at, id; /* the last one that was counted */
	size_t rows;    /* of the page */
};

static void count_row(struct counting *c, struct db_rows *rows, struct arena *a, struct days *into)
{
	uint32_t counts[DAYS_COUNTS] = { 0 };
	c->at = db_i64(rows, 0);
	c->id = db_i64(rows, 1);
	c->rows++;
	counts[LINKS_SENT] = 1;
	counts[LINKS_SCORED] = !db_is_null(rows, 3);
	days_add(into, c->at, db_text(rows, 2, a), counts);
}

static bool count_page(struct counting *c, int64_t before, struct days *into, struct err *err)
{
	struct arena a = { 0 };
	struct db_rows rows;
	enum db_next next;
	if (!db_query(c->db, &rows, &sql_links_page,
	              DB_ARGS(db_arg_i64(c->workspace), db_arg_i64(c->survey), db_arg_i64(c->at),
	                      db_arg_i64(before), db_arg_i64(c->id), db_arg_i64(RESPONSE_PARTIAL),
	                      db_arg_i64(RESPONSE_COMPLETE), db_arg_i64(PAGE)),
	              err))
		return false;
	c->rows = 0;
	while ((next = db_step(&rows, err)) == DB_ROW)
		count_row(c, &rows, &a, into);
	db_rows_close(&rows);
	arena_free(&a);
	return next == DB_DONE;
}

/* A days_count_fn. */
static bool count(void *context, int64_t from, int64_t before, struct days *into, struct err *err)
{
	struct counting *c = context;
	c->at = from;
	c->id = INT64_MIN;
	do
		if (!count_page(c, before, into, err))
			return false;
	while (c->rows == PAGE);
	return true;
}

bool links_sent(struct days_kept *kept, struct db *db, struct arena *a, int64_t workspace,
                int64_t survey, int64_t from, int64_t before, struct days_channel **out,
                size_t *channels, struct err *err)
{
	struct counting c = { .db = db, .workspace = workspace, .survey = survey };
	const struct days_question q = { .workspace = workspace,
		                         .survey = survey,
		                         .of = DAYS_LINKS,
		                         .from = from,
		                         .before = before,
		                         .count = count,
		                         .context = &c };
	return days_ask(kept, db, a, &q, out, channels, err);
}
