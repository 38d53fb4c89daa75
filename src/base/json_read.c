/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "base/die.h"
#include "base/utf8.h"

struct json_value {
	enum json_kind kind;
	union {
		bool truth;
		int64_t number;
		double real;
		Str text;
		struct {
			const struct json_value *items;
			const Str *names; /* dicts only */
			size_t count;
		};
	};
};

/* A value of jansson's on its way into the arena, and where it stands. Chained, so that a path costs nothing
 * until somebody complains. */
struct place {
	const struct place *parent;
	const char *name; /* NULL: item `index` */
	size_t index;
};

static void path_add(struct buf *b, const char *name)
{
	buf_add_char(b, '/');
	for (; *name; name++) {
		if (*name == '~')
			buf_add(b, STR("~0"));
		else if (*name == '/')
			buf_add(b, STR("~1"));
		else
			buf_add_char(b, *name);
	}
}

static void place_write(const struct place *at, struct buf *b)
{
	if (!at)
		return;
	place_write(at->parent, b);
	if (at->name)
		path_add(b, at->name);
	else
		buf_printf(b, "/%zu", at->index);
}

static bool refuse_nul(const struct place *at, const char *what, struct err *err)
{
	struct buf path;
	char text[sizeof err->path];
	buf_init(&path, sizeof text);
	place_write(at, &path);
	utf8_copy_valid(text, sizeof text, buf_str(&path));
	buf_free(&path);
	return err_at(err, ERR_INVALID, text, "%s must not hold the character U+0000", what);
}

static bool value_copy(struct arena *a, json_t *from, const struct place *at, struct json_value *to,
                       struct err *err);

static bool text_copy(struct arena *a, const json_t *from, const struct place *at,
                      struct json_value *to, struct err *err)
{
	Str text = { json_string_value(from), json_string_length(from) };
	if (str_find_char(text, '\0', 0) != SIZE_MAX)
		return refuse_nul(at, "the text", err);
	to->kind = JSON_TEXT;
	to->text = str_copy(a, text);
	return true;
}

static bool list_copy(struct arena *a, const json_t *from, const struct place *at,
                      struct json_value *to, struct err *err)
{
	size_t count = json_array_size(from);
	struct json_value *items = ARENA_ARRAY(a, struct json_value, count);
	for (size_t i = 0; i < count; i++) {
		struct place here = { .parent = at, .index = i };
		if (!value_copy(a, json_array_get(from, i), &here, &items[i], err))
			return false;
	}
	to->kind = JSON_LIST;
	to->items = items;
	to->count = count;
	return true;
}

static bool dict_copy(struct arena *a, json_t *from, const struct place *at, struct json_value *to,
                      struct err *err)
{
	size_t count = json_object_size(from), i = 0;
	struct json_value *items = ARENA_ARRAY(a, struct json_value, count);
	Str *names = ARENA_ARRAY(a, Str, count);
	const char *name;
	json_t *member;
	json_object_foreach(from, name, member)
	{
		struct place here = { .parent = at, .name = name };
		names[i] = str_copy(a, str_of(name));
		if (!value_copy(a, member, &here, &items[i], err))
			return false;
		i++;
	}
	MUST(i == count);
	to->kind = JSON_DICT;
	to->items = items;
	to->names = names;
	to->count = count;
	return true;
}

static bool value_copy(struct arena *a, json_t *from, const struct place *at, struct json_value *to,
                       struct err *err)
{
	switch (json_typeof(from)) {
	case JSON_OBJECT:
		return dict_copy(a, from, at, to, err);
	case JSON_ARRAY:
		return list_copy(a, from, at, to, err);
	case JSON_STRING:
		return text_copy(a, from, at, to, err);
	case JSON_INTEGER:
		*to = (struct json_value){ .kind = JSON_INT, .number = json_integer_value(from) };
		return true;
	case JSON_REAL:
		*to =
		    (struct json_value){ .kind = JSON_REAL_NUMBER, .real = json_real_value(from) };
		return true;
	case JSON_TRUE:
	case JSON_FALSE:
		*to = (struct json_value){ .kind = JSON_BOOL, .truth = json_is_true(from) };
		return true;
	case JSON_NULL:
		*to = (struct json_value){ .kind = JSON_NULL_VALUE };
		return true;
	}
	UNREACHABLE();
}

/* Depth and number of values, counted before jansson allocates or recurses. Up to the first error both read
 * the same tokens, and behind it jansson does not go. */
static bool check_size(Str text, struct err *err)
{
	size_t depth = 0, nodes = 1;
	bool in_text = false, fresh = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (in_text) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_text = false;
			continue;
		}
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
			continue;
		nodes += fresh && c != ']' && c != '}';
		fresh = c == '[' || c == '{';
		nodes += c == ',';
		in_text = c == '"';
		if (fresh && ++depth > JSON_DEPTH_MAX)
			return err_set(err, ERR_TOO_LARGE, "the JSON is nested more than %d deep",
			               JSON_DEPTH_MAX);
		if ((c == ']' || c == '}') && depth > 0)
			depth--;
		if (nodes > JSON_NODES_MAX)
			return err_set(err, ERR_TOO_LARGE, "the JSON holds more than %d values",
			               JSON_NODES_MAX);
	}
	return true;
}

bool json_read(struct arena *a, Str text, JsonRef *out, struct err *err)
{
	if (str_starts(text, STR("\xEF\xBB\xBF")))
		text = str_from(text, 3);
	if (text.len == 0)
		return err_set(err, ERR_MALFORMED, "the JSON is empty");
	if (!check_size(text, err))
		return false;
	json_error_t why;
	json_t *tree = json_loadb(text.at, text.len,
	                          JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &why);
	if (!tree)
		return err_set(err, ERR_MALFORMED, "line %d, column %d: %s", why.line, why.column,
		               why.text);
	struct json_value *value = ARENA_NEW(a, struct json_value);
	bool ok = value_copy(a, tree, NULL, value, err);
	json_decref(tree);
	if (ok)
		*out = (JsonRef){ .value = value, .path = "", .arena = a };
	return ok;
}

enum json_kind json_read_kind(JsonRef ref)
{
	return ref.value ? ref.value->kind : JSON_ABSENT;
}

bool json_read_is_given(JsonRef ref)
{
	return json_read_kind(ref) != JSON_ABSENT && json_read_kind(ref) != JSON_NULL_VALUE;
}

/* The place of a member or item below `parent`, present or not. */
static const char *path_below(JsonRef parent, const char *name)
{
	size_t base = strlen(parent.path), len = base + 2;
	for (const char *c = name; *c; c++)
		len += *c == '~' || *c == '/' ? 2 : 1;
	struct buf b;
	buf_init(&b, len);
	buf_add(&b, (Str){ parent.path, base });
	path_add(&b, name);
	const char *path = str_copy_c(parent.arena, buf_str(&b));
	buf_free(&b);
	return path;
}

JsonRef json_read_member(JsonRef dict, const char *name)
{
	if (!dict.arena)
		return dict;
	JsonRef member = { .path = path_below(dict, name), .arena = dict.arena };
	if (json_read_kind(dict) != JSON_DICT)
		return member;
	Str wanted = str_of(name);
	for (size_t i = 0; i < dict.value->count; i++)
		if (str_eq(dict.value->names[i], wanted))
			member.value = &dict.value->items[i];
	return member;
}

JsonRef json_read_item(JsonRef list, size_t index)
{
	if (!list.arena)
		return list;
	JsonRef item = { .arena = list.arena };
	item.path = str_printf(list.arena, "%s/%zu", list.path, index).at;
	if (json_read_kind(list) == JSON_LIST && index < list.value->count)
		item.value = &list.value->items[index];
	return item;
}

size_t json_read_count(JsonRef ref)
{
	enum json_kind kind = json_read_kind(ref);
	return kind == JSON_LIST || kind == JSON_DICT ? ref.value->count : 0;
}

bool json_read_next(JsonRef dict, size_t *position, Str *name, JsonRef *value)
{
	if (json_read_kind(dict) != JSON_DICT || *position >= dict.value->count)
		return false;
	size_t i = (*position)++;
	*name = dict.value->names[i];
	*value = (JsonRef){ .value = &dict.value->items[i],
		            .path = path_below(dict, name->at),
		            .arena = dict.arena };
	return true;
}

static bool refuse_kind(JsonRef ref, const char *wanted, struct err *err)
{
	const char *path = ref.path ? ref.path : "";
	if (!json_read_is_given(ref))
		return err_at(err, ERR_INVALID, path, "is required and must be %s", wanted);
	return err_at(err, ERR_INVALID, path, "must be %s", wanted);
}

bool json_read_text(JsonRef ref, size_t max, Str *out, struct err *err)
{
	if (json_read_kind(ref) != JSON_TEXT)
		return refuse_kind(ref, "a text", err);
	if (ref.value->text.len > max)
		return err_at(err, ERR_INVALID, ref.path, "is longer than %zu bytes", max);
	*out = ref.value->text;
	return true;
}

static bool integer_of(const struct json_value *v, int64_t *out)
{
	if (v->kind == JSON_INT) {
		*out = v->number;
		return true;
	}
	/* Above 2^53 a real no longer says which integer it meant. */
	if (v->kind != JSON_REAL_NUMBER || fabs(v->real) > 9007199254740992.0 ||
	    trunc(v->real) != v->real)
		return false;
	*out = (int64_t)v->real;
	return true;
}

bool json_read_i64(JsonRef ref, int64_t min, int64_t max, int64_t *out, struct err *err)
{
	int64_t number;
	if (!ref.value || !integer_of(ref.value, &number))
		return refuse_kind(ref, "an integer", err);
	if (number < min || number > max)
		return err_at(err, ERR_INVALID, ref.path,
		              "must be between %" PRId64 " and %" PRId64, min, max);
	*out = number;
	return true;
}

bool json_read_real(JsonRef ref, double *out, struct err *err)
{
	enum json_kind kind = json_read_kind(ref);
	if (kind != JSON_REAL_NUMBER && kind != JSON_INT)
		return refuse_kind(ref, "a number", err);
	*out = kind == JSON_INT ? (double)ref.value->number : ref.value->real;
	return true;
}

bool json_read_bool(JsonRef ref, bool *out, struct err *err)
{
	if (json_read_kind(ref) != JSON_BOOL)
		return refuse_kind(ref, "true or false", err);
	*out = ref.value->truth;
	return true;
}

bool json_read_dict(JsonRef ref, struct err *err)
{
	return json_read_kind(ref) == JSON_DICT || refuse_kind(ref, "an object", err);
}

bool json_read_list(JsonRef ref, size_t max_items, struct err *err)
{
	if (json_read_kind(ref) != JSON_LIST)
		return refuse_kind(ref, "a list", err);
	if (ref.value->count > max_items)
		return err_at(err, ERR_INVALID, ref.path, "has more than %zu items", max_items);
	return true;
}

bool json_read_text_if_given(JsonRef ref, size_t max, Str *out, struct err *err)
{
	return !json_read_is_given(ref) || json_read_text(ref, max, out, err);
}

bool json_read_i64_if_given(JsonRef ref, int64_t min, int64_t max, int64_t *out, struct err *err)
{
	return !json_read_is_given(ref) || json_read_i64(ref, min, max, out, err);
}

bool json_read_bool_if_given(JsonRef ref, bool *out, struct err *err)
{
	return !json_read_is_given(ref) || json_read_bool(ref, out, err);
}

static bool is_one_of(Str name, const char *const *names)
{
	for (; *names; names++)
		if (str_eq(name, str_of(*names)))
			return true;
	return false;
}

bool json_read_only(JsonRef dict, const char *const *names, struct err *err)
{
	if (!json_read_dict(dict, err))
		return false;
	for (size_t i = 0; i < dict.value->count; i++)
		if (!is_one_of(dict.value->names[i], names))
			return err_at(err, ERR_INVALID, path_below(dict, dict.value->names[i].at),
			              "is not a field known here");
	return true;
}

/* Depth is bounded by what json_read lets in. */
void json_put_ref(struct json_writer *w, JsonRef ref)
{
	const struct json_value *v = ref.value;
	switch (json_read_kind(ref)) {
	case JSON_ABSENT:
	case JSON_NULL_VALUE:
		json_put_null(w);
		return;
	case JSON_BOOL:
		json_put_bool(w, v->truth);
		return;
	case JSON_INT:
		json_put_i64(w, v->number);
		return;
	case JSON_REAL_NUMBER:
		json_put_real(w, v->real);
		return;
	case JSON_TEXT:
		json_put_text(w, v->text);
		return;
	case JSON_LIST:
		json_put_list(w);
		for (size_t i = 0; i < v->count; i++)
			json_put_ref(w, (JsonRef){ .value = &v->items[i] });
		json_put_list_end(w);
		return;
	case JSON_DICT:
		json_put_dict(w);
		for (size_t i = 0; i < v->count; i++) {
			json_put_key(w, v->names[i]);
			json_put_ref(w, (JsonRef){ .value = &v->items[i] });
		}
		json_put_dict_end(w);
		return;
	}
	UNREACHABLE();
}
