/* base/err.h - the one vocabulary of failure.
 *
 * A fallible function is `MUST_USE bool f(..., out, struct err *err)`. On false *err says why, in a sentence
 * that a user can act on, and no out parameter was touched. The layer that fails writes the sentence; the
 * outer layer decides what to do with it. Codes of errno, SQLite and libpq never leave their adapter.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

#define MUST_USE __attribute__((warn_unused_result))

/* kind, HTTP status, exit code of the command line, stable name in replies */
#define ERR_KINDS(X)                                      \
	X(ERR_NONE, 200, 0, "ok")                         \
	X(ERR_INVALID, 422, 2, "invalid")                 \
	X(ERR_MALFORMED, 400, 2, "malformed")             \
	X(ERR_UNAUTHENTICATED, 401, 3, "unauthenticated") \
	X(ERR_DENIED, 403, 3, "denied")                   \
	X(ERR_NOT_FOUND, 404, 4, "not-found")             \
	X(ERR_GONE, 410, 4, "gone")                       \
	X(ERR_CONFLICT, 409, 5, "conflict")               \
	X(ERR_TOO_LARGE, 413, 2, "too-large")             \
	X(ERR_TOO_MANY, 429, 6, "too-many")               \
	X(ERR_BUSY, 503, 6, "busy")                       \
	X(ERR_LOADING, 503, 6, "loading")                 \
	X(ERR_IO, 503, 7, "storage")                      \
	X(ERR_CORRUPT, 503, 8, "corrupt")                 \
	X(ERR_INTERNAL, 500, 9, "internal")

enum err_kind {
#define ERR_ENUM(kind, http, exit, name) kind,
	ERR_KINDS(ERR_ENUM)
#undef ERR_ENUM
};

/* `path` names the field at fault as a JSON pointer or a column, empty when no single one is. */
struct err {
	enum err_kind kind;
	int progress; /* of ERR_LOADING: how much is there, in per cent */
	char msg[256];
	char path[96];
};

/* Fills *e (cutting what is too long at a character boundary, bytes that are not UTF-8 become ?) and
 * returns false, so that a function can end with it. */
bool err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
bool err_at(struct err *e, enum err_kind kind, const char *path, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* What is asked for is on its way: it may be asked for again in a second. Returns false. */
bool err_loading(struct err *e, int progress);
/* Puts `prefix: ` before the sentence that is there. Returns false. */
bool err_prefix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* clang-tidy reads one file at a time and must be told what these return. */
#ifdef HEED_TIDY
#define err_set(...)     ((void)err_set(__VA_ARGS__), false)
#define err_at(...)      ((void)err_at(__VA_ARGS__), false)
#define err_prefix(...)  ((void)err_prefix(__VA_ARGS__), false)
#define err_loading(...) ((void)err_loading(__VA_ARGS__), false)
#endif

int err_http_status(enum err_kind kind);
int err_exit_code(enum err_kind kind);
const char *err_name(enum err_kind kind);

#endif
