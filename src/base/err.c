/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static void store(char *to, size_t cap, const char *text)
{
	utf8_copy_valid(to, cap, str_of(text));
}

__attribute__((format(printf, 4, 0))) static void
vset(struct err *e, enum err_kind kind, const char *path, const char *fmt, va_list args)
{
	char text[1024];
	vsnprintf(text, sizeof text, fmt, args);
	e->kind = kind;
	e->progress = 0;
	store(e->msg, sizeof e->msg, text);
	store(e->path, sizeof e->path, path);
}

bool err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	vset(e, kind, "", fmt, args);
	va_end(args);
	return false;
}

bool err_at(struct err *e, enum err_kind kind, const char *path, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	vset(e, kind, path, fmt, args);
	va_end(args);
	return false;
}

bool err_loading(struct err *e, int progress)
{
	err_set(e, ERR_LOADING, "The answers are being read into memory: %d %% are there.",
	        progress);
	e->progress = progress;
	return false;
}

bool err_prefix(struct err *e, const char *fmt, ...)
{
	char prefix[256], text[560];
	va_list args;
	va_start(args, fmt);
	vsnprintf(prefix, sizeof prefix, fmt, args);
	va_end(args);
	snprintf(text, sizeof text, "%s: %s", prefix, e->msg);
	store(e->msg, sizeof e->msg, text);
	return false;
}

static const struct {
	int http, exit;
	const char *name;
} kinds[] = {
#define ERR_ROW(kind, http, exit, name) [kind] = { http, exit, name },
	ERR_KINDS(ERR_ROW)
#undef ERR_ROW
};

int err_http_status(enum err_kind kind)
{
	return kinds[kind].http;
}

int err_exit_code(enum err_kind kind)
{
	return kinds[kind].exit;
}

const char *err_name(enum err_kind kind)
{
	return kinds[kind].name;
}
