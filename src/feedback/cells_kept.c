/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_kept.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "feedback/cube_make.h"

#define QUESTIONS_MAX 256
/* Sums hold their view, and with it columns that no newer one has. */
#define UNUSED_AFTER (60 * CLOCK_SECOND)

struct question {
	char *bytes;
	size_t len;
	uint64_t hash;
	const struct view_sums *sums; /* NULL while it is counted first */
	bool counting;
	int64_t used; /* on the clock that never jumps */
};

struct cells_kept {
	struct cube_memory *memory;
	size_t most, bytes;
	uint64_t oldest_cube; /* of whose views sums are kept */
	pthread_mutex_t lock;
	pthread_cond_t news; /* a question was counted, or is not any more */
	struct question all[QUESTIONS_MAX];
	size_t count;
	struct cells_kept_stats stats;
};

struct cells_kept *cells_kept_new(struct cube_memory *memory, size_t most)
{
	struct cells_kept *kept = mem_zeroed(1, sizeof(*kept));
	kept->memory = memory;
	kept->most = most;
	MUST(pthread_mutex_init(&kept->lock, NULL) == 0);
	MUST(pthread_cond_init(&kept->news, NULL) == 0);
	return kept;
}

struct cube_memory *cells_kept_memory(struct cells_kept *kept)
{
	return kept->memory;
}

static size_t size_of(const struct question *q)
{
	return q->len + (q->sums ? q->sums->size : 0);
}

/* With the lock. */
static void forget(struct cells_kept *kept, struct question *q)
{
	kept->bytes -= size_of(q);
	view_sums_drop(q->sums);
	free(q->bytes);
	*q = kept->all[--kept->count];
}

/* NULL: there is none but those that are counted right now. */
static struct question *longest_unused(struct cells_kept *kept)
{
	struct question *found = NULL;
	for (size_t i = 0; i < kept->count; i++) {
		struct question *q = &kept->all[i];
		if (!q->counting && (!found || q->used < found->used))
			found = q;
	}
	return found;
}

bool cells_kept_forget(struct cells_kept *kept)
{
	pthread_mutex_lock(&kept->lock);
	struct question *q = longest_unused(kept);
	if (q)
		forget(kept, q);
	pthread_mutex_unlock(&kept->lock);
	return q != NULL;
}

bool cells_kept_any(struct cells_kept *kept)
{
	pthread_mutex_lock(&kept->lock);
	bool any = longest_unused(kept) != NULL;
	pthread_mutex_unlock(&kept->lock);
	return any;
}

void cells_kept_clear(struct cells_kept *kept, uint64_t cube)
{
	pthread_mutex_lock(&kept->lock);
	kept->oldest_cube = cube > kept->oldest_cube ? cube : kept->oldest_cube;
	pthread_mutex_unlock(&kept->lock);
	while (cells_kept_forget(kept))
		;
}

void cells_kept_free(struct cells_kept *kept)
{
	if (!kept)
		return;
	cells_kept_clear(kept, 0);
	MUST(kept->count == 0);
	pthread_cond_destroy(&kept->news);
	pthread_mutex_destroy(&kept->lock);
	free(kept);
}

static uint64_t hash_of(Str bytes)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ (unsigned char)bytes.at[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static struct question *find(struct cells_kept *kept, Str bytes, uint64_t hash)
{
	for (size_t i = 0; i < kept->count; i++) {
		struct question *q = &kept->all[i];
		if (q->hash == hash && q->len == bytes.len &&
		    memcmp(q->bytes, bytes.at, bytes.len) == 0)
			return q;
	}
	return NULL;
}

/* NULL: all are being counted. */
static struct question *add(struct cells_kept *kept, Str bytes, uint64_t hash)
{
	struct question *oldest;
	if (kept->count == QUESTIONS_MAX) {
		if (!(oldest = longest_unused(kept)))
			return NULL;
		forget(kept, oldest);
	}
	struct question *q = &kept->all[kept->count++];
	*q = (struct question){ .bytes = mem_alloc(bytes.len + 1), .len = bytes.len, .hash = hash };
	memcpy(q->bytes, bytes.at, bytes.len);
	kept->bytes += bytes.len;
	return q;
}

const struct view_sums *cells_kept_take(struct cells_kept *kept, Str bytes,
                                        const struct cube_view *view)
{
	uint64_t hash = hash_of(bytes);
	const struct view_sums *sums = NULL;
	struct question *q;
	pthread_mutex_lock(&kept->lock);
	while ((q = find(kept, bytes, hash)) && q->counting)
		pthread_cond_wait(&kept->news, &kept->lock);
	if (q && q->sums && cube_view_is_kin(q->sums->view, view))
		sums = view_sums_hold(q->sums);
	if (!q)
		q = add(kept, bytes, hash);
	if (q) {
		q->counting = !sums;
		q->used = clock_monotonic();
	}
	pthread_mutex_unlock(&kept->lock);
	return sums;
}

/* With the lock: what is too much, and what nobody asks for any more. */
static void trim(struct cells_kept *kept)
{
	int64_t since = clock_monotonic() - UNUSED_AFTER;
	struct question *q;
	while ((q = longest_unused(kept)) && (kept->bytes > kept->most || q->used < since))
		forget(kept, q);
}

static bool is_worth_it(const struct cells_kept *kept, const struct view_sums *sums,
                        const struct view_sums *than)
{
	if (cube_view_cube(sums->view) < kept->oldest_cube)
		return false;
	return !than || cube_view_is_older(than->view, sums->view);
}

struct cells_kept_stats cells_kept_stats(struct cells_kept *kept)
{
	pthread_mutex_lock(&kept->lock);
	struct cells_kept_stats stats = kept->stats;
	pthread_mutex_unlock(&kept->lock);
	return stats;
}

void cells_kept_put(struct cells_kept *kept, Str bytes, const struct view_sums *sums, bool anew)
{
	const struct view_sums *dropped = sums;
	pthread_mutex_lock(&kept->lock);
	kept->stats.anew += anew;
	kept->stats.brought += !anew;
	struct question *q = find(kept, bytes, hash_of(bytes));
	if (q && sums && is_worth_it(kept, sums, q->sums)) {
		kept->bytes -= size_of(q);
		dropped = q->sums;
		q->sums = sums;
		kept->bytes += size_of(q);
	}
	if (q && q->counting) {
		q->counting = false;
		pthread_cond_broadcast(&kept->news);
	}
	trim(kept);
	pthread_mutex_unlock(&kept->lock);
	view_sums_drop(dropped);
}

/* What tells questions apart: bytes of all that decides what is counted of a row, and by which key. */

struct writer {
	struct arena *arena;
	char *at;
	size_t len, room;
};

static void put(struct writer *w, const void *bytes, size_t len)
{
	if (w->len + len > w->room) {
		size_t room = 2 * (w->len + len) + 512;
		char *more = arena_alloc(w->arena, room);
		if (w->len)
			memcpy(more, w->at, w->len);
		w->at = more;
		w->room = room;
	}
	if (len)
		memcpy(w->at + w->len, bytes, len);
	w->len += len;
}

static void put_number(struct writer *w, int64_t number)
{
	put(w, &number, sizeof(number));
}

/* A code that came later is the same as none that the list takes, until it does. */
static void put_list(struct writer *w, const struct view_list *l)
{
	uint32_t codes = l->codes;
	while (codes && !l->list.takes[codes - 1])
		codes--;
	put_number(w, l->column);
	put_number(w, (int64_t)l->property);
	put_number(w, codes);
	put(w, l->list.takes, codes);
}

static void put_dim(struct writer *w, const struct view_dim *d)
{
	put_number(w, d->kind);
	put_number(w, d->column);
	put_number(w, (int64_t)d->property);
	put_number(w, d->codes);
	if (d->kind != DIM_TIME)
		return;
	put_number(w, d->values.at[0].id);
	put(w, d->spans.bounds, d->span_count * sizeof(*d->spans.bounds));
}

static void put_parts(struct writer *w, const struct view_plan *v)
{
	put_number(w, v->plan->by_part);
	put_number(w, (int64_t)v->plan->part_count);
	put_number(w, v->view->wording_count);
	put(w, v->part_of, v->view->wording_count * sizeof(*v->part_of));
}

static void put_wishes(struct writer *w, const struct view_plan *v)
{
	const struct cell_question *q = v->plan->q;
	put_number(w, q->wants_clusters);
	put_number(w, q->wants_across);
	put_number(w, q->hides_names);
	put_number(w, v->view->account_count > 1);
}

/* What persons are today stands beside the rows, and what a question chooses one by one is looked for anew. */
static bool is_kept(const struct cells_kept *kept, const struct view_plan *v)
{
	for (int d = 0; d < 2; d++)
		if (v->dims[d].kind == DIM_TRAIT || v->dims[d].kind == DIM_TENURE)
			return false;
	return !v->rows && !v->nothing && view_sums_room(v) <= kept->most / 8;
}

Str cells_kept_question(const struct cells_kept *kept, const struct view_plan *v)
{
	struct writer w = { .arena = v->plan->arena };
	if (!is_kept(kept, v))
		return (Str){ 0 };
	put_wishes(&w, v);
	put_parts(&w, v);
	for (int d = 0; d < 2; d++)
		put_dim(&w, &v->dims[d]);
	const int64_t numbers[] = { v->mark_bits,   v->marks_wanted, v->by_scores, v->score_low,
		                    v->score_high,  v->now_low,      v->now_high,  v->before_low,
		                    v->before_high, v->facts != NULL };
	put(&w, numbers, sizeof(numbers));
	if (v->facts)
		put(&w, v->facts, 256);
	for (size_t i = 0; i < v->list_count; i++)
		put_list(&w, &v->lists[i]);
	return (Str){ w.at, w.len };
}
