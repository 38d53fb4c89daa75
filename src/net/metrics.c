/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/metrics.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/die.h"
#include "db/store.h"

static const int64_t bounds[] = { 1000,   2500,   5000,   10000,   25000,   50000,
	                          100000, 250000, 500000, 1000000, 2500000, 10000000 };
#define BOUNDS  (sizeof bounds / sizeof *bounds)
#define CLASSES 6 /* of status: 100s to 500s, and none */

struct operation {
	int64_t by_class[CLASSES];
	int64_t by_time[BOUNDS + 1];
	int64_t us;
};

struct metrics {
	pthread_mutex_t lock;
	const struct router *router;
	size_t count;
	struct operation *operations; /* one a row, and one for what has no row */
};

struct metrics *metrics_new(const struct router *router)
{
	struct metrics *m = mem_zeroed(1, sizeof *m);
	m->router = router;
	m->count = router_count(router) + 1;
	m->operations = mem_zeroed(m->count, sizeof *m->operations);
	MUST(pthread_mutex_init(&m->lock, NULL) == 0);
	return m;
}

void metrics_free(struct metrics *m)
{
	if (!m)
		return;
	pthread_mutex_destroy(&m->lock);
	free(m->operations);
	free(m);
}

void metrics_count(struct metrics *m, const struct router_row *row, int status, int64_t took_us)
{
	size_t slot = 0;
	while (slot < BOUNDS && took_us > bounds[slot])
		slot++;
	int class = status / 100 < CLASSES ? status / 100 : 0;
	pthread_mutex_lock(&m->lock);
	struct operation *operation = &m->operations[row ? row->number : m->count - 1];
	operation->by_class[class]++;
	operation->by_time[slot]++;
	operation->us += took_us;
	pthread_mutex_unlock(&m->lock);
}

static const char *operation_name(const struct metrics *m, size_t i)
{
	return i + 1 < m->count ? router_row(m->router, i)->route->operation : "none";
}

static double seconds(int64_t us)
{
	return (double)us / (double)CLOCK_SECOND;
}

static void requests_write(const struct metrics *m, struct buf *out)
{
	buf_printf(out, "# TYPE heed_requests_total counter\n");
	for (size_t i = 0; i < m->count; i++)
		for (int class = 0; class < CLASSES; class ++)
			if (m->operations[i].by_class[class])
				buf_printf(out,
				           "heed_requests_total{operation=\"%s\",status=\"%dxx\"} "
				           "%" PRId64 "\n",
				           operation_name(m, i), class,
				           m->operations[i].by_class[class]);
}

static void times_write(const struct metrics *m, struct buf *out)
{
	buf_printf(out, "# TYPE heed_request_seconds histogram\n");
	for (size_t i = 0; i < m->count; i++) {
		const struct operation *operation = &m->operations[i];
		const char *name = operation_name(m, i);
		int64_t sum = 0;
		for (size_t b = 0; b < BOUNDS; b++)
			sum += operation->by_time[b];
		int64_t all = sum + operation->by_time[BOUNDS];
		if (all == 0)
			continue;
		sum = 0;
		for (size_t b = 0; b < BOUNDS; b++) {
			sum += operation->by_time[b];
			buf_printf(out,
			           "heed_request_seconds_bucket{operation=\"%s\",le=\"%g\"} "
			           "%" PRId64 "\n",
			           name, seconds(bounds[b]), sum);
		}
		buf_printf(out,
		           "heed_request_seconds_bucket{operation=\"%s\",le=\"+Inf\"} %" PRId64
		           "\nheed_request_seconds_sum{operation=\"%s\"} %.6f\n"
		           "heed_request_seconds_count{operation=\"%s\"} %" PRId64 "\n",
		           name, all, name, seconds(operation->us), name, all);
	}
}

void metrics_figure(struct buf *out, const char *name, const char *type, double value)
{
	buf_printf(out, "# TYPE heed_%s %s\nheed_%s %.15g\n", name, type, name, value);
}

static void store_write(struct store *store, struct buf *out)
{
	struct store_stats s;
	store_stats(store, &s);
	metrics_figure(out, "lane_units_total", "counter", (double)s.units);
	metrics_figure(out, "lane_batches_total", "counter", (double)s.batches);
	metrics_figure(out, "lane_batches_retried_total", "counter", (double)s.retried_batches);
	metrics_figure(out, "lane_batches_failed_total", "counter", (double)s.failed_batches);
	metrics_figure(out, "lane_commit_seconds_total", "counter", seconds(s.commit_us_total));
	metrics_figure(out, "lane_commit_seconds_max", "gauge", seconds(s.commit_us_max));
	metrics_figure(out, "lane_fsync_seconds_last", "gauge", seconds(s.fsync_us_last));
	metrics_figure(out, "lane_batch_units_max", "gauge", (double)s.largest_batch);
	metrics_figure(out, "lane_queued_interactive", "gauge", (double)s.queued_interactive);
	metrics_figure(out, "lane_queued_bulk", "gauge", (double)s.queued_bulk);
	metrics_figure(out, "wal_bytes", "gauge", (double)s.wal_bytes);
	metrics_figure(out, "readers_open", "gauge", (double)s.readers_open);
	metrics_figure(out, "reader_oldest_seconds", "gauge", seconds(s.oldest_reader_us));
	metrics_figure(out, "ready", "gauge", store_is_ready(store, &(struct err){ 0 }));
}

void metrics_write(struct metrics *m, const struct metrics_gauges *gauges, struct store *store,
                   struct buf *out)
{
	pthread_mutex_lock(&m->lock);
	requests_write(m, out);
	times_write(m, out);
	pthread_mutex_unlock(&m->lock);
	metrics_figure(out, "connections", "gauge", (double)gauges->connections);
	metrics_figure(out, "requests_in_work", "gauge", (double)gauges->in_work);
	metrics_figure(out, "requests_queued", "gauge", (double)gauges->queued);
	metrics_figure(out, "body_bytes", "gauge", (double)gauges->body_bytes);
	if (store)
		store_write(store, out);
}
