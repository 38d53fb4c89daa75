/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/discoverer.h"

#include <pthread.h>
#include <stdlib.h>

#include "account/workspace.h"
#include "app/woken.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "reading/theme_search.h"

#define EVERY_SECONDS 60
/* Commits come by the hundred, and each is a reason to ask whether somebody wants a look. */
#define GATHER_MS 300

struct discoverer {
	struct store *store;
	struct woken *woken;
	pthread_t thread;
};

static void visit(struct discoverer *d, struct db *db, struct word_reader *words, int64_t workspace)
{
	struct err err;
	bool again = false;
	if (!theme_search_visit(d->store, db, words, workspace, &again, &err) &&
	    err.kind != ERR_NOT_FOUND)
		log_event(LOG_LEVEL_WARNING, "themes.not_looked",
		          LOG_PAIRS(log_id("workspace", workspace), log_why(&err)));
	if (again)
		woken_add(d->woken, workspace);
}

static void visit_all(struct discoverer *d, struct db *db, struct word_reader *words)
{
	struct arena a = { 0 };
	struct workspace_row *rows;
	struct err err;
	size_t count;
	if (workspace_list(db, &a, &rows, &count, &err))
		for (size_t i = 0; i < count && woken_goes_on(d->woken); i++)
			visit(d, db, words, rows[i].id);
	else
		log_event(LOG_LEVEL_WARNING, "themes.not_looked", LOG_PAIRS(log_why(&err)));
	arena_free(&a);
}

static void work(struct discoverer *d, struct db *db)
{
	struct word_reader *words = word_reader_open();
	int64_t walked = 0;
	while (woken_goes_on(d->woken)) {
		int64_t now = clock_monotonic();
		if (walked == 0 || now - walked >= EVERY_SECONDS * CLOCK_SECOND) {
			visit_all(d, db, words);
			walked = clock_monotonic();
		}
		int64_t workspace = woken_next(d->woken, EVERY_SECONDS * 1000);
		if (workspace && woken_goes_on(d->woken))
			visit(d, db, words, workspace);
		woken_rest(d->woken, GATHER_MS);
	}
	word_reader_close(words);
}

static void *thread_main(void *context)
{
	struct discoverer *d = context;
	struct db *db = NULL;
	struct err err;
	while (woken_goes_on(d->woken) && !store_reader_open(d->store, &db, &err)) {
		log_event(LOG_LEVEL_WARNING, "themes.not_looked", LOG_PAIRS(log_why(&err)));
		woken_rest(d->woken, EVERY_SECONDS * 1000);
	}
	if (!db)
		return NULL;
	work(d, db);
	store_reader_close(d->store, db);
	return NULL;
}

struct discoverer *discoverer_start(struct store *store)
{
	struct discoverer *d = mem_zeroed(1, sizeof *d);
	d->store = store;
	d->woken = woken_new(store);
	MUST(pthread_create(&d->thread, NULL, thread_main, d) == 0);
	return d;
}

void discoverer_stop(struct discoverer *d)
{
	woken_stop(d->woken);
	pthread_join(d->thread, NULL);
	woken_free(d->woken);
	free(d);
}
