/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/watchman.h"

#include <stdlib.h>

#include "app/rounds.h"
#include "base/clock.h"
#include "base/die.h"
#include "db/change.h"
#include "insight/alert_theme.h"
#include "insight/watch_round.h"
#include "reading/pass.h"

#define AGAIN_AFTER (10 * CLOCK_MINUTE)

/* When a workspace was looked at last. */
struct beat {
	int64_t workspace, day, rev, at;
	bool watching;
};

struct watchman {
	struct store *store;
	struct cubes *cubes;
	struct rounds *rounds;
	struct beat *beats; /* the thread's own */
	size_t count;
};

static struct beat *beat_of(struct watchman *w, int64_t workspace)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->beats[i].workspace == workspace)
			return &w->beats[i];
	w->beats = mem_resize(w->beats, (w->count + 1) * sizeof(*w->beats));
	w->beats[w->count] = (struct beat){ .workspace = workspace };
	return &w->beats[w->count++];
}

static bool is_due(const struct beat *b, int64_t today, int64_t rev, int64_t now)
{
	if (b->day != today)
		return true;
	return !b->watching && b->rev != rev && now - b->at >= AGAIN_AFTER;
}

/* Until earlier comments are read, themes are looked at again when more of them are. */
static bool is_read(struct db *db, int64_t workspace, bool *out, struct err *err)
{
	struct arena arena = { 0 };
	struct pass pass;
	db_bind_workspace(db, workspace);
	bool ok = pass_find(db, &arena, workspace, &pass, err);
	db_bind_workspace(db, 0);
	arena_free(&arena);
	*out = ok && pass.state != PASS_RUNS;
	return ok;
}

static bool visit(void *context, struct rounds *r, struct db *db, int64_t workspace,
                  struct err *err)
{
	struct watchman *w = context;
	struct beat *b = beat_of(w, workspace);
	int64_t now = clock_now(store_clock(w->store)), today, rev;
	bool watching, read;
	(void)r;
	if (!watch_today(db, workspace, now, &today, err) || !change_rev(db, workspace, &rev, err))
		return false;
	if (!is_due(b, today, rev, now))
		return true;
	if (!watch_round(w->store, db, w->cubes, workspace, &watching, err) ||
	    !emerging_round(w->store, db, w->cubes, workspace, err) ||
	    !is_read(db, workspace, &read, err))
		return false;
	*b = (struct beat){ workspace, today, rev, now, watching && read };
	return true;
}

struct watchman *watchman_start(struct store *store, struct cubes *cubes)
{
	static const struct rounds_plan plan = {
		.failed = "watch.not_looked",
		.every_seconds = 60,
		.visit = visit,
	};
	struct watchman *w = mem_zeroed(1, sizeof *w);
	*w = (struct watchman){ .store = store, .cubes = cubes };
	w->rounds = rounds_start(store, &plan, w);
	return w;
}

void watchman_stop(struct watchman *w)
{
	rounds_stop(w->rounds);
	free(w->beats);
	free(w);
}
