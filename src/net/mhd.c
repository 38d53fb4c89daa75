/* net/mhd.c - libmicrohttpd, and nothing of it anywhere else.
 *
 * It is driven from our own epoll loop: its internal epoll thread freezes above 127 connections. What it does not
 * do is done around it: it accepts folded headers, bare LF, NUL and two framings of one body, so the head is
 * checked against the raw bytes; it closes no request on its own terms, so deadlines shut the socket down; it
 * misses an end that stands right behind what it read, so it is shown it (net/conn.c); it aborts when stopped with
 * a suspended connection, so it is stopped last (net/server.c).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <microhttpd.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/log.h"
#include "net/core.h"

/* Of a connection: head, its index, and later the reply's head. */
#define CONNECTION_MEMORY ((size_t)32 * 1024)
#define STREAM_BLOCK      ((size_t)16 * 1024)
#define SLOW_US           (2 * CLOCK_SECOND)
/* What a client must manage, in bodies and in replies. */
#define BYTES_PER_SECOND ((uint64_t)50 * 1000)

static int64_t time_for(const struct server *server, uint64_t bytes)
{
	uint64_t seconds = bytes / BYTES_PER_SECOND;
	if (seconds > 24 * 3600)
		seconds = 24 * 3600;
	return server->config.deadlines.body + (int64_t)seconds * CLOCK_SECOND;
}

/* --- the head --------------------------------------------------------------------------------------- */

static struct conn *conn_of(struct MHD_Connection *wire)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(wire, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	MUST(info && info->socket_context);
	return info->socket_context;
}

/* The request line is there; the target is still as it was sent. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *wire)
{
	struct server *server = cls;
	struct conn *conn = conn_of(wire);
	MUST(!conn->exchange);
	conn->exchange = exchange_new(server, conn, target ? target : "");
	conn_deadline(conn, server->config.deadlines.header);
	return conn->exchange;
}

/* libmicrohttpd cuts the head where it stands: line ends and colons become NUL, values are found from there. So the
 * headers it tells of must cover the raw bytes without a gap. A folded line (it moves the name elsewhere), a NUL, a
 * bare LF or spaces where none belong leave one. */
struct head_walk {
	const char *at; /* where the next header must start */
	bool gapless;
	size_t count;
};

static enum MHD_Result on_field(void *cls, enum MHD_ValueKind kind, const char *name,
                                size_t name_len, const char *value, size_t value_len)
{
	struct head_walk *walk = cls;
	(void)kind;
	(void)name_len;
	walk->count++;
	walk->gapless = name == walk->at && value;
	if (!walk->gapless)
		return MHD_NO;
	walk->at = value + value_len + 2;
	return MHD_YES;
}

struct field_copy {
	const char *from; /* in the connection's memory */
	char *to;         /* the same bytes in the arena */
	struct http_field *fields;
	size_t count;
};

static enum MHD_Result on_copy(void *cls, enum MHD_ValueKind kind, const char *name,
                               size_t name_len, const char *value, size_t value_len)
{
	struct field_copy *copy = cls;
	(void)kind;
	copy->fields[copy->count++] = (struct http_field){
		.name = { copy->to + (name - copy->from), name_len },
		.value = str_trim((Str){ copy->to + (value - copy->from), value_len }),
	};
	return MHD_YES;
}

static bool line_is_plain(const struct exchange *ex, const char *method, const char *version)
{
	return method + strlen(method) + 1 == ex->raw_target &&
	       ex->raw_target + ex->target.len + 1 == version && strlen(version) == 8 &&
	       version[9] == '\0';
}

static bool head_take(struct exchange *ex, const char *method, const char *version)
{
	struct MHD_Connection *wire = ex->conn->wire;
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(wire, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	MUST(info);
	const char *end = method + info->header_size;
	struct head_walk walk = { .at = version + 10,
		                  .gapless = line_is_plain(ex, method, version) };
	if (walk.gapless)
		MHD_get_connection_values_n(wire, MHD_HEADER_KIND, on_field, &walk);
	if (!walk.gapless || walk.at + 2 != end)
		return exchange_refuse(
		    ex, 0, ERR_MALFORMED,
		    "The request has a folded header, a bare line feed, a NUL or "
		    "stray spaces.");
	if (info->header_size > HEAD_BYTES_MAX || walk.count > HEAD_FIELDS_MAX)
		return exchange_refuse(ex, 431, ERR_TOO_LARGE,
		                       "The headers have more than %zu bytes or %d fields.",
		                       HEAD_BYTES_MAX, HEAD_FIELDS_MAX);
	Str raw = { version, (size_t)(end - version) };
	struct field_copy copy = {
		.from = version,
		.to = arena_alloc(&ex->arena, raw.len),
		.fields = ARENA_ARRAY(&ex->arena, struct http_field, walk.count + 1),
	};
	memcpy(copy.to, raw.at, raw.len);
	MHD_get_connection_values_n(wire, MHD_HEADER_KIND, on_copy, &copy);
	ex->head.fields = copy.fields;
	ex->head.field_count = copy.count;
	return true;
}

/* --- the reply -------------------------------------------------------------------------------------- */

/* Gives out what the worker made, then lets it make more. While it does, nobody waits and no read transaction is
 * open; while the client does not read, nothing is made. */
static ssize_t on_read(void *cls, uint64_t position, char *out, size_t max)
{
	struct exchange *ex = cls;
	bool rests = false;
	(void)position;
	size_t left = ex->page.len - ex->page_at;
	if (left > 0) {
		size_t part = left < max ? left : max;
		memcpy(out, ex->page.at + ex->page_at, part);
		ex->page_at += part;
		conn_deadline(ex->conn, ex->server->config.deadlines.stall);
		return (ssize_t)part;
	}
	if (ex->page_broken)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (ex->is_live ? !live_goes_on(ex, &rests) : !ex->page_more) {
		if (!rests)
			return MHD_CONTENT_READER_END_OF_STREAM;
		MHD_suspend_connection(ex->conn->wire);
		return 0;
	}
	if (!workers_add(ex->server->workers, ex))
		return MHD_CONTENT_READER_END_WITH_ERROR;
	ex->stage = STAGE_WORK;
	ex->server->in_work++;
	conn_deadline(ex->conn, 0);
	MHD_suspend_connection(ex->conn->wire);
	return 0;
}

static void header_add(struct MHD_Response *response, const char *name, const char *value)
{
	MUST(MHD_add_response_header(response, name, value) == MHD_YES);
}

static void default_add(struct MHD_Response *response, const struct reply *rp, const char *name,
                        const char *value)
{
	if (!reply_has(rp, name))
		header_add(response, name, value);
}

static void headers_add(const struct exchange *ex, struct MHD_Response *response)
{
	const struct reply *rp = &ex->rp;
	const struct route *route = ex->row ? ex->row->route : NULL;
	bool has_body = rp->stream || (rp->status != 204 && rp->status != 304);
	if (has_body && (rp->body.len > 0 || rp->stream))
		header_add(response, "Content-Type",
		           rp->content_type ? rp->content_type : "application/json");
	if (rp->compressed) {
		header_add(response, "Content-Encoding", "gzip");
		default_add(response, rp, "Vary", "Accept-Encoding");
	}
	header_add(response, "X-Content-Type-Options", "nosniff");
	default_add(response, rp, "Referrer-Policy", "same-origin");
	default_add(response, rp, "Content-Security-Policy",
	            "default-src 'none'; frame-ancestors 'none'");
	if (!route || !route->framable)
		default_add(response, rp, "X-Frame-Options", "DENY");
	default_add(response, rp, "Cache-Control", "no-store");
	header_add(response, "X-Request-Id", ex->rq.id.at);
	for (const struct reply_header *h = rp->headers; h; h = h->next)
		header_add(response, h->name, h->value);
	if (ex->must_close || atomic_load(&ex->server->stopping))
		header_add(response, "Connection", "close");
}

/* The body stands in the arena, which the response does not outlive in use: the connection is through with it when
 * on_completed frees the exchange. */
static struct MHD_Response *response_make(struct exchange *ex)
{
	if (ex->rp.stream)
		return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, on_read,
		                                         ex, NULL);
	union {
		const char *bytes;
		void *writable; /* never written to: MHD_RESPMEM_PERSISTENT */
	} body = { ex->rp.body.at };
	return MHD_create_response_from_buffer(ex->rp.body.len, body.writable,
	                                       MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result reply_send(struct exchange *ex)
{
	struct reply *rp = &ex->rp;
	if (rp->status == 0)
		rp->status = 200;
	struct MHD_Response *response = response_make(ex);
	MUST(response);
	/* Else MHD ends the chunks that it does not send, and the client takes that for the next reply. */
	if (rp->stream && str_eq(ex->rq.method, STR("HEAD")))
		MUST(MHD_set_response_options(response, MHD_RF_HTTP_VERSION_1_0_ONLY, MHD_RO_END) ==
		     MHD_YES);
	headers_add(ex, response);
	ex->stage = STAGE_SENT;
	ex->streams = rp->stream != NULL;
	conn_deadline(ex->conn, ex->streams ? ex->server->config.deadlines.stall
	                                    : time_for(ex->server, rp->body.len));
	enum MHD_Result queued = MHD_queue_response(ex->conn->wire, (unsigned)rp->status, response);
	MHD_destroy_response(response);
	return queued;
}

/* --- a request on its way --------------------------------------------------------------------------- */

/* Only when the whole request was read can the connection go on; a small rest is read for that. */
static bool is_answered_at_once(const struct exchange *ex)
{
	return ex->must_close ||
	       (ex->is_refused && ex->framing.has_length && ex->framing.length > DISCARD_MAX);
}

static enum MHD_Result refuse_at_once(struct exchange *ex)
{
	ex->conn->lingers = true;
	exchange_fail(ex, &ex->problem);
	return reply_send(ex);
}

static enum MHD_Result suspend(struct exchange *ex)
{
	ex->stage = STAGE_WORK;
	ex->server->in_work++;
	conn_deadline(ex->conn, 0);
	MHD_suspend_connection(ex->conn->wire);
	return MHD_YES;
}

/* Of a body that goes to a file: it may take long, and must not stand still. */
static void body_deadline(struct exchange *ex)
{
	int64_t left = ex->spool.until - clock_monotonic();
	int64_t stall = ex->server->config.deadlines.stall;
	conn_deadline(ex->conn, left > stall ? stall : left > 0 ? left : 1);
}

static enum MHD_Result begin(struct exchange *ex, const char *method, const char *version)
{
	ex->rq.method = str_copy(&ex->arena, str_of(method));
	ex->stage = STAGE_BODY;
	if (head_take(ex, method, version))
		exchange_begin(ex, ex->rq.method, strcmp(version, "HTTP/1.0") != 0);
	else
		ex->must_close = true;
	if (is_answered_at_once(ex))
		return refuse_at_once(ex);
	if (exchange_admit(ex))
		return suspend(ex);
	if (is_answered_at_once(ex))
		return refuse_at_once(ex);
	uint64_t most = ex->framing.has_length ? ex->framing.length : ex->body.max;
	conn_deadline(ex->conn, time_for(ex->server, most));
	return MHD_YES;
}

/* It may send its body, or is told why not before it does. */
static enum MHD_Result body_begin(struct exchange *ex)
{
	const struct server *server = ex->server;
	uint64_t most = ex->framing.has_length ? ex->framing.length : server->config.spool_max;
	if (ex->is_refused)
		return refuse_at_once(ex);
	ex->stage = STAGE_BODY;
	ex->spool.until = clock_monotonic() + time_for(server, most);
	body_deadline(ex);
	return MHD_YES;
}

/* libmicrohttpd takes no reply while a body comes. */
static enum MHD_Result end_midway(struct exchange *ex)
{
	if (!ex->admits) {
		conn_say(ex->conn, 413);
		return MHD_NO;
	}
	exchange_fail(ex, &ex->problem);
	conn_say_reply(ex->conn, &ex->rp);
	return MHD_NO;
}

static enum MHD_Result take(struct exchange *ex, const char *bytes, size_t *len)
{
	Str part = { bytes, *len };
	*len = 0;
	if (!exchange_take(ex, part))
		return end_midway(ex);
	if (exchange_spill(ex))
		return suspend(ex);
	if (ex->spool.fd)
		body_deadline(ex);
	return MHD_YES;
}

static enum MHD_Result dispatch(struct exchange *ex)
{
	if (!exchange_dispatch(ex))
		return reply_send(ex);
	return suspend(ex);
}

static enum MHD_Result on_access(void *cls, struct MHD_Connection *wire, const char *url,
                                 const char *method, const char *version, const char *upload,
                                 size_t *upload_len, void **context)
{
	struct exchange *ex = *context;
	(void)cls;
	(void)wire;
	(void)url;
	switch (ex->stage) {
	case STAGE_HEAD:
		return begin(ex, method, version);
	case STAGE_ADMITTED:
		return body_begin(ex);
	case STAGE_BODY:
		return *upload_len ? take(ex, upload, upload_len) : dispatch(ex);
	case STAGE_REPLY:
		return reply_send(ex);
	case STAGE_WORK:
		/* It goes on with the chunks that it has although it is suspended: they wait. */
		return MHD_YES;
	case STAGE_SENT:
	case STAGE_REST:
		break;
	}
	*upload_len = 0;
	return MHD_YES;
}

/* Idle connections are patient while there is room. */
static int64_t keep_alive(const struct server *server)
{
	int64_t time = server->config.deadlines.keep_alive;
	bool crowded = server->conn_count > (size_t)server->config.connections_max / 8 * 7;
	return crowded && time > 2 * CLOCK_SECOND ? 2 * CLOCK_SECOND : time;
}

/* Each request at level debug; what was slow or went wrong on our side always. */
static void request_log(const struct exchange *ex, int64_t took_us)
{
	int status = ex->rp.status;
	bool bad = (took_us > SLOW_US && !ex->is_live) || (status >= 500 && status != 503);
	enum log_level level = bad ? LOG_LEVEL_WARNING : LOG_LEVEL_DEBUG;
	if (!log_is_on(level))
		return;
	log_event(level, "net.request",
	          LOG_PAIRS(log_text("request", ex->rq.id),
	                    log_text("operation", str_of(exchange_operation(ex))),
	                    log_i64("status", status),
	                    log_real("seconds", (double)took_us / (double)CLOCK_SECOND),
	                    log_i64("body", (int64_t)ex->body.len),
	                    log_i64("reply", (int64_t)ex->rp.body.len)));
}

static void on_completed(void *cls, struct MHD_Connection *wire, void **context,
                         enum MHD_RequestTerminationCode how)
{
	struct server *server = cls;
	struct exchange *ex = *context;
	(void)wire;
	(void)how;
	if (!ex)
		return;
	MUST(ex->stage != STAGE_WORK && ex->stage != STAGE_REST);
	*context = NULL;
	/* A live stream took until it began: how long somebody watches is no figure of ours. */
	int64_t took = (ex->is_live ? ex->admitted : clock_monotonic()) - ex->started;
	metrics_count(server->metrics, ex->row, ex->rp.status, took);
	request_log(ex, took);
	if (ex->is_live)
		live_leave(ex);
	ex->conn->exchange = NULL;
	conn_deadline(ex->conn, keep_alive(server));
	exchange_free(ex);
}

/* --- connections ------------------------------------------------------------------------------------ */

static enum MHD_Result on_accept(void *cls, const struct sockaddr *address, socklen_t len)
{
	struct net_address peer;
	(void)len;
	address_from_socket(address, &peer);
	return conn_is_welcome(cls, &peer) ? MHD_YES : MHD_NO;
}

static void on_connection(void *cls, struct MHD_Connection *wire, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
	struct server *server = cls;
	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		conn_remove(*context);
		*context = NULL;
		return;
	}
	struct net_address peer;
	const union MHD_ConnectionInfo *fd =
	    MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CONNECTION_FD);
	const union MHD_ConnectionInfo *address =
	    MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	MUST(fd && address);
	address_from_socket(address->client_addr, &peer);
	*context = conn_add(server, wire, fd->connect_fd, &peer);
}

static void on_panic(void *cls, const char *file, unsigned line, const char *why)
{
	(void)cls;
	die(file, (int)line, why ? why : "libmicrohttpd");
}

/* The target is decoded by ourselves, strictly. */
static size_t on_unescape(void *cls, struct MHD_Connection *wire, char *text)
{
	(void)cls;
	(void)wire;
	return strlen(text);
}

bool mhd_start(struct server *server, struct err *err)
{
	MHD_set_panic_func(on_panic, NULL);
	server->daemon =
	    MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, on_accept, server,
	                     on_access, server, MHD_OPTION_LISTEN_SOCKET, server->listen_fd,
	                     MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,
	                     MHD_OPTION_CONNECTION_LIMIT, (unsigned)server->config.connections_max,
	                     MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_URI_LOG_CALLBACK,
	                     on_target, server, MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, NULL,
	                     MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
	                     MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_END);
	return server->daemon || err_set(err, ERR_INTERNAL, "The HTTP server did not start.");
}

int mhd_epoll_fd(const struct server *server)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	MUST(info);
	return info->epoll_fd;
}

int mhd_wait_ms(const struct server *server)
{
	unsigned long long ms;
	if (MHD_get_timeout(server->daemon, &ms) != MHD_YES)
		return -1;
	return ms > 60 * 1000 ? 60 * 1000 : (int)ms;
}

void mhd_run(struct server *server)
{
	MUST(MHD_run(server->daemon) == MHD_YES);
}

void mhd_resume(struct exchange *ex)
{
	if (ex->streams)
		conn_deadline(ex->conn, ex->server->config.deadlines.stall);
	if (ex->stage == STAGE_BODY)
		body_deadline(ex);
	if (ex->stage <= STAGE_BODY && ex->server->draining)
		conn_drop(ex->conn);
	MHD_resume_connection(ex->conn->wire);
}

void mhd_quiesce(struct server *server)
{
	MHD_socket fd = MHD_quiesce_daemon(server->daemon);
	if (fd != MHD_INVALID_SOCKET)
		close(fd);
}

void mhd_stop(struct server *server)
{
	if (server->daemon)
		MHD_stop_daemon(server->daemon);
	server->daemon = NULL;
}
