/* people/properties.h - small facts with a name: traits of a person, properties of a response.
 *
 * At rest they are canonical JSON: one flat dict, names in byte order, values that are texts, numbers or booleans,
 * written by json_put_*. The same facts always give the same bytes, on every engine and after export and import.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef PEOPLE_PROPERTIES_H
#define PEOPLE_PROPERTIES_H

#include "base/json.h"

#define PROPERTIES_MAX        50
#define PROPERTIES_MERGED_MAX 100
#define PROPERTY_NAME_MAX     64
#define PROPERTY_VALUE_MAX    512

/* No properties: what the database holds when nothing was given. */
#define PROPERTIES_NONE STR("{}")

/* A dict as canonical text. Not given is "{}"; members that are null are left out. Refused with the member's
 * path: more than PROPERTIES_MAX, an empty or long name, a control character in a name, a long value, lists and
 * dicts. */
MUST_USE bool properties_read(struct arena *a, JsonRef dict, Str *out, struct err *err);

struct property {
	Str name;
	enum json_kind kind; /* JSON_TEXT, JSON_INT, JSON_REAL_NUMBER or JSON_BOOL */
	Str text;
	int64_t i64; /* also a boolean's 0 or 1 */
	double real;
};

/* Properties from elsewhere than JSON (a query string, columns of a file) as canonical text: the same limits. The
 * array is sorted in place; of two with one name the first wins. */
MUST_USE bool properties_write(struct arena *a, struct property *all, size_t count, Str *out,
                               struct err *err);
/* Canonical text as an array in name order. ERR_CORRUPT when it is not canonical text. */
MUST_USE bool properties_list(struct arena *a, Str canonical, struct property **out, size_t *count,
                              struct err *err);
/* Some of what properties_list gave, in its order, as canonical text. */
Str properties_of_list(struct arena *a, const struct property *all, size_t count);
/* Both, `over` winning; of more than PROPERTIES_MERGED_MAX the last names of `under` are dropped, so that a
 * person's traits cannot grow without end. */
MUST_USE bool properties_merge(struct arena *a, Str under, Str over, Str *out, struct err *err);
/* A value as text, as filters and figures compare it: "true", "12", "12.5", or the text itself. */
Str property_text(struct arena *a, const struct property *p);
/* The value of one name in canonical text, as property_text has it; at NULL when there is none. Made for asking it of each
 * of many answers. */
MUST_USE bool properties_value_of(struct arena *a, Str canonical, Str name, Str *out,
                                  struct err *err);
/* Steps through canonical text without reading it whole: start with *position 0. A value is as property_text has it.
 * WALK_HARD: here stands what needs properties_list (an escape, a number with a fraction). */
enum properties_walk { WALK_END, WALK_ONE, WALK_HARD };
enum properties_walk properties_next(Str canonical, size_t *position, Str *name, Str *value);

#endif
