/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/properties.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/die.h"

/* Every byte of a name or a value may need six in JSON. */
#define TEXT_MAX (PROPERTIES_MERGED_MAX * 6 * (PROPERTY_NAME_MAX + PROPERTY_VALUE_MAX + 16))

static bool name_check(Str name, const char *path, struct err *err)
{
	if (!name.len)
		return err_at(err, ERR_INVALID, path, "a property needs a name");
	if (name.len > PROPERTY_NAME_MAX)
		return err_at(err, ERR_INVALID, path, "the name is longer than %d bytes",
		              PROPERTY_NAME_MAX);
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < 0x20 || name.at[i] == 0x7f)
			return err_at(err, ERR_INVALID, path, "the name holds a control character");
	return true;
}

static bool value_read(JsonRef ref, struct property *p, struct err *err)
{
	p->kind = json_read_kind(ref);
	switch (p->kind) {
	case JSON_TEXT:
		return json_read_text(ref, PROPERTY_VALUE_MAX, &p->text, err);
	case JSON_INT:
		return json_read_i64(ref, INT64_MIN, INT64_MAX, &p->i64, err);
	case JSON_REAL_NUMBER:
		if (!json_read_real(ref, &p->real, err))
			return false;
		p->real += 0.0; /* -0.0 would read back as the integer 0 */
		return true;
	case JSON_BOOL: {
		bool truth;
		if (!json_read_bool(ref, &truth, err))
			return false;
		p->i64 = truth;
		return true;
	}
	case JSON_ABSENT:
	case JSON_NULL_VALUE:
	case JSON_LIST:
	case JSON_DICT:
		break;
	}
	return err_at(err, ERR_INVALID, ref.path, "must be a text, a number, true or false");
}

bool properties_read(struct arena *a, JsonRef dict, Str *out, struct err *err)
{
	if (!json_read_is_given(dict)) {
		*out = PROPERTIES_NONE;
		return true;
	}
	if (!json_read_dict(dict, err))
		return false;
	size_t members = json_read_count(dict);
	if (members > PROPERTIES_MAX)
		return err_at(err, ERR_INVALID, dict.path, "has more than %d properties",
		              PROPERTIES_MAX);
	struct property all[PROPERTIES_MAX] = { 0 };
	size_t count = 0, position = 0;
	Str name;
	JsonRef value;
	while (json_read_next(dict, &position, &name, &value)) {
		if (!name_check(name, value.path, err))
			return false;
		if (!json_read_is_given(value))
			continue;
		all[count].name = name;
		if (!value_read(value, &all[count++], err))
			return false;
	}
	return properties_write(a, all, count, out, err);
}

static void value_put(struct json_writer *w, const struct property *p)
{
	json_put_key(w, p->name);
	if (p->kind == JSON_TEXT)
		json_put_text(w, p->text);
	else if (p->kind == JSON_INT)
		json_put_i64(w, p->i64);
	else if (p->kind == JSON_REAL_NUMBER)
		json_put_real(w, p->real);
	else
		json_put_bool(w, p->i64 != 0);
}

/* `all` is sorted and without doubles. */
static Str canonical(struct arena *a, const struct property *all, size_t count)
{
	struct buf out;
	struct json_writer w;
	buf_init(&out, TEXT_MAX);
	json_put_start(&w, &out);
	json_put_dict(&w);
	for (size_t i = 0; i < count; i++)
		value_put(&w, &all[i]);
	json_put_dict_end(&w);
	MUST(!out.overflowed);
	Str text = str_copy(a, buf_str(&out));
	buf_free(&out);
	return text;
}

/* Stable, so that of two with one name the first stays in front. */
static void sort_by_name(struct property *all, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct property p = all[i];
		size_t at = i;
		for (; at > 0 && str_cmp(all[at - 1].name, p.name) > 0; at--)
			all[at] = all[at - 1];
		all[at] = p;
	}
}

bool properties_write(struct arena *a, struct property *all, size_t count, Str *out,
                      struct err *err)
{
	if (count > PROPERTIES_MAX)
		return err_set(err, ERR_INVALID, "there are more than %d properties",
		               PROPERTIES_MAX);
	for (size_t i = 0; i < count; i++) {
		char path[PROPERTY_NAME_MAX + 2];
		snprintf(path, sizeof path, "/%.*s", STR_FMT(str_slice(all[i].name, 0, 64)));
		if (!name_check(all[i].name, path, err))
			return false;
		if (all[i].kind == JSON_TEXT && all[i].text.len > PROPERTY_VALUE_MAX)
			return err_at(err, ERR_INVALID, path, "is longer than %d bytes",
			              PROPERTY_VALUE_MAX);
	}
	sort_by_name(all, count);
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (!kept || !str_eq(all[kept - 1].name, all[i].name))
			all[kept++] = all[i];
	*out = canonical(a, all, kept);
	return true;
}

static bool list_damaged(struct err *err)
{
	return err_set(err, ERR_CORRUPT, "the stored properties are not what Heed wrote");
}

bool properties_list(struct arena *a, Str canonical_text, struct property **out, size_t *count,
                     struct err *err)
{
	JsonRef dict;
	if (str_eq(canonical_text, PROPERTIES_NONE)) {
		*out = NULL;
		*count = 0;
		return true;
	}
	if (!json_read(a, canonical_text, &dict, err) || !json_read_dict(dict, err))
		return list_damaged(err);
	struct property *all = ARENA_ARRAY(a, struct property, json_read_count(dict));
	size_t n = 0, position = 0;
	JsonRef value;
	for (Str name; json_read_next(dict, &position, &name, &value); n++) {
		all[n].name = name;
		if (!value_read(value, &all[n], err))
			return list_damaged(err);
	}
	*out = all;
	*count = n;
	return true;
}

Str properties_of_list(struct arena *a, const struct property *all, size_t count)
{
	return canonical(a, all, count);
}

/* Both lists in name order; the result too. */
static size_t merge(const struct property *under, size_t n, const struct property *over, size_t m,
                    struct property *out)
{
	size_t i = 0, k = 0, count = 0;
	size_t room = PROPERTIES_MERGED_MAX > m ? PROPERTIES_MERGED_MAX - m : 0;
	while (i < n || k < m) {
		int order = i == n ? 1 : k == m ? -1 : str_cmp(under[i].name, over[k].name);
		if (order < 0) {
			if (room) {
				out[count++] = under[i];
				room--;
			}
			i++;
			continue;
		}
		out[count++] = over[k++];
		i += order == 0;
	}
	return count;
}

bool properties_merge(struct arena *a, Str under, Str over, Str *out, struct err *err)
{
	if (str_eq(over, PROPERTIES_NONE) || str_eq(under, over)) {
		*out = under;
		return true;
	}
	struct property *lower, *upper;
	size_t n, m;
	if (!properties_list(a, under, &lower, &n, err) ||
	    !properties_list(a, over, &upper, &m, err))
		return false;
	struct property *both = ARENA_ARRAY(a, struct property, n + m);
	*out = canonical(a, both, merge(lower, n, upper, m, both));
	return true;
}

Str property_text(struct arena *a, const struct property *p)
{
	if (p->kind == JSON_TEXT)
		return p->text;
	if (p->kind == JSON_BOOL)
		return p->i64 ? STR("true") : STR("false");
	if (p->kind == JSON_INT)
		return str_printf(a, "%" PRId64, p->i64);
	struct buf out;
	struct json_writer w;
	buf_init(&out, 64);
	json_put_start(&w, &out);
	json_put_real(&w, p->real);
	Str text = str_copy(a, buf_str(&out));
	buf_free(&out);
	return text;
}

/* Where the value of a name begins in canonical text, SIZE_MAX when it has none. Inside a text every quote is escaped, so
 * a quote right behind '{' or ',' with the name and '":' behind it opens a name. */
static size_t value_place(Str canonical, Str name)
{
	for (size_t at = 0; at + name.len + 3 < canonical.len; at++) {
		at = str_find_char(canonical, '"', at);
		if (at == SIZE_MAX || at == 0)
			return SIZE_MAX;
		char before = canonical.at[at - 1];
		if ((before == '{' || before == ',') &&
		    str_eq(str_slice(canonical, at + 1, name.len), name) &&
		    str_eq(str_slice(canonical, at + 1 + name.len, 2), STR("\":")))
			return at + name.len + 3;
	}
	return SIZE_MAX;
}

/* A text without escapes, a whole number or a truth, which stand as they are; false for the others. */
static bool plain_value(Str rest, Str *out)
{
	bool text = str_starts(rest, STR("\""));
	if (text)
		rest = str_from(rest, 1);
	for (size_t i = 0; i < rest.len; i++) {
		char c = rest.at[i];
		if (text ? c == '"' : c == ',' || c == '}') {
			*out = str_slice(rest, 0, i);
			return true;
		}
		if (text ? c == '\\' : c == '.' || c == 'E' || c == '+')
			return false;
	}
	return false;
}

/* Without reading the whole: figures ask this of each answer. */
bool properties_value_of(struct arena *a, Str canonical, Str name, Str *out, struct err *err)
{
	struct property *all;
	size_t count;
	*out = (Str){ 0 };
	if (str_find_char(name, '"', 0) == SIZE_MAX && str_find_char(name, '\\', 0) == SIZE_MAX) {
		size_t at = value_place(canonical, name);
		if (at == SIZE_MAX || plain_value(str_from(canonical, at), out))
			return true;
	}
	if (!properties_list(a, canonical, &all, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (str_eq(all[i].name, name))
			*out = property_text(a, &all[i]);
	return true;
}

/* A text from the quote at `at`; SIZE_MAX when it has an escape, else where its closing quote stands. */
static size_t plain_text(Str text, size_t at, Str *out)
{
	size_t end = str_find_char(text, '"', at + 1);
	if (end == SIZE_MAX)
		return SIZE_MAX;
	*out = str_slice(text, at + 1, end - at - 1);
	return str_find_char(*out, '\\', 0) == SIZE_MAX ? end : SIZE_MAX;
}

enum properties_walk properties_next(Str canonical, size_t *position, Str *name, Str *value)
{
	size_t at = *position + 1;
	if (at >= canonical.len || canonical.at[at] != '"')
		return WALK_END;
	size_t colon = plain_text(canonical, at, name);
	if (colon == SIZE_MAX)
		return WALK_HARD;
	Str rest = str_from(canonical, colon + 2);
	if (!plain_value(rest, value))
		return WALK_HARD;
	size_t quotes = rest.at[0] == '"' ? 2 : 0;
	*position = colon + 2 + value->len + quotes;
	return WALK_ONE;
}
