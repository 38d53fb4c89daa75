/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/cube_keeper.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "account/workspace.h"
#include "base/die.h"
#include "base/log.h"
#include "db/store.h"
#include "feedback/cube.h"

#define EVERY_SECONDS 60

struct cube_keeper {
	struct store *store;
	struct cubes *cubes;
	const struct cube_shelf *shelf;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
};

static bool goes_on(struct cube_keeper *k)
{
	pthread_mutex_lock(&k->lock);
	bool on = !k->stopping;
	pthread_mutex_unlock(&k->lock);
	return on;
}

static void complain(const struct err *why)
{
	log_event(LOG_LEVEL_WARNING, "cube.not_saved", LOG_PAIRS(log_why(why)));
}

static bool save_all(struct cube_keeper *k, struct db *db, struct arena *a, struct err *err)
{
	struct workspace_row *rows;
	size_t count;
	bool saved;
	if (!cube_shelf_sweep(k->shelf, db, err) || !workspace_list(db, a, &rows, &count, err))
		return false;
	for (size_t i = 0; i < count && goes_on(k); i++)
		if (!cubes_save(k->cubes, k->store, db, rows[i].id, &saved, err))
			complain(err);
	return true;
}

static void walk(struct cube_keeper *k)
{
	struct arena arena = { 0 };
	struct db *db;
	struct err err;
	if (!store_reader_open(k->store, &db, &err)) {
		complain(&err);
		return;
	}
	if (!save_all(k, db, &arena, &err))
		complain(&err);
	store_reader_close(k->store, db);
	arena_free(&arena);
}

static bool rest(struct cube_keeper *k)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += EVERY_SECONDS;
	pthread_mutex_lock(&k->lock);
	while (!k->stopping && pthread_cond_timedwait(&k->wake, &k->lock, &until) == 0)
		continue;
	bool on = !k->stopping;
	pthread_mutex_unlock(&k->lock);
	return on;
}

static void *keeper_main(void *context)
{
	struct cube_keeper *k = context;
	do
		walk(k);
	while (rest(k));
	return NULL;
}

struct cube_keeper *cube_keeper_start(struct store *store, struct cubes *cubes,
                                      const struct cube_shelf *shelf)
{
	struct cube_keeper *k = mem_zeroed(1, sizeof *k);
	*k = (struct cube_keeper){ .store = store, .cubes = cubes, .shelf = shelf };
	MUST(pthread_mutex_init(&k->lock, NULL) == 0);
	MUST(pthread_cond_init(&k->wake, NULL) == 0);
	MUST(pthread_create(&k->thread, NULL, keeper_main, k) == 0);
	return k;
}

void cube_keeper_stop(struct cube_keeper *k)
{
	pthread_mutex_lock(&k->lock);
	k->stopping = true;
	pthread_cond_signal(&k->wake);
	pthread_mutex_unlock(&k->lock);
	pthread_join(k->thread, NULL);
	pthread_cond_destroy(&k->wake);
	pthread_mutex_destroy(&k->lock);
	free(k);
}
