/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube.h"

#include "base/buf.h"
#include "base/clock.h"
#include "net/metrics.h"

static double seconds(int64_t us)
{
	return (double)us / (double)CLOCK_SECOND;
}

void cubes_metrics(void *cubes, struct buf *out)
{
	struct cubes_stats s;
	cubes_stats(cubes, &s);
	metrics_figure(out, "cube_workspaces", "gauge", (double)s.workspaces);
	metrics_figure(out, "cube_rows", "gauge", (double)s.rows);
	metrics_figure(out, "cube_reading", "gauge", (double)s.reading);
	metrics_figure(out, "cube_bytes", "gauge", (double)s.bytes);
	metrics_figure(out, "cube_loads_total", "counter", (double)s.loads);
	metrics_figure(out, "cube_restores_total", "counter", (double)s.restores);
	metrics_figure(out, "cube_saves_total", "counter", (double)s.saves);
	metrics_figure(out, "cube_load_seconds_last", "gauge", seconds(s.load_us_last));
	metrics_figure(out, "cube_catch_ups_total", "counter", (double)s.catch_ups);
	metrics_figure(out, "cube_catch_up_seconds_last", "gauge", seconds(s.catch_up_us_last));
	metrics_figure(out, "cube_changes_total", "counter", (double)s.changes);
	metrics_figure(out, "cube_drops_total", "counter", (double)s.drops);
	metrics_figure(out, "cube_waits_total", "counter", (double)s.waits);
	metrics_figure(out, "cube_questions_counted_total", "counter", (double)s.counted);
	metrics_figure(out, "cube_questions_brought_total", "counter", (double)s.brought);
	metrics_figure(out, "cube_lag_seconds", "gauge", seconds(s.lag_us_last));
}
