/* net/health.c - is it alive, is it ready, how does it fare?
 *
 * /healthz and /readyz answer on the I/O loop, so they answer when all workers are busy.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/json.h"
#include "db/store.h"
#include "net/core.h"

static bool text_reply(struct request *rq, struct reply *rp, struct buf *out, const char *type)
{
	rp->content_type = type;
	rp->body = str_copy(rq->arena, buf_str(out));
	buf_free(out);
	return true;
}

static bool healthz(struct request *rq, struct reply *rp, struct err *err)
{
	(void)rq;
	(void)err;
	rp->body = STR("{\"status\":\"ok\"}");
	return true;
}

/* What is wrong is told only on this machine. */
static bool readyz(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	struct server *server = rq->room;
	struct err why = { .kind = ERR_NONE };
	bool stopping = atomic_load(&server->stopping);
	bool ready = !stopping && (!rq->store || store_is_ready(rq->store, &why));
	struct buf out;
	struct json_writer w;
	buf_init(&out, 4096);
	json_put_start(&w, &out);
	json_put_dict(&w);
	json_put_key_text(&w, "status", str_of(ready ? "ready" : "not ready"));
	if (!ready && rq->local)
		json_put_key_text(&w, "why", stopping ? STR("stopping") : str_of(why.msg));
	json_put_dict_end(&w);
	rp->status = ready ? 200 : 503;
	if (!ready)
		reply_header(rq, rp, "Retry-After", STR("1"));
	return text_reply(rq, rp, &out, NULL);
}

static bool metrics(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	struct server *server = rq->room;
	struct metrics_gauges gauges = {
		.connections = atomic_load(&server->conn_count),
		.in_work = atomic_load(&server->in_work),
		.queued = workers_queued(server->workers),
		.body_bytes = atomic_load(&server->body_bytes),
	};
	struct buf out;
	buf_init(&out, (size_t)4 * 1024 * 1024);
	metrics_write(server->metrics, &gauges, rq->store, &out);
	live_metrics(server->live, &out);
	if (server->config.metrics)
		server->config.metrics(server->config.metrics_context, &out);
	return text_reply(rq, rp, &out, "text/plain; version=0.0.4; charset=utf-8");
}

const struct route health_rows[] = {
	{ .method = "GET",
	  .path = "/healthz",
	  .operation = "health",
	  .open = true,
	  .direct = true,
	  .read = healthz },
	{ .method = "GET",
	  .path = "/readyz",
	  .operation = "ready",
	  .open = true,
	  .direct = true,
	  .read = readyz },
	{ .method = "GET",
	  .path = "/metrics",
	  .operation = "metrics",
	  .scopes = SCOPE_ADMIN,
	  .local = true,
	  .read = metrics },
};
const size_t health_row_count = sizeof health_rows / sizeof *health_rows;
