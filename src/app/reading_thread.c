/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/reading_thread.h"

#include <pthread.h>
#include <stdlib.h>

#include "account/workspace.h"
#include "app/analyst_files.h"
#include "app/woken.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "db/store.h"
#include "feedback/masking.h"
#include "reading/reader.h"

#define EVERY_SECONDS 10

struct reading_thread {
	struct store *store;
	struct arena arena; /* of the models */
	struct analyst_files files;
	struct reader *reader;
	struct woken *woken;
	pthread_t thread;
};

/* One that has more to be read waits behind the others. */
static void look(struct reading_thread *t, struct db *db, int64_t workspace)
{
	struct err err;
	bool more = false, to_mask = false;
	if (!masking_go_on(t->store, db, workspace, &to_mask, &err) ||
	    !reader_look(t->reader, db, workspace, &more, &err)) {
		log_event(LOG_LEVEL_WARNING, "reading.not_read",
		          LOG_PAIRS(log_id("workspace", workspace), log_why(&err)));
		return;
	}
	if (more || to_mask)
		woken_add(t->woken, workspace);
}

static void look_around(struct reading_thread *t, struct db *db)
{
	struct arena a = { 0 };
	struct workspace_row *rows;
	struct err err;
	size_t count;
	bool ok = workspace_list(db, &a, &rows, &count, &err);
	if (!ok)
		log_event(LOG_LEVEL_WARNING, "reading.not_read", LOG_PAIRS(log_why(&err)));
	for (size_t i = 0; ok && i < count && woken_goes_on(t->woken); i++)
		look(t, db, rows[i].id);
	arena_free(&a);
}

static void work(struct reading_thread *t, struct db *db)
{
	int64_t looked = 0;
	while (woken_goes_on(t->woken)) {
		int64_t now = clock_monotonic();
		if (looked == 0 || now - looked >= EVERY_SECONDS * CLOCK_SECOND) {
			look_around(t, db);
			looked = now;
		}
		int64_t workspace = woken_next(t->woken, EVERY_SECONDS * 1000);
		if (workspace && woken_goes_on(t->woken))
			look(t, db, workspace);
	}
}

static void *thread_main(void *context)
{
	struct reading_thread *t = context;
	struct db *db = NULL;
	struct err err;
	while (woken_goes_on(t->woken) && !store_reader_open(t->store, &db, &err)) {
		log_event(LOG_LEVEL_WARNING, "reading.not_read", LOG_PAIRS(log_why(&err)));
		woken_rest(t->woken, EVERY_SECONDS * 1000);
	}
	if (!db)
		return NULL;
	work(t, db);
	store_reader_close(t->store, db);
	return NULL;
}

bool reading_thread_start(struct store *store, struct reading_thread **out, struct err *err)
{
	struct reading_thread *t = mem_zeroed(1, sizeof *t);
	t->store = store;
	if (!analyst_files_find(&t->arena, &t->files, err)) {
		arena_free(&t->arena);
		free(t);
		return false;
	}
	t->reader = reader_new(store, &t->files);
	t->woken = woken_new(store);
	MUST(pthread_create(&t->thread, NULL, thread_main, t) == 0);
	*out = t;
	return true;
}

const struct analyst_files *reading_thread_files(const struct reading_thread *t)
{
	return &t->files;
}

void reading_thread_stop(struct reading_thread *t)
{
	woken_stop(t->woken);
	pthread_join(t->thread, NULL);
	reader_free(t->reader);
	woken_free(t->woken);
	arena_free(&t->arena);
	free(t);
}
