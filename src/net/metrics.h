/* net/metrics.h - what the server counts of itself, and Prometheus' text of it.
 *
 * Any thread; one lock, held for nanoseconds.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_METRICS_H
#define NET_METRICS_H

#include "net/router.h"

struct metrics;
struct store;

/* Of the moment, from whoever asks for the text. */
struct metrics_gauges {
	size_t connections, in_work, queued, body_bytes;
};

struct metrics *metrics_new(const struct router *router); /* which outlives it */
void metrics_free(struct metrics *metrics);

/* A reply is out (or its connection gone). `row` is NULL when no route was found. */
void metrics_count(struct metrics *metrics, const struct router_row *row, int status,
                   int64_t took_us);
/* `store` may be NULL. */
void metrics_write(struct metrics *metrics, const struct metrics_gauges *gauges,
                   struct store *store, struct buf *out);

/* One line of that text with its type; the name without "heed_". */
void metrics_figure(struct buf *out, const char *name, const char *type, double value);

#endif
