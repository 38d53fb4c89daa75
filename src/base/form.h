/* base/form.h - percent-encoding and application/x-www-form-urlencoded, strictly.
 *
 * What is decoded is valid UTF-8 without NUL: a bad escape, %00 or a byte that is not UTF-8 is ERR_MALFORMED, for
 * two readers could disagree about it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_FORM_H
#define BASE_FORM_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct form_field {
	Str name, value;
};

struct form {
	const struct form_field *fields; /* in the order of the text */
	size_t count;
};

/* `plus` makes '+' a space, as in forms and queries but not in paths. */
MUST_USE bool form_decode(struct arena *a, Str raw, bool plus, Str *out, struct err *err);
/* A form's body or a query without its '?'. "a" is an empty value of "a"; empty pairs ("a=1&&b=2") are skipped.
 * ERR_TOO_LARGE past max_fields. err.path is "/name" of a bad value. */
MUST_USE bool form_parse(struct arena *a, Str raw, size_t max_fields, struct form *out,
                         struct err *err);
/* The first of that name; `at` is NULL when there is none. */
Str form_find(const struct form *form, const char *name);

/* Everything but letters, digits and "-._~" is escaped. */
void form_encode(struct buf *out, Str text);
/* Adds "name=value", after a '&' unless `out` is empty or ends with '?' or '&'. */
void form_put(struct buf *out, Str name, Str value);

#endif
