/* net/head.h - the head of a request, taken apart and checked: target, fields, Host, length of the body.
 *
 * Pure: bytes in, values out. Everything lives in the arena that was given, or in the bytes that were given,
 * which therefore live as long. What is refused here is refused because two readers could disagree about it
 * (request smuggling) or because a room could not rely on what net/route.h promises.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef NET_HEAD_H
#define NET_HEAD_H

#include "base/arena.h"
#include "base/err.h"
#include "base/form.h"
#include "base/str.h"

#define HEAD_BYTES_MAX   ((size_t)16 * 1024)
#define HEAD_FIELDS_MAX  100
#define TARGET_BYTES_MAX ((size_t)8 * 1024)
#define TARGET_PARTS_MAX 32
#define TARGET_QUERY_MAX 200

struct http_field {
	Str name, value;
};

struct http_head {
	struct http_field *fields; /* in order, values trimmed */
	size_t field_count;
	struct form query;         /* decoded */
	struct http_field *params; /* of the route that matched */
	size_t param_count;
};

struct target {
	Str authority;               /* of an absolute target; `at` is NULL otherwise */
	Str path;                    /* decoded */
	Str query;                   /* raw, without '?' */
	Str parts[TARGET_PARTS_MAX]; /* path between slashes, decoded; "/a/" is "a" and "" */
	size_t part_count;
};

/* Splits and decodes the target of the request line, fills head->query. ERR_MALFORMED for bad escapes, %00, an
 * escaped slash, bytes that are not UTF-8, control characters and empty, "." or ".." parts; ERR_TOO_LARGE past a maximum. */
MUST_USE bool target_parse(struct arena *a, Str raw, struct target *out, struct http_head *head,
                           struct err *err);

/* How the body is framed. */
struct framing {
	bool chunked;
	bool has_length;
	uint64_t length;
};

/* Checks all fields: names, control characters, fields that may stand only once, Host, Transfer-Encoding and
 * Content-Length. Drops fields whose value is not UTF-8, Cookie apart. `http11`: Host is required. */
MUST_USE bool head_check(struct http_head *head, bool http11, struct framing *out, struct err *err);

/* Value of the first field of that name; `at` is NULL when absent. */
Str head_field(const struct http_head *head, Str name);
/* Value of a cookie; `at` is NULL when absent or not UTF-8. */
Str head_cookie(const struct http_head *head, Str name);

#endif
