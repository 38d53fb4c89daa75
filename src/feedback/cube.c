/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "db/change.h"
#include "feedback/cells_kept.h"
#include "feedback/cube_budget.h"
#include "feedback/cube_load.h"
#include "feedback/cube_make.h"
#include "feedback/cube_snapshot.h"

#define WAIT_FOR_NEWER (50 * CLOCK_SECOND / 1000)
#define WAIT_FOR_ANY   (2 * CLOCK_SECOND)
#define ATTEMPTS       3
#define CLEAN_AFTER    CLOCK_MINUTE
#define SAVE_ROWS      100000
/* A snapshot is made anew after this while, or when one in so many rows has changed, but not too often. */
#define SAVE_AFTER   (12 * CLOCK_HOUR)
#define SAVE_CHANGES 64
#define ALL_CHANGED  (INT64_MAX / 2)
#define SAVE_EVERY   (15 * CLOCK_MINUTE)
/* Of the budget, what questions have counted of one workspace. */
#define KEPT_SHARE 8

/* One workspace. Whoever set `busy` owns the cube; the rest belongs to whoever has the lock. */
struct place {
	int64_t workspace;
	bool busy;
	int64_t busy_since;           /* on the clock that never jumps */
	struct cube *cube;            /* NULL: not loaded, or dropped */
	const struct cube_view *view; /* the newest; NULL: none */
	struct cells_kept *kept;
	unsigned wants;    /* what the view has */
	int64_t as_of;     /* when the view was last known to be new */
	int64_t used;      /* counts up */
	int64_t loaded_at; /* written with the lock, by who is busy */
	bool lost_texts;   /* of the view's cube */
	bool is_behind;    /* the view, of its cube: bringing that up to date failed halfway */
	int64_t saved_at;  /* when a snapshot was last taken, or tried to be put; 0: never */
	int64_t changed;   /* rows since then */
	bool forgotten;    /* its workspace is being removed */
	struct cube_progress progress; /* of the load that goes on */
};

struct cubes {
	struct cubes_config config;
	struct cube_memory memory;
	pthread_mutex_t lock;
	pthread_cond_t news; /* a place is not busy any more */
	struct place **places;
	size_t count, cap;
	int64_t uses;
	struct cubes_stats stats;
};

struct cubes *cubes_open(const struct cubes_config *config)
{
	struct cubes *cubes = mem_zeroed(1, sizeof *cubes);
	pthread_condattr_t attributes;
	cubes->config = *config;
	if (!config->budget)
		cubes->config.budget =
		    cube_budget_memory("/proc/self/cgroup", "/sys/fs/cgroup") / 4;
	if (!config->save_rows)
		cubes->config.save_rows = SAVE_ROWS;
	MUST(pthread_mutex_init(&cubes->lock, NULL) == 0);
	MUST(pthread_condattr_init(&attributes) == 0);
	MUST(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0);
	MUST(pthread_cond_init(&cubes->news, &attributes) == 0);
	pthread_condattr_destroy(&attributes);
	return cubes;
}

void cubes_close(struct cubes *cubes)
{
	if (!cubes)
		return;
	for (size_t i = 0; i < cubes->count; i++) {
		cells_kept_free(cubes->places[i]->kept);
		cube_view_drop(cubes->places[i]->view);
		cube_drop(cubes->places[i]->cube);
		free(cubes->places[i]);
	}
	MUST(atomic_load(&cubes->memory.bytes) == 0);
	free(cubes->places);
	pthread_cond_destroy(&cubes->news);
	pthread_mutex_destroy(&cubes->lock);
	free(cubes);
}

/* Places stay where they are and are few: one a workspace that was ever asked for. */
static struct place *place_find(const struct cubes *cubes, int64_t workspace)
{
	for (size_t i = 0; i < cubes->count; i++)
		if (cubes->places[i]->workspace == workspace)
			return cubes->places[i];
	return NULL;
}

static struct place *place_of(struct cubes *cubes, int64_t workspace)
{
	struct place *known = place_find(cubes, workspace);
	if (known)
		return known;
	if (cubes->count == cubes->cap) {
		cubes->cap = cubes->cap ? 2 * cubes->cap : 8;
		cubes->places = mem_resize(cubes->places, cubes->cap * sizeof(struct place *));
	}
	struct place *place = mem_zeroed(1, sizeof *place);
	place->workspace = workspace;
	place->kept = cells_kept_new(&cubes->memory, cubes->config.budget / KEPT_SHARE);
	return cubes->places[cubes->count++] = place;
}

/* By whoever is busy with the place; counts for the metrics. */
struct work {
	struct cubes *cubes;
	struct place *place;
	struct db *db;
	unsigned wants;
	bool only_tables; /* what the snapshot knew was of no use */
	int64_t loads, restores, changes, load_us;
};

/* Leaves the place without a cube where there is no good snapshot. */
static bool restore(struct work *w, struct err *err)
{
	struct place *place = w->place;
	const struct cube_shelf *shelf = &w->cubes->config.shelf;
	if (w->only_tables)
		return true;
	if (!cube_shelf_take(shelf, &w->cubes->memory, w->db, place->workspace, &place->cube, err))
		return false;
	w->restores += place->cube != NULL;
	return true;
}

static bool load_anew(struct work *w, struct err *err)
{
	struct cube *cube = cube_new(&w->cubes->memory, w->place->workspace);
	cube->wants = w->wants;
	cube->progress = &w->place->progress;
	atomic_store(&w->place->progress.read, 0);
	atomic_store(&w->place->progress.all, 0);
	if (!cube_load(cube, w->db, err)) {
		cube_drop(cube);
		return false;
	}
	cube->progress = NULL;
	w->place->cube = cube;
	return true;
}

static bool load(struct work *w, struct err *err)
{
	struct place *place = w->place;
	int64_t began = clock_monotonic();
	if (place->cube)
		return cube_load_more(place->cube, w->db, w->wants, err);
	if (!restore(w, err) || (!place->cube && !load_anew(w, err)))
		return false;
	w->loads++;
	w->load_us = clock_monotonic() - began;
	return cube_load_more(place->cube, w->db, w->wants, err);
}

static bool is_long_loaded(const struct cubes *cubes, const struct place *place)
{
	return clock_now(cubes->config.clock) - place->loaded_at >= CLEAN_AFTER;
}

/* Rows that are gone stay where they are until they are the most, texts of theirs alone for a minute. */
static bool is_worn(const struct work *w)
{
	const struct cube *cube = w->place->cube;
	return (cube->gone > CUBE_CHUNK_ROWS && cube->gone > cube->answers.rows / 2) ||
	       (cube->has_lost_texts && w->loads == 0 && is_long_loaded(w->cubes, w->place));
}

/* Nothing of the place's cube is kept any more, and nothing will be by who still counts a view of it. */
static void forget_kept(const struct place *place)
{
	if (place->cube)
		cells_kept_clear(place->kept, place->cube->number + 1);
}

static bool catch_up(struct work *w, struct err *err)
{
	struct place *place = w->place;
	for (int i = 0; i < ATTEMPTS; i++) {
		bool fresh;
		int64_t changes;
		if (!load(w, err) || !cube_follow(place->cube, w->db, &fresh, &changes, err))
			return false;
		w->changes += changes;
		if (fresh && !is_worn(w))
			return true;
		forget_kept(place);
		cube_drop(place->cube);
		place->cube = NULL;
		w->only_tables = true;
	}
	return err_set(err, ERR_BUSY, "answers change faster than they are read: try again");
}

static void count_work(struct cubes *cubes, const struct work *w, int64_t took)
{
	cubes->stats.loads += w->loads;
	cubes->stats.restores += w->restores;
	cubes->stats.changes += w->changes;
	if (w->loads) {
		cubes->stats.load_us_last = w->load_us;
	} else {
		cubes->stats.catch_ups++;
		cubes->stats.catch_up_us_last = took;
	}
}

static void note_changes(struct place *place, const struct work *w, int64_t now)
{
	place->changed += w->changes;
	if (!w->loads)
		return;
	place->loaded_at = now;
	if (w->restores && !w->only_tables)
		place->saved_at = now;
	else
		place->changed = ALL_CHANGED;
}

/* With the lock, which it gives up while it reads. */
static bool renew(struct cubes *cubes, struct place *place, struct db *db, unsigned wants,
                  struct err *err)
{
	struct work w = { .cubes = cubes, .place = place, .db = db, .wants = wants | place->wants };
	const struct cube_view *old = NULL;
	int64_t began = clock_monotonic(), as_of = clock_now(cubes->config.clock);
	place->busy = true;
	place->busy_since = began;
	pthread_mutex_unlock(&cubes->lock);
	bool ok = catch_up(&w, err);
	const struct cube_view *made = ok ? cube_view_make(place->cube) : NULL;
	pthread_mutex_lock(&cubes->lock);
	place->is_behind = !ok;
	note_changes(place, &w, as_of);
	if (ok) {
		MUST(place->cube);
		old = place->view;
		place->view = made;
		place->wants = place->cube->wants;
		place->as_of = as_of;
		place->lost_texts = place->cube->has_lost_texts;
	}
	count_work(cubes, &w, clock_monotonic() - began);
	if (old) {
		pthread_mutex_unlock(&cubes->lock);
		cube_view_drop(old);
		pthread_mutex_lock(&cubes->lock);
	}
	/* Only now, for from here on others may drop the view to keep the budget: the caller holds it in the same breath. */
	place->busy = false;
	pthread_cond_broadcast(&cubes->news);
	return ok;
}

/* False: the time is over. */
static bool wait_until(struct cubes *cubes, int64_t deadline)
{
	struct timespec at = { .tv_sec = deadline / CLOCK_SECOND,
		               .tv_nsec = deadline % CLOCK_SECOND * 1000 };
	return pthread_cond_timedwait(&cubes->news, &cubes->lock, &at) != ETIMEDOUT;
}

static bool has_wanted(const struct place *place, unsigned wants)
{
	return place->view && !(wants & ~place->wants);
}

/* While a large workspace is loaded nobody waits past the load's first seconds: those who wait are workers, and surveys
 * are answered meanwhile. */
static int64_t patience(const struct place *place, unsigned wants, int64_t began)
{
	return has_wanted(place, wants) ? began + WAIT_FOR_NEWER : place->busy_since + WAIT_FOR_ANY;
}

/* Its last steps are not told, so that nobody waits at 100 %. */
static bool refuse(struct place *place, struct err *err)
{
	int64_t all = atomic_load(&place->progress.all);
	int64_t percent = all ? atomic_load(&place->progress.read) * 99 / all : 0;
	return err_loading(err, percent > 99 ? 99 : (int)percent);
}

/* Until the place has a view of the rev, or one that will have to do. */
static bool bring(struct cubes *cubes, struct place *place, struct db *db, int64_t rev,
                  unsigned wants, struct err *err)
{
	int64_t began = clock_monotonic();
	while (!has_wanted(place, wants) || place->view->rev < rev ||
	       (place->lost_texts && is_long_loaded(cubes, place))) {
		if (!place->busy)
			return renew(cubes, place, db, wants, err);
		cubes->stats.waits++;
		if (wait_until(cubes, patience(place, wants, began)))
			continue;
		return has_wanted(place, wants) || refuse(place, err);
	}
	place->as_of = clock_now(cubes->config.clock);
	return true;
}

static struct place *longest_unused(const struct cubes *cubes, const struct place *but)
{
	struct place *found = NULL;
	for (size_t i = 0; i < cubes->count; i++) {
		struct place *place = cubes->places[i];
		if (!place->busy && place != but && (place->cube || place->view) &&
		    (!found || place->used < found->used))
			found = place;
	}
	return found;
}

/* What was asked longest ago of the workspace that was not used longest. */
static bool forget_some(const struct cubes *cubes)
{
	struct place *found = NULL;
	for (size_t i = 0; i < cubes->count; i++)
		if (cells_kept_any(cubes->places[i]->kept) &&
		    (!found || cubes->places[i]->used < found->used))
			found = cubes->places[i];
	return found && cells_kept_forget(found->kept);
}

/* With the lock, which it gives up in between, of a place that nobody is busy with. Views that are held keep their memory until
 * they are returned. */
static void empty(struct cubes *cubes, struct place *place)
{
	forget_kept(place);
	struct cube *cube = place->cube;
	const struct cube_view *view = place->view;
	place->cube = NULL;
	place->view = NULL;
	place->wants = 0;
	cubes->stats.drops++;
	pthread_mutex_unlock(&cubes->lock);
	cube_view_drop(view);
	cube_drop(cube);
	malloc_trim(0); /* else the allocator keeps what was given back */
	pthread_mutex_lock(&cubes->lock);
}

static void keep_budget(struct cubes *cubes, const struct place *but)
{
	struct place *place;
	while (atomic_load(&cubes->memory.bytes) > cubes->config.budget) {
		if (forget_some(cubes))
			continue;
		place = longest_unused(cubes, but);
		if (!place)
			return;
		empty(cubes, place);
	}
}

static void keep_forgotten(struct cubes *cubes, struct place *place)
{
	if (place->forgotten && !place->busy && (place->cube || place->view))
		empty(cubes, place);
}

void cubes_forget(struct cubes *cubes, int64_t workspace)
{
	pthread_mutex_lock(&cubes->lock);
	struct place *place = place_of(cubes, workspace);
	place->forgotten = true;
	keep_forgotten(cubes, place);
	pthread_mutex_unlock(&cubes->lock);
}

bool cubes_view(struct cubes *cubes, struct db *db, int64_t workspace, unsigned wants,
                const struct cube_view **out, int64_t *as_of, struct err *err)
{
	int64_t rev;
	if (!change_rev(db, workspace, &rev, err))
		return false;
	pthread_mutex_lock(&cubes->lock);
	struct place *place = place_of(cubes, workspace);
	place->used = ++cubes->uses;
	bool ok = bring(cubes, place, db, rev, wants, err);
	if (ok) {
		*out = cube_view_hold(place->view);
		*as_of = place->as_of;
		cubes->stats.lag_us_last =
		    (*out)->rev < rev ? clock_now(cubes->config.clock) - place->as_of : 0;
		keep_budget(cubes, place);
	}
	keep_forgotten(cubes, place);
	pthread_mutex_unlock(&cubes->lock);
	return ok;
}

void cubes_return(struct cubes *cubes, const struct cube_view *view)
{
	(void)cubes;
	cube_view_drop(view);
}

/* Of a place that may not be there. */
static bool may_be_saved(const struct cubes *cubes, const struct place *place)
{
	return place && !place->busy && !place->forgotten && !place->is_behind && place->cube &&
	       place->view && place->view->rows >= cubes->config.save_rows;
}

static bool is_to_be_saved(const struct cubes *cubes, const struct place *place, bool has_good)
{
	int64_t age = clock_now(cubes->config.clock) - place->saved_at;
	if (!place->saved_at || age < SAVE_EVERY)
		return !place->saved_at;
	return !has_good || place->changed > (int64_t)(place->view->rows / SAVE_CHANGES) ||
	       (place->changed && age >= SAVE_AFTER);
}

/* With the lock for as long as it takes to copy what is not in the view. */
static bool take_still(struct cubes *cubes, int64_t workspace, bool has_good,
                       struct cube_still *out)
{
	pthread_mutex_lock(&cubes->lock);
	struct place *place = place_find(cubes, workspace);
	bool saves = may_be_saved(cubes, place) && is_to_be_saved(cubes, place, has_good);
	if (saves) {
		cube_still_take(out, place->cube, place->view);
		place->saved_at = clock_now(cubes->config.clock);
		place->changed = 0;
	}
	pthread_mutex_unlock(&cubes->lock);
	return saves;
}

static bool is_worth_a_look(struct cubes *cubes, int64_t workspace)
{
	pthread_mutex_lock(&cubes->lock);
	bool may = cubes->config.shelf.folder && may_be_saved(cubes, place_find(cubes, workspace));
	pthread_mutex_unlock(&cubes->lock);
	return may;
}

bool cubes_save(struct cubes *cubes, struct store *store, struct db *db, int64_t workspace,
                bool *saved, struct err *err)
{
	const struct cube_shelf *shelf = &cubes->config.shelf;
	struct cube_still still;
	bool has_good;
	*saved = false;
	if (!is_worth_a_look(cubes, workspace))
		return true;
	if (!cube_shelf_has(shelf, db, workspace, &has_good, err))
		return false;
	if (!take_still(cubes, workspace, has_good, &still))
		return true;
	*saved = cube_shelf_put(shelf, store, &still, err);
	cube_still_free(&still);
	pthread_mutex_lock(&cubes->lock);
	cubes->stats.saves += *saved;
	pthread_mutex_unlock(&cubes->lock);
	return *saved || err->kind == ERR_CONFLICT;
}

struct cells_kept *cubes_kept(struct cubes *cubes, int64_t workspace)
{
	pthread_mutex_lock(&cubes->lock);
	struct cells_kept *kept = place_of(cubes, workspace)->kept;
	pthread_mutex_unlock(&cubes->lock);
	return kept;
}

void cubes_stats(struct cubes *cubes, struct cubes_stats *out)
{
	pthread_mutex_lock(&cubes->lock);
	*out = cubes->stats;
	for (size_t i = 0; i < cubes->count; i++) {
		struct cells_kept_stats kept = cells_kept_stats(cubes->places[i]->kept);
		out->counted += kept.anew;
		out->brought += kept.brought;
		out->reading += cubes->places[i]->busy;
		out->workspaces += cubes->places[i]->view != NULL;
		out->rows += cubes->places[i]->view ? (int64_t)cubes->places[i]->view->rows : 0;
	}
	pthread_mutex_unlock(&cubes->lock);
	out->bytes = (int64_t)atomic_load(&cubes->memory.bytes);
}
