/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/woken.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/die.h"

struct woken {
	struct store *store;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stopping;
	int64_t *all; /* [count], the next first */
	size_t count, room;
};

void woken_add(struct woken *w, int64_t workspace)
{
	bool known = false;
	pthread_mutex_lock(&w->lock);
	for (size_t i = 0; i < w->count && !known; i++)
		known = w->all[i] == workspace;
	if (!known && w->count == w->room) {
		w->room = w->room ? 2 * w->room : 16;
		w->all = mem_resize(w->all, w->room * sizeof *w->all);
	}
	if (!known)
		w->all[w->count++] = workspace;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
}

/* On a lane's thread. */
static void on_commit(void *context, int64_t workspace, int64_t rev)
{
	(void)rev;
	woken_add(context, workspace);
}

struct woken *woken_new(struct store *store)
{
	struct woken *w = mem_zeroed(1, sizeof *w);
	w->store = store;
	MUST(pthread_mutex_init(&w->lock, NULL) == 0);
	MUST(pthread_cond_init(&w->wake, NULL) == 0);
	store_on_commit(store, on_commit, w);
	return w;
}

void woken_free(struct woken *w)
{
	store_off_commit(w->store, w);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	free(w->all);
	free(w);
}

static struct timespec in_ms(int64_t ms)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += (time_t)(ms / 1000);
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

int64_t woken_next(struct woken *w, int64_t ms)
{
	struct timespec until = in_ms(ms);
	int64_t workspace = 0;
	pthread_mutex_lock(&w->lock);
	while (!w->stopping && w->count == 0 &&
	       pthread_cond_timedwait(&w->wake, &w->lock, &until) == 0)
		continue;
	if (w->count > 0 && !w->stopping) {
		workspace = w->all[0];
		w->count--;
		for (size_t i = 0; i < w->count; i++)
			w->all[i] = w->all[i + 1];
	}
	pthread_mutex_unlock(&w->lock);
	return workspace;
}

void woken_rest(struct woken *w, int64_t ms)
{
	struct timespec until = in_ms(ms);
	pthread_mutex_lock(&w->lock);
	while (!w->stopping && pthread_cond_timedwait(&w->wake, &w->lock, &until) == 0)
		continue;
	pthread_mutex_unlock(&w->lock);
}

bool woken_goes_on(struct woken *w)
{
	pthread_mutex_lock(&w->lock);
	bool on = !w->stopping;
	pthread_mutex_unlock(&w->lock);
	return on;
}

void woken_stop(struct woken *w)
{
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
}
