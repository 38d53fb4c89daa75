/* base/template.h - HTML pages and merge tags: text with holes.
 *
 * {{name}} is replaced by the value, HTML-escaped; {{{name}}} is not escaped and is for markup of our own; {{#name}}
 * ... {{/name}} repeats for each item of a list, or stands once when the value is true, a non-empty text or a dict;
 * {{^name}} ... {{/name}} stands when it is not; {{! comment}}. Names are looked up in the innermost dict first. A
 * name that no dict holds is empty. A section or comment tag that stands alone on its line leaves no empty line.
 * Names are letters, digits and "_-.". A template is immutable after parsing and may be used by many threads; it
 * is never taken from a user (markup tags would be theirs).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_TEMPLATE_H
#define BASE_TEMPLATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct template;
struct template_dict;

/* Keeps pointing into `source`. ERR_INVALID with the line when tags do not match. Lives in the arena. */
MUST_USE bool template_parse(struct arena *a, Str source, const struct template **out,
                             struct err *err);

struct template_dict *template_dict_new(struct arena *a);
/* `name` must outlive the dict (a literal); values are views. */
void template_set(struct template_dict *d, const char *name, Str value);
void template_set_bool(struct template_dict *d, const char *name, bool value);
void template_set_i64(struct template_dict *d, const char *name, int64_t value);
/* Appends an item to the list `name` and returns the item's own dict. */
struct template_dict *template_list_add(struct template_dict *d, const char *name);

/* ERR_TOO_LARGE when out overflows or a list is repeated inside itself without end in sight. */
MUST_USE bool template_render(const struct template *t, const struct template_dict *d,
                              struct buf *out, struct err *err);

#endif
