/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/reply.h"

#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/gzip.h"
#include "base/json.h"
#include "net/asset_reply.h"

#define PROBLEM_MAX    4096
#define NO_COMPRESSION ((size_t)1024) /* bytes: they fit one packet as they are */

void reply_header(struct request *rq, struct reply *rp, const char *name, Str value)
{
	for (size_t i = 0; i < value.len; i++)
		MUST(value.at[i] != '\r' && value.at[i] != '\n' && value.at[i] != '\0');
	struct reply_header *header = ARENA_NEW(rq->arena, struct reply_header);
	*header = (struct reply_header){ .name = name,
		                         .value = str_copy_c(rq->arena, value),
		                         .next = rp->headers };
	rp->headers = header;
}

bool reply_has(const struct reply *rp, const char *name)
{
	for (const struct reply_header *h = rp->headers; h; h = h->next)
		if (strcasecmp(h->name, name) == 0)
			return true;
	return false;
}

void reply_redirect(struct request *rq, struct reply *rp, Str path)
{
	bool ours = path.len > 0 && path.at[0] == '/' &&
	            !(path.len > 1 && (path.at[1] == '/' || path.at[1] == '\\'));
	if (!ours)
		path = STR("/");
	static const char hex[] = "0123456789ABCDEF";
	char *to = arena_alloc(rq->arena, path.len * 3 + 1);
	size_t len = 0;
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.at[i];
		if (c > ' ' && c < 0x7f && c != '\\') {
			to[len++] = (char)c;
			continue;
		}
		to[len++] = '%';
		to[len++] = hex[c >> 4];
		to[len++] = hex[c & 15];
	}
	rp->status = 303;
	rp->body = STR("");
	reply_header(rq, rp, "Location", (Str){ to, len });
}

/* No other site can say any of these without being asked first. */
static bool is_asked_by_us(const struct request *rq)
{
	return request_header(rq, "X-Heed").at || request_header(rq, "Authorization").at ||
	       str_eq(request_header(rq, "Sec-Fetch-Site"), STR("same-origin"));
}

void reply_compress(struct request *rq, struct reply *rp)
{
	bool json = !rp->content_type || strcmp(rp->content_type, "application/json") == 0;
	if (!json || rp->stream || rp->compressed || rp->body.len < NO_COMPRESSION)
		return;
	if (!reply_has(rp, "Vary"))
		reply_header(rq, rp, "Vary", STR("Accept-Encoding"));
	if (is_asked_by_us(rq) && request_takes_gzip(rq))
		rp->compressed = gzip_pack(rq->arena, rp->body, &rp->body);
}

static void retry_after_put(struct request *rq, struct reply *rp, int64_t wait_us)
{
	int64_t seconds = (wait_us + CLOCK_SECOND - 1) / CLOCK_SECOND;
	char text[24];
	int len = snprintf(text, sizeof text, "%lld", (long long)(seconds > 0 ? seconds : 1));
	reply_header(rq, rp, "Retry-After", (Str){ text, (size_t)len });
}

const char *status_title(int status)
{
	const char *title = MHD_get_reason_phrase_for((unsigned)status);
	return title && strcmp(title, "Unknown") != 0 ? title : "Error";
}

static Str sentence_for_others(const struct err *err)
{
	switch (err->kind) {
	case ERR_INTERNAL:
		return STR(
		    "Something is wrong on our side. The log has it under the request's id.");
	case ERR_IO:
	case ERR_CORRUPT:
		return STR("The storage does not answer as it should. Nothing of this request was "
		           "stored.");
	case ERR_NONE:
	case ERR_INVALID:
	case ERR_MALFORMED:
	case ERR_UNAUTHENTICATED:
	case ERR_DENIED:
	case ERR_NOT_FOUND:
	case ERR_GONE:
	case ERR_CONFLICT:
	case ERR_TOO_LARGE:
	case ERR_TOO_MANY:
	case ERR_BUSY:
	case ERR_LOADING:
		break;
	}
	return str_of(err->msg);
}

static void problem_put(struct json_writer *w, struct request *rq, int status,
                        const struct err *err)
{
	json_put_dict(w);
	json_put_key_text(w, "type",
	                  str_printf(rq->arena, "urn:heed:problem:%s", err_name(err->kind)));
	json_put_key_text(w, "title", str_of(status_title(status)));
	json_put_key_i64(w, "status", status);
	json_put_key_text(w, "detail", sentence_for_others(err));
	json_put_key_text(w, "request_id", rq->id);
	if (err->kind == ERR_LOADING)
		json_put_key_i64(w, "progress", err->progress);
	if (err->path[0]) {
		json_put_key(w, STR("errors"));
		json_put_list(w);
		json_put_dict(w);
		json_put_key_text(w, "path", str_of(err->path));
		json_put_key_text(w, "message", str_of(err->msg));
		json_put_dict_end(w);
		json_put_list_end(w);
	}
	json_put_dict_end(w);
}

/* How soon it is worth to try again, when nobody knows better. */
static int64_t patience(const struct request *rq, const struct problem *problem)
{
	if (problem->wait_us > 0)
		return problem->wait_us;
	if (problem->err.kind == ERR_TOO_MANY && rq->wait_us > 0)
		return rq->wait_us;
	if (problem->err.kind == ERR_TOO_MANY)
		return 30 * CLOCK_SECOND;
	bool soon = problem->err.kind == ERR_BUSY || problem->err.kind == ERR_LOADING;
	return soon ? CLOCK_SECOND : 5 * CLOCK_SECOND;
}

void reply_problem(struct request *rq, struct reply *rp, const struct problem *problem)
{
	int status = problem->status ? problem->status : err_http_status(problem->err.kind);
	struct buf out;
	struct json_writer w;
	buf_init(&out, PROBLEM_MAX);
	json_put_start(&w, &out);
	problem_put(&w, rq, status, &problem->err);
	*rp = (struct reply){ .status = status,
		              .content_type = "application/problem+json",
		              .body = str_copy(rq->arena, buf_str(&out)) };
	buf_free(&out);
	if (status == 401)
		reply_header(rq, rp, "WWW-Authenticate", STR("Bearer realm=\"heed\""));
	if (status == 429 || status == 503)
		retry_after_put(rq, rp, patience(rq, problem));
}
