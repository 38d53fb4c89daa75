/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/exchange.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "db/store.h"
#include "net/core.h"

/* Of a stream's one part; the room aims at far less. */
#define PAGE_MAX ((size_t)4 * 1024 * 1024)
/* Methods whose body means nothing may still have a small one. */
#define IDLE_BODY_MAX ((uint64_t)16 * 1024)

struct exchange *exchange_new(struct server *server, struct conn *conn, const char *raw_target)
{
	struct exchange *ex = mem_zeroed(1, sizeof *ex);
	ex->server = server;
	ex->conn = conn;
	ex->raw_target = raw_target;
	ex->started = clock_monotonic();
	ex->target = str_copy(&ex->arena, str_of(raw_target));
	ex->rq = (struct request){
		.arena = &ex->arena,
		.id = str_printf(&ex->arena, "%08x-%08" PRIx64, server->boot, server->requests++),
		.now = clock_now(server->config.clock),
		.store = server->config.store,
		.head = &ex->head,
	};
	exchange_page_init(ex);
	return ex;
}

void exchange_page_init(struct exchange *ex)
{
	buf_init(&ex->page, PAGE_MAX);
	ex->page_at = 0;
}

void exchange_free(struct exchange *ex)
{
	ex->server->body_bytes -= ex->body.len;
	if (ex->admits)
		ex->server->spools--;
	spool_drop(ex->server->spooler, &ex->spool);
	buf_free(&ex->body);
	buf_free(&ex->page);
	arena_free(&ex->arena);
	free(ex);
}

bool exchange_refuse(struct exchange *ex, int status, enum err_kind kind, const char *fmt, ...)
{
	if (ex->is_refused)
		return false;
	char text[sizeof ex->problem.err.msg];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	ex->is_refused = true;
	ex->problem.status = status;
	return err_set(&ex->problem.err, kind, "%s", text);
}

const char *exchange_operation(const struct exchange *ex)
{
	return ex->row ? ex->row->route->operation : "none";
}

/* What is our fault stands in the log, as the client is not told. */
static void failure_note(const struct exchange *ex, const struct err *err)
{
	if (err->kind != ERR_INTERNAL && err->kind != ERR_IO && err->kind != ERR_CORRUPT)
		return;
	log_event(LOG_LEVEL_ERROR, "net.request_failed",
	          LOG_PAIRS(log_text("request", ex->rq.id),
	                    log_text("operation", str_of(exchange_operation(ex))), log_why(err)));
}

/* Where the head already was at fault, the row that its target would have led to. */
static const struct route *route_meant(struct exchange *ex)
{
	struct target target;
	struct http_head head = { 0 };
	struct err ignored;
	const struct router_row *row;
	if (ex->row)
		return ex->row->route;
	if (!target_parse(&ex->arena, ex->target, &target, &head, &ignored))
		return NULL;
	row = router_find(ex->server->router, &ex->arena, &target, &head);
	row = row ? router_method(row, ex->rq.method, &head) : NULL;
	return row ? row->route : NULL;
}

bool exchange_is_shared(struct exchange *ex)
{
	const struct route *route = route_meant(ex);
	return route && route->shared;
}

/* Somebody who mistyped an address; programs and the API's clients want the problem. */
static bool is_lost_browser(const struct exchange *ex, const struct problem *problem)
{
	Str accept = head_field(&ex->head, STR("Accept"));
	return problem->err.kind == ERR_NOT_FOUND && ex->server->config.lost &&
	       !str_starts(ex->rq.path, STR("/api/")) && accept.at &&
	       str_find(accept, STR("text/html")) != SIZE_MAX;
}

static void lost_page(struct exchange *ex)
{
	const struct server_config *config = &ex->server->config;
	struct reply page = { .headers = NULL };
	if (config->lost(config->lost_context, &ex->rq, &page))
		ex->rp = page;
}

void exchange_fail(struct exchange *ex, const struct problem *problem)
{
	const struct route *route = ex->row ? ex->row->route : NULL;
	failure_note(ex, &problem->err);
	ex->rq.db = NULL;
	reply_problem(&ex->rq, &ex->rp, problem);
	if (ex->allow.at)
		reply_header(&ex->rq, &ex->rp, "Allow", ex->allow);
	if (route && route->fail) {
		struct reply page = { .status = ex->rp.status, .headers = ex->rp.headers };
		route->fail(&ex->rq, &page, &problem->err);
		ex->rp = page;
	} else if (is_lost_browser(ex, problem)) {
		lost_page(ex);
	}
	if (exchange_is_shared(ex) && !reply_has(&ex->rp, "Access-Control-Allow-Origin"))
		reply_header(&ex->rq, &ex->rp, "Access-Control-Allow-Origin", STR("*"));
}

static void fail_err(struct exchange *ex, const struct err *err)
{
	exchange_fail(ex, &(struct problem){ .err = *err });
}

/* --- the head --------------------------------------------------------------------------------------- */

static bool method_is_known(Str method)
{
	static const char *const known[] = { "GET",   "HEAD",   "POST",   "PUT",
		                             "PATCH", "DELETE", "OPTIONS" };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_eq(method, str_of(known[i])))
			return true;
	return false;
}

/* Syntax: what fails here may be an attempt to make two readers disagree, so the connection goes too. */
static bool head_read(struct exchange *ex, struct target *target, bool http11)
{
	struct err err;
	bool fine = head_check(&ex->head, http11, &ex->framing, &err) &&
	            target_parse(&ex->arena, ex->target, target, &ex->head, &err);
	Str host = head_field(&ex->head, STR("Host"));
	if (fine && target->authority.at && !str_eq_ignoring_ascii_case(target->authority, host))
		fine = err_set(&err, ERR_MALFORMED, "Target and Host name different hosts.");
	if (fine)
		return true;
	ex->must_close = true;
	return exchange_refuse(ex, err.kind == ERR_TOO_LARGE ? 414 : 0, err.kind, "%s", err.msg);
}

/* Behind a proxy that nobody named, all the world has one address and one rate. */
static void proxy_unknown_note(struct server *server)
{
	if (!server->proxy_noted)
		log_event(LOG_LEVEL_WARNING, "net.proxy_not_trusted",
		          LOG_PAIRS(
			      log_text("why", STR("a proxy on this machine forwards requests; "
		                                  "name it in trusted_proxies"))));
	server->proxy_noted = true;
}

static void client_find(struct exchange *ex)
{
	const struct server *server = ex->server;
	const struct http_head *head = &ex->head;
	struct net_address client = proxies_client(&server->proxies, &ex->conn->peer, head);
	bool trusted = proxies_trust(&server->proxies, &ex->conn->peer);
	Str forwarded = trusted ? head_field(head, STR("X-Forwarded-Host")) : (Str){ NULL, 0 };
	ex->host = forwarded.at ? forwarded : head_field(head, STR("Host"));
	ex->forwarded = head_field(head, STR("X-Forwarded-For")).at ||
	                head_field(head, STR("Forwarded")).at || head_field(head, STR("Via")).at;
	ex->rq.host = ex->host;
	ex->rq.address = address_text(&ex->arena, &client);
	if (ex->forwarded && !trusted && address_is_loopback(&ex->conn->peer))
		proxy_unknown_note(ex->server);
	ex->rq.local = address_is_loopback(&client) && !ex->forwarded && host_is_loopback(ex->host);
}

static bool route_find(struct exchange *ex, const struct target *target, Str method)
{
	const struct router_row *rows =
	    router_find(ex->server->router, &ex->arena, target, &ex->head);
	if (!rows)
		return exchange_refuse(ex, 0, ERR_NOT_FOUND, "There is nothing at this address.");
	ex->row = router_method(rows, method, &ex->head);
	if (ex->row) {
		ex->rq.route = ex->row->route;
		ex->rq.room = ex->row->room;
		return true;
	}
	ex->allow = router_allow(rows, &ex->arena);
	if (!str_eq(method, STR("OPTIONS")))
		return exchange_refuse(ex, 405, ERR_INVALID, "This address knows %.*s.",
		                       STR_FMT(ex->allow));
	ex->is_answered = true;
	ex->rp.status = 204;
	reply_header(&ex->rq, &ex->rp, "Allow", ex->allow);
	return true;
}

/* Health is for machines that know us by any name, and for the moments when nothing else is served. */
static bool is_health(const struct exchange *ex)
{
	return ex->row && ex->row->room == ex->server && ex->row->route->direct;
}

static bool server_serves(struct exchange *ex)
{
	if (is_health(ex))
		return true;
	const struct origin *also = ex->server->also;
	if (!origin_is_host(&ex->server->origin, ex->host) &&
	    !(also && origin_is_host(also, ex->host)))
		return exchange_refuse(ex, 421, ERR_INVALID, "This server is not \"%.*s\".",
		                       STR_FMT(ex->host));
	if (atomic_load(&ex->server->stopping))
		return exchange_refuse(ex, 0, ERR_BUSY, "The server is stopping.");
	return true;
}

static uint64_t body_max(const struct exchange *ex)
{
	const struct route *route = ex->row ? ex->row->route : NULL;
	if (route && route->spools)
		return ex->server->config.spool_max;
	if (route && route->body_max > 0)
		return route->body_max;
	Str method = ex->rq.method;
	bool idle = !str_eq(method, STR("POST")) && !str_eq(method, STR("PUT")) &&
	            !str_eq(method, STR("PATCH"));
	return idle ? IDLE_BODY_MAX : 0;
}

static bool refuse_size(struct exchange *ex)
{
	if (ex->row && ex->row->route->spools)
		return exchange_refuse(ex, 0, ERR_TOO_LARGE,
		                       "The file is larger than the %" PRIu64
		                       " MiB that this server takes. Split it, or have "
		                       "upload_max raised.",
		                       body_max(ex) >> 20);
	if (body_max(ex) == 0)
		return exchange_refuse(
		    ex, 0, ERR_TOO_LARGE,
		    "This request takes no body, not even an empty object: send none.");
	return exchange_refuse(ex, 0, ERR_TOO_LARGE,
	                       "The body of this request may have at most %" PRIu64 " bytes.",
	                       body_max(ex));
}

void exchange_begin(struct exchange *ex, Str method, bool http11)
{
	struct target target;
	ex->rq.method = method;
	if (!head_read(ex, &target, http11))
		return;
	ex->rq.path = target.path;
	ex->rq.query = target.query;
	client_find(ex);
	if (!method_is_known(method)) {
		exchange_refuse(ex, 501, ERR_INVALID, "No such method is known here.");
		return;
	}
	if (!route_find(ex, &target, method) || !server_serves(ex) || !access_rate(ex))
		return;
	if (ex->framing.has_length && ex->framing.length > body_max(ex))
		refuse_size(ex);
	/* OPTIONS has no row, and no body. */
	const struct route *route = ex->row ? ex->row->route : NULL;
	size_t most = route ? route->body_max : 0;
	buf_init(&ex->body, route && route->spools ? most + SPOOL_PIECE : most);
}

/* --- the body --------------------------------------------------------------------------------------- */

static void body_drop(struct exchange *ex)
{
	ex->server->body_bytes -= ex->body.len;
	buf_free(&ex->body);
}

bool exchange_admit(struct exchange *ex)
{
	struct server *server = ex->server;
	if (ex->is_refused || ex->is_answered || !ex->row || !ex->row->route->spools)
		return false;
	if (server->spools >= SPOOLS_MAX)
		return exchange_refuse(ex, 0, ERR_BUSY,
		                       "Other files are being uploaded at this moment.");
	ex->admits = true;
	server->spools++;
	return workers_add(server->workers, ex) ||
	       exchange_refuse(ex, 0, ERR_BUSY, "Too many requests are waiting.");
}

bool exchange_spill(struct exchange *ex)
{
	if (!ex->spool.fd || ex->is_refused || ex->body.len < ex->row->route->body_max)
		return false;
	spool_write(ex->server->spooler, ex);
	return true;
}

bool exchange_take(struct exchange *ex, Str part)
{
	struct server *server = ex->server;
	bool wanted = !ex->is_refused && ex->body.max > 0;
	if (ex->spool.fd && ex->spool.bytes + ex->body.len + part.len > server->config.spool_max)
		wanted = refuse_size(ex);
	if (ex->spool.fd && !wanted)
		return false;
	if (!wanted) {
		ex->discarded += part.len;
		if (ex->discarded > body_max(ex))
			refuse_size(ex);
		return ex->discarded <= DISCARD_MAX;
	}
	size_t had = ex->body.len;
	bool fits = buf_add(&ex->body, part);
	server->body_bytes += ex->body.len - had;
	if (!fits)
		refuse_size(ex);
	else if (server->body_bytes > server->config.bodies_max)
		exchange_refuse(ex, 0, ERR_BUSY, "Too much is being uploaded at this moment.");
	if (ex->is_refused)
		body_drop(ex);
	return true;
}

/* --- the work --------------------------------------------------------------------------------------- */

bool exchange_dispatch(struct exchange *ex)
{
	if (ex->is_answered)
		return false;
	if (ex->spool.fd && !ex->is_refused) {
		ex->spool.last = true;
		spool_write(ex->server->spooler, ex);
		return true;
	}
	ex->rq.body = ex->body.at ? buf_str(&ex->body) : STR("");
	if (!ex->is_refused && !is_health(ex) && atomic_load(&ex->server->stopping))
		exchange_refuse(ex, 0, ERR_BUSY, "The server is stopping.");
	if (!ex->is_refused && !ex->row->route->direct) {
		if (workers_add(ex->server->workers, ex))
			return true;
		exchange_refuse(ex, 0, ERR_BUSY, "Too many requests are waiting.");
	}
	struct err err = { .kind = ERR_NONE };
	if (ex->is_refused)
		exchange_fail(ex, &ex->problem);
	else if (!ex->row->route->read(&ex->rq, &ex->rp, &err))
		fail_err(ex, &err);
	return false;
}

/* The next part of a streamed reply. */
static bool page_make(struct exchange *ex, struct err *err)
{
	buf_clear(&ex->page);
	ex->page_at = 0;
	ex->rp.stream_apply = NULL;
	bool more = false;
	if (!ex->rp.stream(&ex->rq, ex->rp.stream_context, &ex->page, &more, err))
		return false;
	if (ex->page.overflowed)
		return err_set(err, ERR_INTERNAL, "A part of a stream is larger than %zu bytes.",
		               PAGE_MAX);
	ex->page_more = more;
	return true;
}

static bool unit_apply(struct db_tx *tx, void *input, struct err *err)
{
	struct exchange *ex = input;
	if (atomic_load(&ex->server->refusing))
		return err_set(err, ERR_BUSY, "The server is stopping.");
	if (ex->rp.stream_apply)
		return ex->rp.stream_apply(tx, ex->rp.stream_input, err);
	return ex->row->route->apply(tx, ex->rq.input, err);
}

static void unit_done(struct unit *unit)
{
	struct exchange *ex = unit->owner;
	ex->written = true;
	server_done(ex->server, ex);
}

/* After true the exchange is the lane's. */
static bool unit_submit(struct exchange *ex, enum unit_class class, struct err *err)
{
	struct request *rq = &ex->rq;
	rq->db = NULL;
	ex->unit = (struct unit){
		.apply = unit_apply,
		.input = ex,
		.workspace = rq->input_workspace ? rq->input_workspace : rq->caller.workspace,
		.class = class,
		.done = unit_done,
		.owner = ex,
	};
	return store_submit(rq->store, &ex->unit, err);
}

static bool write_submit(struct exchange *ex, struct err *err)
{
	return ex->row->route->prepare(&ex->rq, err) && unit_submit(ex, UNIT_INTERACTIVE, err);
}

static bool read_run(struct exchange *ex, struct err *err)
{
	if (!ex->row->route->read(&ex->rq, &ex->rp, err))
		return false;
	reply_compress(&ex->rq, &ex->rp);
	return !ex->rp.stream || page_make(ex, err);
}

/* A body may come: there is a file for it. */
static void spool_admit(struct exchange *ex, struct problem *problem)
{
	const char *folder = ex->server->config.spool_dir;
	if (!spool_open(ex, folder, ex->framing.length, &problem->err))
		problem->status = problem->err.kind == ERR_TOO_LARGE ? 507 : 0;
}

/* A live stream may go on for days: each part has memory of its own, and each time it is asked who asks. */
static bool live_part(struct exchange *ex, struct db *db, struct problem *problem)
{
	struct arena scratch = { 0 };
	struct request *rq = &ex->rq;
	struct caller before = rq->caller;
	rq->arena = &scratch;
	rq->now = clock_now(ex->server->config.clock);
	if (db)
		db_bind_workspace(db, 0);
	bool ok = access_again(ex, problem);
	if (ok && db)
		db_bind_workspace(db, rq->caller.workspace);
	ok = ok && page_make(ex, &problem->err);
	rq->arena = &ex->arena;
	rq->caller = before;
	arena_free(&scratch);
	return ok;
}

/* Worker: true when a lane has the exchange; else it is done, or *problem says why not. */
static bool handler_run(struct exchange *ex, struct db *db, struct problem *problem)
{
	if (db)
		db_bind_workspace(db, 0);
	ex->rq.db = db;
	if (!ex->streams && !ex->is_admitted && !access_check(ex, problem))
		return false;
	if (ex->admits && !ex->is_admitted) {
		ex->is_admitted = true;
		spool_admit(ex, problem);
		return false;
	}
	if (db)
		db_bind_workspace(db, ex->rq.caller.workspace);
	bool reads = ex->row->route->read != NULL;
	bool ok = ex->is_live   ? live_part(ex, db, problem)
	          : ex->streams ? page_make(ex, &problem->err)
	          : reads       ? read_run(ex, &problem->err)
	                        : write_submit(ex, &problem->err);
	bool writes = ok && (!reads || ex->rp.stream_apply);
	if (writes && reads)
		ok = unit_submit(ex, UNIT_BULK, &problem->err);
	if (ok) /* what a handler tried and got over is no failure of the request */
		problem->err = (struct err){ .kind = ERR_NONE };
	else if (problem->err.kind == ERR_NONE)
		err_set(&problem->err, ERR_INTERNAL, "The handler failed and did not say why.");
	return ok && writes;
}

bool exchange_work(struct exchange *ex, struct db *db, const struct err *db_err)
{
	struct problem problem = { .err = { .kind = ERR_NONE } };
	if (ex->rq.store && !db)
		problem.err = *db_err;
	else if (handler_run(ex, db, &problem))
		return true;
	ex->rq.db = NULL;
	enum err_kind kind = problem.err.kind;
	ex->page_broken = kind != ERR_NONE;
	if (ex->admits && !ex->spool.complete) {
		ex->is_refused = kind != ERR_NONE;
		ex->problem = problem;
	} else if (ex->streams)
		failure_note(ex, &problem.err);
	else if (kind != ERR_NONE)
		exchange_fail(ex, &problem);
	server_done(ex->server, ex);
	return kind != ERR_IO && kind != ERR_CORRUPT;
}

/* A part of a streamed reply was not stored: what was made before it is sent, and no end. */
static void part_break(struct exchange *ex)
{
	ex->page_broken = true;
	failure_note(ex, &ex->unit.err);
}

void exchange_finish(struct exchange *ex)
{
	if (ex->admits && !ex->spool.complete) {
		ex->stage = ex->spool.until ? STAGE_BODY : STAGE_ADMITTED;
		return;
	}
	ex->stage = ex->streams ? STAGE_SENT : STAGE_REPLY;
	if (ex->is_refused)
		exchange_fail(ex, &ex->problem);
	else if (ex->rp.live && !ex->streams)
		live_admit(ex);
	if (!ex->written)
		return;
	struct err err = { .kind = ERR_NONE };
	ex->written = false;
	if (ex->streams && !ex->unit.ok)
		part_break(ex);
	else if (!ex->unit.ok)
		fail_err(ex, &ex->unit.err);
	else if (!ex->rp.stream && !ex->row->route->reply(&ex->rq, &ex->rp, &err))
		fail_err(ex, &err);
}
