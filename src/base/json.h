/* base/json.h - strict JSON in, compact JSON out.
 *
 * Reading (jansson behind it): UTF-8 only, no duplicate keys, no NUL in strings, integers of 64 bits exact, at most
 * JSON_DEPTH_MAX deep and JSON_NODES_MAX values. A JsonRef is a value and the place where it stands, so that every
 * complaint carries a JSON pointer (RFC 6901): err.path is "/person/email" and err.msg is "must be a text", so
 * whoever shows it joins both. Values live as long as the arena they were read into. Names begin json_read_ and
 * json_put_, as libjansson owns the rest of json_*.
 *
 * Writing goes to a struct buf and cannot make malformed JSON: wrong nesting is a MUST, and bytes that are not UTF-8
 * become U+FFFD. A full buffer says so itself (buf.overflowed).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define JSON_DEPTH_MAX 32
#define JSON_NODES_MAX 20000
/* Deeper than what can be read, so that a value that was read fits into the writer's own lists. */
#define JSON_WRITE_DEPTH_MAX (JSON_DEPTH_MAX + 16)

enum json_kind {
	JSON_ABSENT,
	JSON_NULL_VALUE,
	JSON_BOOL,
	JSON_INT,
	JSON_REAL_NUMBER,
	JSON_TEXT,
	JSON_LIST,
	JSON_DICT
};

struct json_value;

typedef struct {
	const struct json_value *value; /* NULL: absent */
	const char *path;               /* JSON pointer, "" for the whole */
	struct arena *arena;
} JsonRef;

/* ERR_MALFORMED with line and column, or ERR_TOO_LARGE. */
MUST_USE bool json_read(struct arena *a, Str text, JsonRef *out, struct err *err);

enum json_kind json_read_kind(JsonRef ref);
/* Absent and null are both "not given". */
bool json_read_is_given(JsonRef ref);
JsonRef json_read_member(JsonRef dict, const char *name); /* absent when dict is no dict */
JsonRef json_read_item(JsonRef list, size_t index);
size_t json_read_count(JsonRef ref); /* of a list or dict, else 0 */
/* Members in the order of the text; start with *position 0. False at the end or when it is no dict. */
bool json_read_next(JsonRef dict, size_t *position, Str *name, JsonRef *value);

/* Each fails with ERR_INVALID and the path when the value is absent, of another kind or out of bounds. Texts
 * are at most `max` bytes of valid UTF-8 without NUL. */
MUST_USE bool json_read_text(JsonRef ref, size_t max, Str *out, struct err *err);
/* 9.0 is an integer too, as JSON has one kind of number. */
MUST_USE bool json_read_i64(JsonRef ref, int64_t min, int64_t max, int64_t *out, struct err *err);
MUST_USE bool json_read_real(JsonRef ref, double *out, struct err *err);
MUST_USE bool json_read_bool(JsonRef ref, bool *out, struct err *err);
MUST_USE bool json_read_dict(JsonRef ref, struct err *err); /* is it one? */
MUST_USE bool json_read_list(JsonRef ref, size_t max_items, struct err *err);
/* Not given leaves *out as it is and succeeds. */
MUST_USE bool json_read_text_if_given(JsonRef ref, size_t max, Str *out, struct err *err);
MUST_USE bool json_read_i64_if_given(JsonRef ref, int64_t min, int64_t max, int64_t *out,
                                     struct err *err);
MUST_USE bool json_read_bool_if_given(JsonRef ref, bool *out, struct err *err);
/* Refuses members that are not named: typos must not pass. `names` ends with NULL. */
MUST_USE bool json_read_only(JsonRef dict, const char *const *names, struct err *err);

struct json_writer {
	struct buf *out;
	int depth;
	bool needs_comma, after_key;
	char nesting[JSON_WRITE_DEPTH_MAX];
};

void json_put_start(struct json_writer *w, struct buf *out);
void json_put_dict(struct json_writer *w);
void json_put_dict_end(struct json_writer *w);
void json_put_list(struct json_writer *w);
void json_put_list_end(struct json_writer *w);
void json_put_key(struct json_writer *w, Str key);
void json_put_text(struct json_writer *w, Str text); /* null when text.at is NULL */
void json_put_i64(struct json_writer *w, int64_t value);
void json_put_id(struct json_writer *w, int64_t id); /* as a string; null when 0 */
void json_put_real(struct json_writer *w,
                   double value); /* shortest form that reads back equal; finite */
void json_put_bool(struct json_writer *w, bool value);
void json_put_null(struct json_writer *w);
void json_put_raw(struct json_writer *w, Str json);    /* JSON text made by this writer before */
void json_put_ref(struct json_writer *w, JsonRef ref); /* a value that was read */
/* key and value at once */
void json_put_key_text(struct json_writer *w, const char *key, Str text);
void json_put_key_i64(struct json_writer *w, const char *key, int64_t value);
void json_put_key_id(struct json_writer *w, const char *key, int64_t id);
void json_put_key_real(struct json_writer *w, const char *key, double value);
void json_put_key_bool(struct json_writer *w, const char *key, bool value);
/* null when it is not given */
void json_put_key_i64_if(struct json_writer *w, const char *key, bool given, int64_t value);
void json_put_key_real_if(struct json_writer *w, const char *key, bool given, double value);
/* An instant (UTC microseconds) as RFC 3339 with milliseconds; null when 0. */
void json_put_key_time(struct json_writer *w, const char *key, int64_t instant);

#endif
