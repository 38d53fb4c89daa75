/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/theme_quotes.h"

#include <stdlib.h>

#include "db/list.h"
#include "feedback/response_list.h"
#include "insight/quote_json.h"
#include "insight/theme_quotes.sql.h"
#include "text/typical.h"

/* Pages of a rare theme that are looked through. */
#define PAGES_MAX 10

struct span {
	size_t from, len;
	double polarity;
};

struct found {
	struct response response;
	const struct span *spans;
	size_t span_count;
	unsigned sayings;
	double typical;
	size_t newest; /* place among the newest */
};

struct finding {
	struct db *db;
	struct arena *a;
	int64_t workspace;
	const struct theme_quotes_question *q;
	struct found all[THEME_QUOTES_AMONG];
	size_t count;
};

static bool span_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct span *)out =
	    (struct span){ (size_t)db_i64(rows, 0), (size_t)db_i64(rows, 1), db_real(rows, 2) };
	return true;
}

static bool said_before(const struct finding *f, Str comment)
{
	for (size_t i = 0; i < f->count; i++)
		if (str_eq(f->all[i].response.comment, comment))
			return true;
	return false;
}

static bool take(struct finding *f, const struct response *r, struct err *err)
{
	void *items;
	size_t count;
	unsigned sayings = 0;
	if (!r->comment.len || said_before(f, r->comment))
		return true;
	if (!db_list(f->db, &sql_theme_quotes_spans,
	             DB_ARGS(db_arg_i64(f->workspace), db_arg_i64(r->id), db_arg_i64(f->q->theme)),
	             span_row, sizeof(struct span), f->a, &items, &count, err))
		return false;
	const struct span *spans = items;
	for (size_t i = 0; i < count; i++)
		sayings |= theme_sayings_of(spans[i].polarity);
	if (sayings & 1U << f->q->saying) {
		f->all[f->count] = (struct found){ *r, spans, count, sayings, 0, f->count };
		f->count++;
	}
	return true;
}

static bool read_newest(struct finding *f, struct err *err)
{
	struct response_query query = { .scope = f->q->scope,
		                        .filter = *f->q->filter,
		                        .limit = THEME_QUOTES_AMONG };
	struct response_page page = { .more = true };
	filter_only(&query.filter, FILTER_THEME, f->q->code);
	query.filter.groups = f->q->groups;
	query.filter.comment = FILTER_YES;
	query.filter.counted_only = true;
	for (int i = 0; i < PAGES_MAX && page.more && f->count < THEME_QUOTES_AMONG; i++) {
		if (!response_list(f->db, f->a, f->workspace, &query, &page, err))
			return false;
		for (size_t k = 0; k < page.count && f->count < THEME_QUOTES_AMONG; k++)
			if (!take(f, &page.all[k], err))
				return false;
		query.has_after = true;
		query.after = page.next;
	}
	return true;
}

static void rank(struct finding *f)
{
	struct word_reader *reader = word_reader_open();
	struct typical *typical = typical_open();
	struct words *words = ARENA_ARRAY(f->a, struct words, f->count + 1);
	for (size_t i = 0; i < f->count; i++) {
		const struct response *r = &f->all[i].response;
		Str said = transcript_said(f->a, r->comment, &r->told);
		words_read(reader, f->a, said, tongue_of_tag(r->language), &words[i]);
		typical_add(typical, &words[i]);
	}
	typical_settle(typical);
	for (size_t i = 0; i < f->count; i++)
		f->all[i].typical = typical_of(typical, &words[i]);
	typical_close(typical);
	word_reader_close(reader);
}

static int most_typical_first(const void *x, const void *y)
{
	const struct found *a = x, *b = y;
	if (a->typical < b->typical || a->typical > b->typical)
		return a->typical < b->typical ? 1 : -1;
	return (a->newest > b->newest) - (a->newest < b->newest);
}

static bool show(struct finding *f, const struct found *found, struct theme_quote *out,
                 struct err *err)
{
	*out = (struct theme_quote){ .sayings = found->sayings,
		                     .spans = ARENA_ARRAY(f->a, struct mask_span,
		                                          found->span_count + 1) };
	for (size_t i = 0; i < found->span_count; i++)
		out->spans[i] = (struct mask_span){ found->spans[i].from, found->spans[i].len };
	if (!quote_keeping(f->db, f->a, &found->response, out->spans, found->span_count,
	                   &out->quote, err))
		return false;
	out->span_count = quote_join_spans(out->spans, found->span_count);
	return true;
}

bool theme_quotes_find(struct db *db, struct arena *a, int64_t workspace,
                       const struct theme_quotes_question *q, struct theme_quote **out,
                       size_t *count, struct err *err)
{
	struct finding *f = ARENA_NEW(a, struct finding);
	*f = (struct finding){ .db = db, .a = a, .workspace = workspace, .q = q };
	if (!read_newest(f, err))
		return false;
	rank(f);
	if (f->count)
		qsort(f->all, f->count, sizeof f->all[0], most_typical_first);
	*count = 0;
	*out = ARENA_ARRAY(a, struct theme_quote, THEME_QUOTES_MAX);
	for (size_t i = 0; i < f->count && *count < THEME_QUOTES_MAX; i++) {
		struct theme_quote *one = &(*out)[*count];
		if (!show(f, &f->all[i], one, err))
			return false;
		*count += one->quote.id != 0;
	}
	return true;
}
