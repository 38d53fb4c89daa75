/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/keywords_sample.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/utf8.h"
#include "db/list.h"
#include "feedback/response.h"
#include "insight/keywords.sql.h"
#include "insight/themes.h"

#define AT_ONCE 50

/* The newest so far, the oldest of them on top: each is no newer than the two below it. */
struct newest {
	struct sampled *heap;
	size_t count;
};

static bool is_newer(const struct sampled *a, const struct sampled *b)
{
	return a->at != b->at ? a->at > b->at : a->id > b->id;
}

static void swap(struct sampled *a, struct sampled *b)
{
	struct sampled kept = *a;
	*a = *b;
	*b = kept;
}

static void sink(struct newest *n)
{
	for (size_t i = 0, child; (child = 2 * i + 1) < n->count; i = child) {
		if (child + 1 < n->count && is_newer(&n->heap[child], &n->heap[child + 1]))
			child++;
		if (!is_newer(&n->heap[i], &n->heap[child]))
			return;
		swap(&n->heap[i], &n->heap[child]);
	}
}

static void offer(struct newest *n, const struct sampled *s)
{
	if (n->count == KEYWORDS_SAMPLE) {
		if (!is_newer(s, &n->heap[0]))
			return;
		n->heap[0] = *s;
		sink(n);
		return;
	}
	size_t i = n->count++;
	n->heap[i] = *s;
	for (; i > 0 && is_newer(&n->heap[(i - 1) / 2], &n->heap[i]); i = (i - 1) / 2)
		swap(&n->heap[i], &n->heap[(i - 1) / 2]);
}

/* Ids of the first side, and how far the second has come among them. */
struct known {
	int64_t *ids;
	size_t count, room, at;
};

static int by_id(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static void note(struct known *k, int64_t id)
{
	if (k->count == k->room) {
		k->room = k->room ? k->room * 2 : 1024;
		k->ids = mem_resize(k->ids, k->room * sizeof(k->ids[0]));
	}
	k->ids[k->count++] = id;
}

/* Most come as they are wanted. */
static void settle(struct known *k)
{
	size_t i = 1;
	while (i < k->count && k->ids[i - 1] < k->ids[i])
		i++;
	if (i < k->count)
		qsort(k->ids, k->count, sizeof(k->ids[0]), by_id);
}

/* Ids mostly rise, so the next one is mostly near. */
static bool is_known(struct known *k, int64_t id)
{
	if (k->at > 0 && k->ids[k->at - 1] >= id)
		return bsearch(&id, k->ids, k->count, sizeof(k->ids[0]), by_id) != NULL;
	while (k->at < k->count && k->ids[k->at] < id)
		k->at++;
	return k->at < k->count && k->ids[k->at] == id;
}

struct taking {
	struct known *known;
	struct newest newest;
	int side;
	int64_t comments, both;
};

static bool take(void *context, const struct fact *fact, struct err *err)
{
	struct taking *t = context;
	(void)err;
	if (t->side == 0) {
		note(t->known, fact->id);
	} else if (is_known(t->known, fact->id)) {
		t->both++;
		return true;
	}
	t->comments++;
	offer(&t->newest,
	      &(struct sampled){ .id = fact->id, .at = fact->at, .person = fact->person });
	return true;
}

static int newest_first(const void *x, const void *y)
{
	return is_newer(y, x) - is_newer(x, y);
}

static bool take_side(const struct facts *facts, struct arena *a, const struct contrast_question *q,
                      const struct one_part *part, struct taking *t, struct err *err)
{
	struct answer_filter filter = q->filters[t->side];
	struct cell_question cells = q->cells;
	struct cells of;
	t->newest.heap = ARENA_ARRAY(a, struct sampled, KEYWORDS_SAMPLE);
	if (!part->part)
		return true;
	filter.comment = FILTER_YES;
	themes_only_said(&filter);
	cells.filter = &filter;
	cells.part = part->part;
	if (!cells_ask(facts, a, &cells, &of, err) ||
	    !cells_visit(facts, a, &cells, &of, take, t, err))
		return false;
	if (t->newest.count)
		qsort(t->newest.heap, t->newest.count, sizeof(t->newest.heap[0]), newest_first);
	return true;
}

struct comment {
	int64_t id;
	Str text, language;
	struct transcript_told told;
};

static bool comment_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct comment *)out = (struct comment){ .id = db_i64(rows, 0),
		                                   .text = db_text(rows, 1, a),
		                                   .language = db_text(rows, 2, a),
		                                   .told = response_told(rows, 3, 4, a) };
	return true;
}

static int by_sampled_id(const void *x, const void *y)
{
	const struct sampled *const *a = x, *const *b = y;
	return ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

/* Of some that stand in the order of their ids. */
static bool read_some(const struct facts *facts, struct arena *a, struct sampled *const *some,
                      size_t count, struct err *err)
{
	struct arena page = { 0 };
	DbArg args[AT_ONCE + 1];
	void *items;
	size_t found;
	args[0] = db_arg_i64(facts->workspace);
	for (size_t i = 0; i < AT_ONCE; i++)
		args[i + 1] = db_arg_i64(i < count ? some[i]->id : 0);
	bool ok = db_list(facts->db, &sql_keywords_comments, (DbArgs){ args, AT_ONCE + 1 },
	                  comment_row, sizeof(struct comment), &page, &items, &found, err);
	const struct comment *comments = items;
	for (size_t i = 0; ok && i < found; i++) {
		const struct sampled wanted = { .id = comments[i].id }, *key = &wanted;
		struct sampled *const *at =
		    bsearch(&key, some, count, sizeof(struct sampled *), by_sampled_id);
		if (!at)
			continue;
		(*at)->text = str_copy(a, utf8_prefix(comments[i].text, KEYWORDS_BYTES));
		(*at)->said = transcript_said(a, (*at)->text, &comments[i].told);
		(*at)->tongue = tongue_of_tag(comments[i].language);
	}
	arena_free(&page);
	return ok;
}

static bool read_texts(const struct facts *facts, struct arena *a, struct sampled *at, size_t count,
                       struct err *err)
{
	struct sampled **sorted = ARENA_ARRAY(a, struct sampled *, count + 1);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &at[i];
	if (count)
		qsort(sorted, count, sizeof(struct sampled *), by_sampled_id);
	for (size_t i = 0; i < count; i += AT_ONCE)
		if (!read_some(facts, a, sorted + i, count - i < AT_ONCE ? count - i : AT_ONCE,
		               err))
			return false;
	return true;
}

bool keywords_sample(const struct facts *facts, struct arena *a, const struct contrast_question *q,
                     const struct one_part parts[2], struct keywords_sample *out, struct err *err)
{
	struct known known = { 0 };
	int64_t both = 0;
	bool ok = true;
	*out = (struct keywords_sample){ 0 };
	for (int side = 0; ok && side < 2; side++) {
		struct taking t = { .known = &known, .side = side };
		ok = take_side(facts, a, q, &parts[side], &t, err);
		settle(&known);
		out->at[side] = t.newest.heap;
		out->count[side] = t.newest.count;
		out->comments[side] = t.comments;
		both += t.both;
	}
	free(known.ids);
	if (ok && both > 0 && !q->is_rest)
		return err_at(err, ERR_INVALID, "b",
		              "%lld of the comments are in a, too: compare what has no answer in "
		              "common, or leave out b for the rest",
		              (long long)both);
	for (int side = 0; ok && side < 2; side++)
		ok = read_texts(facts, a, out->at[side], out->count[side], err);
	return ok;
}
