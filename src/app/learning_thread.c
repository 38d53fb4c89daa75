/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/learning_thread.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "app/rounds.h"
#include "base/clock.h"
#include "base/die.h"
#include "db/change.h"
#include "insight/watch_round.h"
#include "reading/learn.h"
#include "reading/learnt.h"
#include "reading/pass.h"

#define AGAIN_AFTER (10 * CLOCK_MINUTE)
#define PRIORITY    10

/* Of a workspace that has taught nothing yet: when it was looked at last. */
struct beat {
	int64_t workspace, rev, at;
};

struct learning_thread {
	struct store *store;
	const struct analyst_files *files;
	struct rounds *rounds;
	struct beat *beats; /* the thread's own */
	size_t count;
};

static struct beat *beat_of(struct learning_thread *t, int64_t workspace)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->beats[i].workspace == workspace)
			return &t->beats[i];
	t->beats = mem_resize(t->beats, (t->count + 1) * sizeof *t->beats);
	t->beats[t->count] = (struct beat){ .workspace = workspace, .rev = -1 };
	return &t->beats[t->count++];
}

/* Since its midnight, or since it changed. */
static bool has_cause(struct learning_thread *t, struct db *db, int64_t workspace,
                      const struct learning *state, bool *out, struct err *err)
{
	struct beat *b = beat_of(t, workspace);
	int64_t now = clock_now(store_clock(t->store)), today, day = 0, rev;
	if (!change_rev(db, workspace, &rev, err) ||
	    !watch_today(db, workspace, now, &today, err) ||
	    (state->looked_at && !watch_today(db, workspace, state->looked_at, &day, err)))
		return false;
	bool first = state->version == 0;
	*out = first ? b->rev != rev && (b->rev < 0 || now - b->at >= AGAIN_AFTER) : day != today;
	if (*out)
		*b = (struct beat){ workspace, rev, now };
	return true;
}

/* State RUNS is what a server left that was killed. */
static bool is_due(struct learning_thread *t, struct db *db, int64_t workspace, bool *out,
                   struct err *err)
{
	struct arena a = { 0 };
	struct learning state;
	struct pass pass;
	bool ok = learning_find(db, &a, workspace, &state, err) &&
	          pass_find(db, &a, workspace, &pass, err);
	*out = ok && state.state != LEARNING_RESTS;
	if (ok && !*out)
		ok = has_cause(t, db, workspace, &state, out, err);
	*out = *out && (pass.state != PASS_RUNS ||
	                learn_goes_first(&state, &pass, clock_now(store_clock(t->store))));
	arena_free(&a);
	return ok;
}

static bool visit(void *context, struct rounds *r, struct db *db, int64_t workspace,
                  struct err *err)
{
	struct learning_thread *t = context;
	const struct learn_wish wish = { t->store, t->files, rounds_go_on, r };
	bool due;
	return is_due(t, db, workspace, &due, err) && (!due || learn(&wish, db, workspace, err));
}

/* Of this thread alone: that is how Linux has it. */
static bool step_back(void *context, struct db *db, struct err *err)
{
	(void)context;
	(void)db;
	(void)err;
	(void)setpriority(PRIO_PROCESS, 0, PRIORITY);
	return true;
}

struct learning_thread *learning_thread_start(struct store *store,
                                              const struct analyst_files *files)
{
	static const struct rounds_plan plan = {
		.failed = "learning.not_learnt",
		.every_seconds = 2,
		.rests_first = true,
		.keeps_reader = true,
		.begin = step_back,
		.visit = visit,
	};
	struct learning_thread *t = mem_zeroed(1, sizeof *t);
	t->store = store;
	t->files = files;
	t->rounds = rounds_start(store, &plan, t);
	return t;
}

void learning_thread_stop(struct learning_thread *t)
{
	rounds_stop(t->rounds);
	free(t->beats);
	free(t);
}
