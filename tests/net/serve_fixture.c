/* A small server of the real parts for tests/net/: routes that echo, wait, write, stream and refuse.
 *
 *	serve_fixture [data=DIR] [name=value ...]
 *
 * Prints its port, serves until SIGTERM, exits 0. Without data= it has no database.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/migrations.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "db/change.h"
#include "db/store.h"
#include "net/asset_reply.h"
#include "net/server.h"
#include "net/spool.h"

static atomic_long pages_made;

static bool say(struct request *rq, struct reply *rp, const char *key, Str value)
{
	struct buf out;
	struct json_writer w;
	buf_init(&out, (size_t)1024 * 1024);
	json_put_start(&w, &out);
	json_put_dict(&w);
	json_put_key_text(&w, key, value);
	json_put_dict_end(&w);
	rp->body = str_copy(rq->arena, buf_str(&out));
	buf_free(&out);
	return true;
}

static int64_t number(const struct request *rq, const char *name, int64_t fallback)
{
	int64_t value;
	return str_to_i64(request_query(rq, name), &value) ? value : fallback;
}

static void wait_ms(int64_t ms)
{
	usleep((useconds_t)(ms * 1000));
}

static bool plain(struct request *rq, struct reply *rp, struct err *err)
{
	(void)rq;
	(void)err;
	rp->body = STR("{\"plain\":true}");
	return true;
}

static bool slow(struct request *rq, struct reply *rp, struct err *err)
{
	wait_ms(number(rq, "ms", 100));
	return plain(rq, rp, err);
}

static bool echo_path(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	Str cookie = request_cookie(rq, "a"), all = request_query(rq, "q");
	return say(rq, rp, "echo",
	           str_printf(rq->arena, "%.*s|%.*s|%.*s|q=%.*s|a=%.*s|%.*s", STR_FMT(rq->method),
	                      STR_FMT(rq->path), STR_FMT(request_param(rq, "name")), STR_FMT(all),
	                      STR_FMT(cookie), STR_FMT(rq->address)));
}

static bool echo_body(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	rp->content_type = "application/octet-stream";
	rp->body = rq->body;
	return true;
}

/* How much came, and the sum of its bytes. */
static bool spooled(struct request *rq, struct reply *rp, struct err *err)
{
	int64_t size = 0, sum = 0;
	FILE *f = fopen(rq->spool.at, "re");
	if (!f)
		return err_set(err, ERR_INTERNAL, "there is no file");
	for (int c; (c = getc_unlocked(f)) != EOF; size++)
		sum += c;
	fclose(f);
	return say(rq, rp, "spooled",
	           str_printf(rq->arena, "%" PRId64 " %" PRId64 " %" PRId64, rq->spool_size, size,
	                      sum));
}

static bool who(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	return say(rq, rp, "who", rq->caller.name);
}

static bool page(struct request *rq, struct reply *rp, struct err *err)
{
	if (request_query(rq, "fail").at)
		return err_at(err, ERR_INVALID, "/score", "must be 0 to 10");
	reply_header(rq, rp, "Content-Security-Policy", STR("default-src 'self'"));
	reply_header(rq, rp, "Set-Cookie", STR("a=b; HttpOnly"));
	rp->content_type = "text/html; charset=utf-8";
	rp->body = STR("<p>a page");
	return true;
}

static void page_fail(struct request *rq, struct reply *rp, const struct err *err)
{
	rp->content_type = "text/html; charset=utf-8";
	rp->body = str_printf(rq->arena, "<p>failed: %s", err_name(err->kind));
}

static bool broken(struct request *rq, struct reply *rp, struct err *err)
{
	(void)rp;
	if (request_query(rq, "path").at)
		return err_at(err, ERR_INVALID, "/person/email", "must be a text");
	return err_set(err, ERR_INTERNAL, "the secret place is /var/lib");
}

static bool redirect(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	reply_redirect(rq, rp, request_query(rq, "to"));
	return true;
}

static bool file(struct request *rq, struct reply *rp, struct err *err)
{
	static const struct asset asset = {
		.path = { "a.js", 4 },
		.mime = { "text/javascript", 15 },
		.etag = { "\"abc\"", 5 },
		.bytes = { "as it is", 8 },
		.gzip = { "smaller", 7 },
	};
	(void)err;
	asset_reply(rq, rp, &asset);
	return true;
}

/* --- streams ---------------------------------------------------------------------------------------- */

struct stream_state {
	int64_t pages, size, done, fail_at;
	int64_t writes, stored, refuse_at; /* with ?writes=1 each part is a unit */
	struct reply *reply;
};

/* The part that was made last is stored before it is seen. */
static bool stream_store(struct db_tx *tx, void *input, struct err *err)
{
	struct stream_state *state = input;
	(void)tx;
	if (state->stored == state->refuse_at)
		return err_set(err, ERR_CONFLICT, "not this one");
	state->stored++;
	return true;
}

static bool stream_next(struct request *rq, void *context, struct buf *out, bool *more,
                        struct err *err)
{
	struct stream_state *state = context;
	(void)rq;
	atomic_fetch_add(&pages_made, 1);
	if (state->done == state->fail_at)
		return err_set(err, ERR_IO, "the disk went away");
	for (int64_t i = 0; i < state->size; i++)
		buf_add_char(out, (char)('a' + state->done % 26));
	*more = ++state->done < state->pages;
	if (!state->writes)
		return true;
	MUST(state->stored == state->done - 1);
	state->reply->stream_apply = stream_store;
	state->reply->stream_input = state;
	return true;
}

static bool stream(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	struct stream_state *state = ARENA_NEW(rq->arena, struct stream_state);
	*state = (struct stream_state){ .pages = number(rq, "pages", 10),
		                        .size = number(rq, "size", 1000),
		                        .fail_at = number(rq, "fail_at", -1),
		                        .writes = number(rq, "writes", 0),
		                        .refuse_at = number(rq, "refuse_at", -1),
		                        .reply = rp };
	rp->content_type = "text/plain";
	rp->stream = stream_next;
	rp->stream_context = state;
	return true;
}

static bool stream_count(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	return say(rq, rp, "pages", str_printf(rq->arena, "%ld", atomic_load(&pages_made)));
}

/* --- writes: a note is a row of a global table ------------------------------------------------------ */

static const struct db_stmt note_put = {
	"note_put",
	"INSERT INTO workspace_name (name_folded, workspace_id, name) VALUES ($1, $2, $1)",
	"INSERT INTO workspace_name (name_folded, workspace_id, name) VALUES ($1, $2, $1)",
	true,
};
static const struct db_stmt note_list = {
	"note_list",
	"SELECT name FROM workspace_name ORDER BY name",
	"SELECT name FROM workspace_name ORDER BY name",
	true,
};

struct note {
	Str text;
	int64_t wait;
};

static bool note_prepare(struct request *rq, struct err *err)
{
	if (rq->body.len == 0)
		return err_at(err, ERR_INVALID, "", "A note has a text.");
	struct note *note = ARENA_NEW(rq->arena, struct note);
	*note = (struct note){ .text = rq->body, .wait = number(rq, "ms", 0) };
	rq->input = note;
	return true;
}

static bool note_apply(struct db_tx *tx, void *input, struct err *err)
{
	const struct note *note = input;
	if (note->wait)
		wait_ms(note->wait);
	return db_exec(tx->db, &note_put, DB_ARGS(db_arg_text(note->text), db_arg_i64(1)), NULL,
	               err);
}

static bool note_reply(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	rp->status = 201;
	return say(rq, rp, "note", ((struct note *)rq->input)->text);
}

static bool notes(struct request *rq, struct reply *rp, struct err *err)
{
	struct db_rows rows;
	struct buf out;
	if (!db_query(rq->db, &rows, &note_list, DB_NO_ARGS, err))
		return false;
	enum db_next next;
	buf_init(&out, (size_t)16 * 1024 * 1024);
	while ((next = db_step(&rows, err)) == DB_ROW) {
		buf_add(&out, db_text(&rows, 0, rq->arena));
		buf_add_char(&out, '\n');
	}
	db_rows_close(&rows);
	rp->content_type = "text/plain";
	rp->body = out.len ? str_copy(rq->arena, buf_str(&out)) : STR("");
	buf_free(&out);
	return next == DB_DONE;
}

/* --- a live stream: the revs of workspace 1, which each tick raises --------------------------------- */

struct ticks {
	struct live live;
	bool begun;
	int64_t told;
};

static bool ticks_next(struct request *rq, void *context, struct buf *out, bool *more,
                       struct err *err)
{
	struct ticks *ticks = context;
	int64_t rev;
	if (!change_rev(rq->db, rq->caller.workspace, &rev, err))
		return false;
	if (!ticks->begun)
		ticks->told = rev;
	if (!ticks->begun)
		buf_printf(out, "from %" PRId64 "\n", rev);
	ticks->begun = true;
	for (; ticks->told < rev && out->len < 10000; ticks->live.events++)
		buf_printf(out, "%" PRId64 "\n", ++ticks->told);
	*more = ticks->told < rev;
	return true;
}

static bool ticks_read(struct request *rq, struct reply *rp, struct err *err)
{
	(void)err;
	struct ticks *ticks = ARENA_NEW(rq->arena, struct ticks);
	rp->content_type = "text/plain";
	rp->stream = ticks_next;
	rp->stream_context = ticks;
	rp->live = &ticks->live;
	return true;
}

static bool tick_prepare(struct request *rq, struct err *err)
{
	rq->input_workspace = 1;
	return note_prepare(rq, err);
}

static bool tick_apply(struct db_tx *tx, void *input, struct err *err)
{
	tx_changed(tx, CHANGE_WORKSPACE, 1);
	return note_apply(tx, input, err);
}

#define OPEN .open = true
static const struct route rows[] = {
	{ .method = "GET",
	  .path = "/asset",
	  .operation = "asset",
	  OPEN,
	  .direct = true,
	  .read = file },
	{ .method = "GET", .path = "/plain", .operation = "plain", OPEN, .read = plain },
	{ .method = "GET",
	  .path = "/direct",
	  .operation = "direct",
	  OPEN,
	  .direct = true,
	  .read = plain },
	{ .method = "GET", .path = "/slow", .operation = "slow", OPEN, .read = slow },
	{ .method = "GET", .path = "/echo/{name}", .operation = "echo", OPEN, .read = echo_path },
	{ .method = "GET", .path = "/echo/fixed", .operation = "fixed", OPEN, .read = echo_path },
	{ .method = "GET",
	  .path = "/files/{name...}",
	  .operation = "files",
	  OPEN,
	  .read = echo_path },
	{ .method = "DELETE", .path = "/echo/{id}", .operation = "remove", OPEN, .read = plain },
	{ .method = "POST",
	  .path = "/echo",
	  .operation = "body",
	  OPEN,
	  .body_max = 65536,
	  .read = echo_body },
	{ .method = "POST",
	  .path = "/shared/{name}",
	  .operation = "shared",
	  OPEN,
	  .shared = true,
	  .body_max = 1000,
	  .per_minute = 3,
	  .guards = true,
	  .fail = page_fail,
	  .read = echo_body },
	{ .method = "PUT",
	  .path = "/large",
	  .operation = "large",
	  OPEN,
	  .body_max = 8 << 20,
	  .read = echo_body },
	{ .method = "POST", .path = "/bodiless", .operation = "bodiless", OPEN, .read = plain },
	{ .method = "GET",
	  .path = "/who",
	  .operation = "who",
	  .roles = ROLES_ALL,
	  .scopes = SCOPES_READ,
	  .read = who },
	{ .method = "POST",
	  .path = "/who",
	  .operation = "who_change",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPES_WRITE,
	  .body_max = 100,
	  .read = who },
	{ .method = "POST",
	  .path = "/spool",
	  .operation = "spool",
	  .roles = ROLES_MANAGE,
	  .scopes = SCOPES_WRITE,
	  .body_max = SPOOL_PIECE,
	  .spools = true,
	  .read = spooled },
	{ .method = "GET",
	  .path = "/limited",
	  .operation = "limited",
	  OPEN,
	  .per_minute = 3,
	  .read = plain },
	{ .method = "GET",
	  .path = "/page",
	  .operation = "page",
	  OPEN,
	  .html = true,
	  .fail = page_fail,
	  .read = page },
	{ .method = "GET",
	  .path = "/frame",
	  .operation = "frame",
	  OPEN,
	  .html = true,
	  .framable = true,
	  .read = page },
	{ .method = "GET", .path = "/broken", .operation = "broken", OPEN, .read = broken },
	{ .method = "GET", .path = "/redirect", .operation = "redirect", OPEN, .read = redirect },
	{ .method = "GET", .path = "/stream", .operation = "stream", OPEN, .read = stream },
	{ .method = "GET",
	  .path = "/stream-count",
	  .operation = "stream_count",
	  OPEN,
	  .direct = true,
	  .read = stream_count },
	{ .method = "POST",
	  .path = "/notes",
	  .operation = "note",
	  OPEN,
	  .body_max = 1000,
	  .prepare = note_prepare,
	  .apply = note_apply,
	  .reply = note_reply },
	{ .method = "GET", .path = "/notes", .operation = "notes", OPEN, .read = notes },
	{ .method = "POST",
	  .path = "/ticks",
	  .operation = "tick",
	  OPEN,
	  .body_max = 1000,
	  .prepare = tick_prepare,
	  .apply = tick_apply,
	  .reply = note_reply },
	{ .method = "GET",
	  .path = "/ticks",
	  .operation = "ticks",
	  .scopes = SCOPES_READ,
	  .read = ticks_read },
};

/* "Bearer good" is a key, "Bearer watch 3" one of workspace 1, the cookie heed=good a user, "Bearer viewer" a user
 * without rights. */
static bool authenticate(void *context, struct request *rq, struct caller *caller, struct err *err)
{
	(void)context;
	Str bearer = request_header(rq, "Authorization");
	if (str_eq(bearer, STR("Bearer good"))) {
		*caller = (struct caller){ .key = 7, .scope = SCOPE_ADMIN, .name = STR("key") };
		return true;
	}
	if (str_starts(bearer, STR("Bearer watch "))) {
		*caller = (struct caller){ .workspace = 1, .scope = SCOPE_READ };
		return str_to_i64(str_from(bearer, 13), &caller->key) ||
		       err_set(err, ERR_UNAUTHENTICATED, "No such number.");
	}
	if (str_eq(bearer, STR("Bearer read"))) {
		*caller = (struct caller){ .key = 8, .scope = SCOPE_READ, .name = STR("reader") };
		return true;
	}
	if (bearer.at)
		return err_set(err, ERR_UNAUTHENTICATED, "No such key.");
	if (str_eq(request_cookie(rq, "heed"), STR("good")))
		*caller = (struct caller){ .user = 9, .role = ROLE_OWNER, .name = STR("user") };
	return true;
}

static const char *option(int argc, char **argv, const char *name, const char *fallback)
{
	size_t len = strlen(name);
	for (int i = 1; i < argc; i++)
		if (strncmp(argv[i], name, len) == 0 && argv[i][len] == '=')
			return argv[i] + len + 1;
	return fallback;
}

static int64_t option_number(int argc, char **argv, const char *name)
{
	int64_t value;
	return str_to_i64(str_of(option(argc, argv, name, "0")), &value) ? value : 0;
}

static void *stop_at_signal(void *server)
{
	sigset_t set;
	int number_of;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigwait(&set, &number_of);
	server_stop(server);
	return NULL;
}

static struct store *data_open(const char *dir, const struct clock *clock)
{
	struct store *store;
	struct err err;
	struct store_config config = { .data_dir = dir,
		                       .purpose = STORE_SERVE,
		                       .clock = clock,
		                       .migrations = migrations,
		                       .migration_count = sizeof migrations / sizeof *migrations,
		                       .create = true };
	if (store_open(&store, &config, &err))
		return store;
	fprintf(stderr, "serve_fixture: %s\n", err.msg);
	exit(1);
}

static int serve(const struct server_config *config)
{
	struct server *server;
	struct err err;
	pthread_t stopper;
	if (!server_start(&server, config, &err)) {
		fprintf(stderr, "serve_fixture: %s\n", err.msg);
		return 1;
	}
	pthread_create(&stopper, NULL, stop_at_signal, server);
	printf("PORT %d\n", server_port(server));
	fflush(stdout);
	bool ok = server_run(server, &err);
	pthread_join(stopper, NULL);
	server_free(server);
	return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
	static const struct clock clock = { 0 };
	struct route_table table = { .rows = rows, .count = sizeof rows / sizeof *rows };
	const char *data = option(argc, argv, "data", "");
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	struct store *store = *data ? data_open(data, &clock) : NULL;
	struct server_config config = {
		.listen = option(argc, argv, "listen", "127.0.0.1:0"),
		.public_url = option(argc, argv, "public_url", ""),
		.trusted_proxies = option(argc, argv, "proxies", ""),
		.store = store,
		.clock = &clock,
		.tables = &table,
		.table_count = 1,
		.authenticate = authenticate,
		.workers = (int)option_number(argc, argv, "workers"),
		.connections_max = (int)option_number(argc, argv, "connections"),
		.connections_per_address = (int)option_number(argc, argv, "per_address"),
		.drain_us = option_number(argc, argv, "drain_ms") * 1000,
		.deadlines = { .header = option_number(argc, argv, "header_ms") * 1000,
		               .body = option_number(argc, argv, "body_ms") * 1000,
		               .keep_alive = option_number(argc, argv, "keep_alive_ms") * 1000,
		               .stall = option_number(argc, argv, "stall_ms") * 1000 },
		.bodies_max = (size_t)option_number(argc, argv, "bodies"),
		.spool_dir = option(argc, argv, "spool", NULL),
		.spool_max = (uint64_t)option_number(argc, argv, "spool_max"),
		.spool_reserve = (uint64_t)option_number(argc, argv, "spool_reserve"),
	};
	int code = serve(&config);
	if (store)
		store_close(store, 5 * CLOCK_SECOND);
	return code;
}
