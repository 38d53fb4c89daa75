/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/lesson.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "db/list.h"
#include "feedback/response.h"
#include "reading/correction.h"
#include "reading/lesson.sql.h"

#define PAGE 5000

/* --- the sample --------------------------------------------------------------------------------------- */

static uint64_t draw_of(int64_t id)
{
	uint64_t x = (uint64_t)id * 0x9E3779B97F4A7C15ull;
	x = (x ^ x >> 29) * 0xBF58476D1CE4E5B9ull;
	return x ^ x >> 32;
}

static int by_draw(const void *x, const void *y)
{
	const struct lesson_comment *a = x, *b = y;
	return (a->draw > b->draw) - (a->draw < b->draw);
}

/* The smallest draws so far: twice as many as wanted at most, cut when full. */
struct sample {
	struct lesson_comment *at;
	size_t count;
};

static void cut(struct sample *s)
{
	if (s->count)
		qsort(s->at, s->count, sizeof *s->at, by_draw);
	s->count = s->count < LESSON_SAMPLE ? s->count : LESSON_SAMPLE;
}

static void offer(struct sample *s, const struct lesson_comment *c)
{
	if (s->count == 2 * (size_t)LESSON_SAMPLE)
		cut(s);
	s->at[s->count++] = *c;
}

struct candidate {
	struct lesson_comment comment;
	bool may_teach;
};

static bool candidate_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct candidate *)out = (struct candidate){
		.comment = { .response = db_i64(rows, 0),
		             .person = db_i64(rows, 1),
		             .group = db_is_null(rows, 2)
		                          ? -1
		                          : (int)score_group_of((int)db_i64(rows, 2)),
		             .input = db_i64(rows, 3),
		             .draw = draw_of(db_i64(rows, 0)) },
		.may_teach = db_i64(rows, 4) != 0,
	};
	return true;
}

static bool draw_page(struct db *db, int64_t workspace, int64_t *before, struct sample *s,
                      struct lesson *out, size_t *found, struct err *err)
{
	struct arena a = { 0 };
	void *items;
	bool ok = db_list(db, out->unread ? &sql_lesson_unread : &sql_lesson_page,
	                  DB_ARGS(db_arg_i64(workspace), db_arg_i64(*before), db_arg_i64(PAGE)),
	                  candidate_row, sizeof(struct candidate), &a, &items, found, err);
	for (size_t i = 0; ok && i < *found; i++) {
		const struct candidate *one = (struct candidate *)items + i;
		const struct lesson_comment *c = &one->comment;
		*before = c->response;
		if (!one->may_teach)
			continue;
		out->comments++;
		out->low += c->group == (int)GROUP_DETRACTORS;
		out->high += c->group == (int)GROUP_PROMOTERS;
		offer(s, c);
	}
	arena_free(&a);
	return ok;
}

static bool draw_all(struct db *db, int64_t workspace, bool (*goes_on)(void *context),
                     void *context, struct sample *s, struct lesson *out, bool *whole,
                     struct err *err)
{
	int64_t before = INT64_MAX;
	size_t found = PAGE;
	*whole = true;
	while (found == PAGE && *whole) {
		*whole = !goes_on || goes_on(context);
		if (*whole && !draw_page(db, workspace, &before, s, out, &found, err))
			return false;
	}
	cut(s);
	return true;
}

/* --- what people said --------------------------------------------------------------------------------- */

struct said {
	int64_t id, response, theme, author;
	enum reading_correction_kind kind;
	int value;
};

static bool said_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct said *)out = (struct said){
		.id = db_i64(rows, 0),
		.response = db_i64(rows, 1),
		.theme = db_i64(rows, 2),
		.kind = (enum reading_correction_kind)db_i64(rows, 3),
		.value = (int)db_i64(rows, 4),
		.author = db_i64(rows, 5),
	};
	return true;
}

static void take(struct lesson *out, const struct said *s)
{
	if (s->kind == CORRECT_SENTIMENT)
		out->sentiments[out->sentiment_count++] = (struct lesson_sentiment){
			.response = s->response, .author = s->author, .label = s->value, .id = s->id
		};
	else
		out->labels[out->label_count++] =
		    (struct lesson_label){ .response = s->response,
			                   .theme = s->theme,
			                   .author = s->author,
			                   .is = s->kind != CORRECT_THEME_REMOVED,
			                   .id = s->id };
}

#define COMPARE(member)             \
	if (a->member != b->member) \
	return a->member < b->member ? -1 : 1

static int by_label(const void *x, const void *y)
{
	const struct lesson_label *a = x, *b = y;
	COMPARE(response);
	COMPARE(theme);
	return (a->id < b->id) - (a->id > b->id);
}

static int by_sentiment(const void *x, const void *y)
{
	const struct lesson_sentiment *a = x, *b = y;
	COMPARE(response);
	return (a->id < b->id) - (a->id > b->id);
}

/* Of each author the newest: those before it in the same answer and theme are newer. */
static size_t newest_labels(struct lesson_label *all, size_t count)
{
	size_t kept = 0, group = 0;
	for (size_t i = 0; i < count; i++) {
		bool again = false;
		if (kept == 0 || all[kept - 1].response != all[i].response ||
		    all[kept - 1].theme != all[i].theme)
			group = kept;
		for (size_t k = group; k < kept && !again; k++)
			again = all[k].author == all[i].author;
		if (!again)
			all[kept++] = all[i];
	}
	return kept;
}

static size_t newest_sentiments(struct lesson_sentiment *all, size_t count)
{
	size_t kept = 0, group = 0;
	for (size_t i = 0; i < count; i++) {
		bool again = false;
		if (kept == 0 || all[kept - 1].response != all[i].response)
			group = kept;
		for (size_t k = group; k < kept && !again; k++)
			again = all[k].author == all[i].author;
		if (!again)
			all[kept++] = all[i];
	}
	return kept;
}

static bool checked_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)a;
	(void)err;
	*(struct lesson_label *)out = (struct lesson_label){
		.response = db_i64(rows, 0),
		.theme = db_i64(rows, 1),
		.author = db_i64(rows, 2),
		.is = db_i64(rows, 3) != 0,
		.id = -db_i64(rows, 4), /* who was first comes first */
	};
	return true;
}

static bool lesson_checked(struct db *db, struct arena *a, int64_t workspace, struct lesson *out,
                           struct err *err)
{
	void *items;
	if (!db_list(db, &sql_lesson_checked,
	             DB_ARGS(db_arg_i64(workspace), db_arg_i64(LESSON_CHECKED)), checked_row,
	             sizeof(struct lesson_label), a, &items, &out->checked_count, err))
		return false;
	out->checked = items;
	if (out->checked_count)
		qsort(out->checked, out->checked_count, sizeof *out->checked, by_label);
	out->checked_count = newest_labels(out->checked, out->checked_count);
	return true;
}

bool lesson_said(struct db *db, struct arena *a, int64_t workspace, struct lesson *out,
                 struct err *err)
{
	int64_t before = INT64_MAX;
	size_t found = PAGE, all = 0;
	out->label_count = out->sentiment_count = 0;
	out->labels = ARENA_ARRAY(a, struct lesson_label, LESSON_LABELS);
	out->sentiments = ARENA_ARRAY(a, struct lesson_sentiment, LESSON_LABELS);
	while (found == PAGE && all < LESSON_LABELS) {
		void *items;
		if (!db_list(db, &sql_lesson_labels,
		             DB_ARGS(db_arg_i64(workspace), db_arg_i64(before), db_arg_i64(PAGE)),
		             said_row, sizeof(struct said), a, &items, &found, err))
			return false;
		const struct said *s = items;
		for (size_t i = 0; i < found && all < LESSON_LABELS; i++, all++) {
			take(out, &s[i]);
			before = s[i].id;
		}
	}
	if (out->label_count)
		qsort(out->labels, out->label_count, sizeof *out->labels, by_label);
	if (out->sentiment_count)
		qsort(out->sentiments, out->sentiment_count, sizeof *out->sentiments, by_sentiment);
	out->label_count = newest_labels(out->labels, out->label_count);
	out->sentiment_count = newest_sentiments(out->sentiments, out->sentiment_count);
	return lesson_checked(db, a, workspace, out, err);
}

bool lesson_draw(struct db *db, struct arena *a, int64_t workspace, bool unread,
                 bool (*goes_on)(void *context), void *context, struct lesson *out, bool *whole,
                 struct err *err)
{
	struct sample s = { mem_zeroed(2 * (size_t)LESSON_SAMPLE, sizeof *s.at), 0 };
	*out = (struct lesson){ .unread = unread };
	bool ok = draw_all(db, workspace, goes_on, context, &s, out, whole, err);
	if (ok) {
		out->sample = ARENA_ARRAY(a, struct lesson_comment, s.count + 1);
		out->count = s.count;
		if (s.count)
			memcpy(out->sample, s.at, s.count * sizeof *s.at);
	}
	free(s.at);
	return ok && lesson_said(db, a, workspace, out, err);
}

static uint64_t mix(uint64_t sign, uint64_t more)
{
	sign = (sign ^ more) * 0x9E3779B97F4A7C15ull;
	return sign ^ sign >> 31;
}

static uint64_t mix_labels(uint64_t sign, const struct lesson_label *all, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		sign = mix(sign, (uint64_t)all[i].response);
		sign = mix(sign, (uint64_t)(all[i].theme ^ all[i].author));
		sign = mix(sign, all[i].is);
	}
	return sign;
}

int64_t lesson_sign(const struct lesson *l, int64_t engine, int64_t taxonomy)
{
	uint64_t sign = mix((uint64_t)engine, (uint64_t)taxonomy);
	for (size_t i = 0; i < l->count; i++) {
		sign = mix(sign, (uint64_t)l->sample[i].response);
		sign = mix(sign, (uint64_t)l->sample[i].input);
		sign = mix(sign, (uint64_t)l->sample[i].person);
	}
	sign = mix_labels(sign, l->labels, l->label_count);
	return (int64_t)(mix_labels(sign, l->checked, l->checked_count) & INT64_MAX);
}
