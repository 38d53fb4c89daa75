/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/agreed.h"

#include <stdlib.h>

/* A word of somebody on an item. */
struct word_on {
	struct judgement judgement;
	int64_t author;
};

struct words_on {
	struct word_on *at;
	size_t count;
};

static int by_item(const void *x, const void *y)
{
	const struct word_on *a = x, *b = y;
	if (a->judgement.unit != b->judgement.unit)
		return a->judgement.unit < b->judgement.unit ? -1 : 1;
	if (a->judgement.item != b->judgement.item)
		return a->judgement.item < b->judgement.item ? -1 : 1;
	return (a->author > b->author) - (a->author < b->author);
}

static bool same_item(const struct word_on *a, const struct word_on *b)
{
	return a->judgement.unit == b->judgement.unit && a->judgement.item == b->judgement.item;
}

/* Once an author and item, and only items of two authors or more. */
static void settle(struct words_on *w)
{
	size_t kept = 0;
	if (w->count)
		qsort(w->at, w->count, sizeof *w->at, by_item);
	for (size_t i = 0, next; i < w->count; i = next) {
		size_t first = kept;
		for (next = i; next < w->count && same_item(&w->at[i], &w->at[next]); next++)
			if (kept == first || w->at[kept - 1].author != w->at[next].author)
				w->at[kept++] = w->at[next];
		if (kept - first < 2)
			kept = first;
	}
	w->count = kept;
}

static int by_author(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

static int64_t people_in(const struct words_on *w, struct arena *a)
{
	int64_t *authors = ARENA_ARRAY(a, int64_t, w->count + 1), people = 0;
	for (size_t i = 0; i < w->count; i++)
		authors[i] = w->at[i].author;
	qsort(authors, w->count, sizeof *authors, by_author);
	for (size_t i = 0; i < w->count; i++)
		people += i == 0 || authors[i] != authors[i - 1];
	return people;
}

static void many(const struct words_on *w, struct arena *a, struct agreement *out)
{
	struct judgement *all = ARENA_ARRAY(a, struct judgement, w->count + 1);
	for (size_t i = 0; i < w->count; i++)
		all[i] = w->at[i].judgement;
	agreement_of_many(a, all, w->count, out);
}

void agreed_on_sentiment(const struct lesson *l, struct arena *a, struct agreed *out)
{
	struct words_on w = { ARENA_ARRAY(a, struct word_on, l->sentiment_count + 1), 0 };
	struct agreement_table t = { 0 };
	for (size_t i = 0; i < l->sentiment_count; i++) {
		const struct lesson_sentiment *s = &l->sentiments[i];
		w.at[w.count++] =
		    (struct word_on){ { s->response, 0, (unsigned)s->label }, s->author };
	}
	settle(&w);
	*out = (struct agreed){ .people = people_in(&w, a) };
	out->two = out->people == 2;
	for (size_t i = 0; out->two && i + 1 < w.count; i += 2)
		t.count[w.at[i].judgement.category][w.at[i + 1].judgement.category]++;
	if (out->two)
		agreement_of_two(&t, &out->a);
	else
		many(&w, a, &out->a);
}

static void add_labels(struct words_on *w, const struct lesson_label *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		w->at[w->count++] =
		    (struct word_on){ { all[i].response, all[i].theme, all[i].is }, all[i].author };
}

void agreed_on_themes(const struct lesson *l, struct arena *a, struct agreed *out)
{
	struct words_on w = { 0 };
	w.at = ARENA_ARRAY(a, struct word_on, l->label_count + l->checked_count + 1);
	add_labels(&w, l->labels, l->label_count);
	add_labels(&w, l->checked, l->checked_count);
	settle(&w);
	*out = (struct agreed){ .people = people_in(&w, a) };
	many(&w, a, &out->a);
}
