/* net/route.h - what a room offers over HTTP: const rows of method, path, who may, how large, and the functions.
 *
 * A route reads or writes.
 *   Read:  `read` runs on a worker with that worker's own read connection (rq->db) and fills the reply.
 *   Write: `prepare` runs on a worker (parse, check, hash; never waits) and sets rq->input;
 *          `apply` runs inside the transaction (db/unit.h); `reply` runs after the commit is durable, without a
 *          database. No worker waits for a commit. Decisions belong in `apply`, never in an earlier read.
 * A function that returns false has filled *err; the server answers with the RFC 9457 problem of that error, or calls
 * the row's `fail` (HTML pages; on any thread, without a database). Everything a request allocates lives in
 * rq->arena, which belongs to one thread at a time: I/O loop, worker, lane; it is handed over by queue.
 *
 * What a room may rely on: path, query and cookies are valid UTF-8 without NUL, header values are valid UTF-8 or
 * absent, the body is at most body_max bytes and otherwise unchecked (that of a row that spools: see there). Nobody is authenticated on an `open` route:
 * rq->caller is zero there. A path is made of literal parts and {name} parts, each one segment; a last {name...}
 * takes the rest of the path. A literal part wins over a {name}.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_ROUTE_H
#define NET_ROUTE_H

#include "db/unit.h"

struct store;
struct buf;

enum role {
	ROLE_OWNER = 1 << 0,
	ROLE_ADMIN = 1 << 1,
	ROLE_ANALYST = 1 << 2,
	ROLE_AGENT = 1 << 3,
	ROLE_VIEWER = 1 << 4,
};
#define ROLES_NONE    0u
#define ROLES_MANAGE  (ROLE_OWNER | ROLE_ADMIN)
#define ROLES_BUILD   (ROLES_MANAGE | ROLE_ANALYST)
#define ROLES_ANSWERS (ROLES_BUILD | ROLE_AGENT)
#define ROLES_ALL     (ROLES_ANSWERS | ROLE_VIEWER)

enum scope {
	SCOPE_TRACK = 1 << 0, /* public: may stand in a page's source */
	SCOPE_READ = 1 << 1,
	SCOPE_WRITE = 1 << 2,
	SCOPE_ADMIN = 1 << 3,
};
#define SCOPES_NONE  0u
#define SCOPES_READ  (SCOPE_READ | SCOPE_WRITE | SCOPE_ADMIN)
#define SCOPES_WRITE (SCOPE_WRITE | SCOPE_ADMIN)

/* Who asks: a signed-in user in a workspace, an API key, or nobody (all 0). */
struct caller {
	int64_t workspace, user, key;
	unsigned role;  /* one enum role, 0 for a key */
	unsigned scope; /* one enum scope, 0 for a user */
	int64_t team;   /* 0: none */
	Str team_scope; /* which answers the team sees, for survey/team_scope.h; at NULL: the whole workspace */
	bool sees_names;  /* of people: name, email, phone, and what properties tell of them */
	bool sees_masked; /* personal data in what people wrote is masked */
	Str name;         /* for the audit log */
	Str session;      /* hash of the session token, for signing out */
	bool
	    must_enrol; /* the workspace wants a second step of everybody, and this user has none yet */
};

struct route;

struct request {
	struct arena *arena;
	const struct route *route;
	void *room; /* the context its room was registered with */
	struct caller caller;
	Str method, path; /* path percent-decoded, valid UTF-8, without query */
	Str query;        /* raw, after '?' */
	Str body;
	/* A row that spools: the file with the body, durable, NUL behind it, and its bytes. It is removed when the request ends;
	 * who wants to keep it renames it. */
	Str spool;
	int64_t spool_size;
	Str host;      /* as the client has it: Host, or a trusted proxy's X-Forwarded-Host */
	Str id;        /* request id, also in the reply's header and in the log */
	Str address;   /* of the client; behind a configured proxy the forwarded one */
	int64_t now;   /* UTC microseconds */
	struct db *db; /* read connection of this worker; NULL in apply and reply */
	struct store *store;
	void *input;             /* set by prepare, given to apply, read by reply */
	int64_t input_workspace; /* prepare may set it (open routes must); else the caller's */
	struct http_head *head;  /* adapter's: headers and path parameters */
	bool local;              /* from this very machine and not through a proxy */
	int64_t wait_us;         /* set by a handler that refuses with ERR_TOO_MANY: until when */
};

/* Header by name, any case; `at` is NULL when absent. */
Str request_header(const struct request *rq, const char *name);
/* The part of the path that {name} of the route stands for. */
Str request_param(const struct request *rq, const char *name);
MUST_USE bool request_param_id(const struct request *rq, const char *name, int64_t *out,
                               struct err *err);
/* First value of a query parameter, decoded; `at` is NULL when absent. Invalid escapes and UTF-8 were refused
 * with 400 before the route ran. */
Str request_query(const struct request *rq, const char *name);
/* Walks all query parameters: start with *position 0. */
bool request_query_next(const struct request *rq, size_t *position, Str *name, Str *value);
Str request_cookie(const struct request *rq, const char *name);

/* Next part of a streamed body: adds to *out, sets *more. Runs on a worker with rq->db, each call under 200 ms,
 * in key-ordered pages. */
typedef bool (*stream_fn)(struct request *rq, void *context, struct buf *out, bool *more,
                          struct err *err);

/* A stream without an end (server-sent events). When a part was empty, or is out and there is no more at once, it rests
 * until something was committed in the caller's workspace or its access is to be looked at again. Then `stream` runs
 * again, with the caller as it is then and with a new rq->arena: what is to last stands in `stream_context`. */
struct live {
	bool over; /* set by the room: the stream ends after this part */
	int64_t
	    pause_us;   /* set by the room: it rests this long at least; 0: the server's own pace */
	int64_t events; /* in this part, counted by the room for the metrics */
};

struct reply {
	int status;               /* 200 when left 0 */
	const char *content_type; /* "application/json" when NULL */
	Str body;                 /* in the request's arena, or static */
	bool compressed;          /* body is gzip already */
	stream_fn stream;         /* instead of body */
	void *stream_context;
	/* A stream that writes: its function sets these with a part (the reply stays where `read` saw it). The unit (bulk, of the caller's workspace) is
	 * committed before the part is sent and the function is called again; if it fails the reply breaks off. */
	unit_fn stream_apply;
	void *stream_input;
	struct live *live; /* in the request's arena; NULL: the stream ends when there is no more */
	struct reply_header *headers; /* newest first */
};

/* Adds a header; the value is copied, one with CR, LF or NUL is a MUST. */
void reply_header(struct request *rq, struct reply *rp, const char *name, Str value);
/* 303 to a path of our own (starting with one '/'; anything else goes to "/"). The path is percent-encoded
 * already where it must be; control characters and bytes beyond ASCII are encoded here. */
void reply_redirect(struct request *rq, struct reply *rp, Str path);

struct route {
	const char *method, *path; /* "/api/v1/surveys/{survey}" */
	const char *operation;     /* operationId in OpenAPI, name in metrics */
	bool open;                 /* anyone may; else roles or scopes, at least one */
	unsigned roles, scopes;
	size_t body_max; /* bytes; 0: no body */
	/* The body may be as large as the server's spool_max and goes to a file while it arrives, once the caller is known
	 * to be allowed; body_max is a piece of it in memory. Not for open rows. */
	bool spools;
	int per_minute; /* requests a minute an address or, where one is used, API key; 0: default */
	bool guards;    /* the rate protects a secret: it holds for this machine itself, too */
	const char *limit; /* rows with the same name share one bucket */
	bool (*read)(struct request *rq, struct reply *rp, struct err *err);
	bool (*prepare)(struct request *rq, struct err *err);
	unit_fn apply;
	bool (*reply)(struct request *rq, struct reply *rp, struct err *err);
	void (*fail)(struct request *rq, struct reply *rp, const struct err *err); /* may be NULL */
	bool html;     /* a page: it sets its own Content-Security-Policy by reply_header */
	bool framable; /* a page that may stand in a frame, as far as its policy says */
	bool
	    shared; /* pages of other sites call it: those read a refusal from before it ran, too */
	bool direct;    /* open, no database, nothing slow: runs on the I/O loop itself */
	bool local;     /* needs no credentials when asked from this very machine */
	bool enrolling; /* open to a user who must first set up the second step */
	bool names;     /* tells who people are: not for a caller without sees_names */
};

struct route_table {
	const struct route *rows;
	size_t count;
	void *room;
};

#endif
