/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/found_kept.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/zone.h"
#include "db/change.h"
#include "feedback/cube_view.h"
#include "insight/asked.h"

/* Under the store's lock, but for what the finding says. */
struct entry {
	struct found_kept *kept;
	int64_t workspace, rev, used;
	char *question; /* malloc'd */
	size_t question_len;
	struct arena own;
	const void *finding;
	size_t holds;
	bool is_kept; /* it stands in the store; else it goes when nobody holds it */
};

struct found_kept {
	pthread_mutex_t lock;
	struct entry *all[FOUND_KEPT_MAX];
	size_t count, bytes;
	int64_t asked; /* how often: a clock for what was used last */
};

struct found_kept *found_kept_new(void)
{
	struct found_kept *kept = mem_zeroed(1, sizeof(*kept));
	MUST(pthread_mutex_init(&kept->lock, NULL) == 0);
	return kept;
}

static void entry_free(struct entry *e)
{
	arena_free(&e->own);
	free(e->question);
	free(e);
}

static size_t size_of(const struct entry *e)
{
	return e->own.bytes + e->question_len + sizeof(*e);
}

/* With the lock. */
static void let_go(struct found_kept *kept, size_t i)
{
	struct entry *e = kept->all[i];
	kept->all[i] = kept->all[--kept->count];
	kept->bytes -= size_of(e);
	e->is_kept = false;
	if (!e->holds)
		entry_free(e);
}

void found_kept_free(struct found_kept *kept)
{
	if (!kept)
		return;
	while (kept->count)
		let_go(kept, 0);
	pthread_mutex_destroy(&kept->lock);
	free(kept);
}

void found_kept_forget(struct found_kept *kept, int64_t workspace)
{
	pthread_mutex_lock(&kept->lock);
	for (size_t i = kept->count; i > 0; i--)
		if (kept->all[i - 1]->workspace == workspace)
			let_go(kept, i - 1);
	pthread_mutex_unlock(&kept->lock);
}

static void release(void *what)
{
	struct entry *e = what;
	struct found_kept *kept = e->kept;
	pthread_mutex_lock(&kept->lock);
	bool gone = --e->holds == 0 && !e->is_kept;
	pthread_mutex_unlock(&kept->lock);
	if (gone)
		entry_free(e);
}

/* With the lock; kept->count: there is none. */
static size_t place_of(const struct found_kept *kept, const struct found_key *key)
{
	for (size_t i = 0; i < kept->count; i++) {
		const struct entry *e = kept->all[i];
		if (e->workspace == key->workspace &&
		    str_eq((Str){ e->question, e->question_len }, key->question))
			return i;
	}
	return kept->count;
}

const void *found_kept_find(struct found_kept *kept, const struct found_key *key, struct arena *a)
{
	struct entry *e = NULL;
	pthread_mutex_lock(&kept->lock);
	size_t i = place_of(kept, key);
	if (i < kept->count && kept->all[i]->rev == key->rev) {
		e = kept->all[i];
		e->holds++;
		e->used = ++kept->asked;
	}
	pthread_mutex_unlock(&kept->lock);
	if (!e)
		return NULL;
	arena_defer(a, release, e);
	return e->finding;
}

static size_t longest_unused(const struct found_kept *kept)
{
	size_t found = 0;
	for (size_t i = 1; i < kept->count; i++)
		if (kept->all[i]->used < kept->all[found]->used)
			found = i;
	return found;
}

/* With the lock. */
static void add(struct found_kept *kept, const struct found_key *key, struct entry *e)
{
	size_t i = place_of(kept, key);
	if (i < kept->count && kept->all[i]->rev > e->rev)
		return;
	if (i < kept->count)
		let_go(kept, i);
	while (kept->count == FOUND_KEPT_MAX ||
	       (kept->count && kept->bytes + size_of(e) > FOUND_KEPT_BYTES))
		let_go(kept, longest_unused(kept));
	e->is_kept = true;
	e->used = ++kept->asked;
	kept->all[kept->count++] = e;
	kept->bytes += size_of(e);
}

void found_kept_put(struct found_kept *kept, const struct found_key *key, struct arena *own,
                    const void *finding, bool is_good, struct arena *a)
{
	struct entry *e = mem_zeroed(1, sizeof(*e));
	*e = (struct entry){ .kept = kept,
		             .workspace = key->workspace,
		             .rev = key->rev,
		             .question = mem_alloc(key->question.len + 1),
		             .question_len = key->question.len,
		             .own = *own,
		             .finding = finding,
		             .holds = 1 };
	*own = (struct arena){ 0 };
	if (key->question.len)
		memcpy(e->question, key->question.at, key->question.len);
	if (is_good && size_of(e) <= FOUND_KEPT_BYTES / 8) {
		pthread_mutex_lock(&kept->lock);
		add(kept, key, e);
		pthread_mutex_unlock(&kept->lock);
	}
	arena_defer(a, release, e);
}

/* The team's scope is canonical; the workspace's settings change with its rev. Who sees masked comments finds other ones by their words. */
static Str question_of(const struct request *rq, const struct asked *asked, const char *name)
{
	Str scope = rq->caller.team_scope;
	return str_printf(rq->arena, "%s %" PRId64 " %d%d%d %zu:%.*s%.*s", name,
	                  zone_day(asked->zone, rq->now), asked->hides_names,
	                  asked->filter.sees_masked, scope.at != NULL, scope.len, STR_FMT(scope),
	                  STR_FMT(rq->query));
}

bool found_ask(struct request *rq, const struct asked *asked, const char *name, found_make_fn make,
               void *context, const void **finding, int64_t *as_of, struct err *err)
{
	const struct found_room *room = rq->room;
	struct found_key key = { .workspace = rq->caller.workspace,
		                 .question = question_of(rq, asked, name) };
	struct arena own = { 0 };
	struct facts facts;
	if (!change_rev(rq->db, key.workspace, &key.rev, err))
		return false;
	*as_of = 0;
	*finding = found_kept_find(room->kept, &key, rq->arena);
	if (*finding)
		return true;
	if (!facts_open(room->cubes, rq->db, key.workspace, 0, rq->arena, &facts, err))
		return false;
	if (!make(context, &facts, &own, finding, err)) {
		arena_free(&own);
		return false;
	}
	*as_of = facts.as_of;
	found_kept_put(room->kept, &key, &own, *finding, facts.view->rev >= key.rev, rq->arena);
	return true;
}
