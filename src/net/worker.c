/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdlib.h>

#include "base/die.h"
#include "db/store.h"
#include "net/core.h"

#define QUEUE_MAX 4096

struct worker {
	struct worker_pool *pool;
	pthread_t thread;
	struct db *db; /* kept open; NULL before the first request and after a failure */
};

struct worker_pool {
	struct server *server;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct exchange *oldest, **newest;
	size_t queued;
	bool ends;
	int count;
	struct worker workers[];
};

static struct exchange *take(struct worker_pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	while (!pool->oldest && !pool->ends)
		pthread_cond_wait(&pool->wake, &pool->lock);
	struct exchange *ex = pool->oldest;
	if (ex) {
		pool->oldest = ex->next;
		if (!pool->oldest)
			pool->newest = &pool->oldest;
		pool->queued--;
		ex->next = NULL;
	}
	pthread_mutex_unlock(&pool->lock);
	return ex;
}

static void reader_close(struct worker *worker)
{
	if (worker->db)
		store_reader_close(worker->pool->server->config.store, worker->db);
	worker->db = NULL;
}

static void work(struct worker *worker, struct exchange *ex)
{
	struct store *store = worker->pool->server->config.store;
	struct err err = { .kind = ERR_NONE };
	if (store && !worker->db && !store_reader_open(store, &worker->db, &err))
		worker->db = NULL;
	if (!exchange_work(ex, worker->db, &err))
		reader_close(worker);
}

static void *worker_main(void *context)
{
	struct worker *worker = context;
	struct exchange *ex;
	while ((ex = take(worker->pool)))
		work(worker, ex);
	reader_close(worker);
	return NULL;
}

struct worker_pool *workers_start(struct server *server, int count)
{
	struct worker_pool *pool =
	    mem_zeroed(1, sizeof *pool + (size_t)count * sizeof *pool->workers);
	pool->server = server;
	pool->count = count;
	pool->newest = &pool->oldest;
	MUST(pthread_mutex_init(&pool->lock, NULL) == 0);
	MUST(pthread_cond_init(&pool->wake, NULL) == 0);
	for (int i = 0; i < count; i++) {
		pool->workers[i].pool = pool;
		MUST(pthread_create(&pool->workers[i].thread, NULL, worker_main,
		                    &pool->workers[i]) == 0);
	}
	return pool;
}

bool workers_add(struct worker_pool *pool, struct exchange *ex)
{
	pthread_mutex_lock(&pool->lock);
	bool fits = pool->queued < QUEUE_MAX;
	if (fits) {
		ex->next = NULL;
		*pool->newest = ex;
		pool->newest = &ex->next;
		pool->queued++;
		pthread_cond_signal(&pool->wake);
	}
	pthread_mutex_unlock(&pool->lock);
	return fits;
}

size_t workers_queued(struct worker_pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	size_t queued = pool->queued;
	pthread_mutex_unlock(&pool->lock);
	return queued;
}

void workers_stop(struct worker_pool *pool)
{
	if (!pool)
		return;
	pthread_mutex_lock(&pool->lock);
	pool->ends = true;
	pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
	for (int i = 0; i < pool->count; i++)
		pthread_join(pool->workers[i].thread, NULL);
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}
