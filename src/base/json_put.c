/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/utf8.h"
#include "base/zone.h"

/* Below it a double tells each thousandth from the next. */
#define THOUSANDTHS_MAX 1e9

void json_put_start(struct json_writer *w, struct buf *out)
{
	*w = (struct json_writer){ .out = out };
}

/* What stands before any value: a comma, or nothing. In a dict a value needs its key. */
static void before_value(struct json_writer *w)
{
	MUST(w->after_key || w->depth == 0 || w->nesting[w->depth - 1] == '[');
	MUST(w->depth > 0 || !w->needs_comma);
	if (w->needs_comma)
		buf_add_char(w->out, ',');
	w->needs_comma = true;
	w->after_key = false;
}

static void open_nesting(struct json_writer *w, char bracket)
{
	before_value(w);
	MUST(w->depth < JSON_WRITE_DEPTH_MAX);
	w->nesting[w->depth++] = bracket;
	w->needs_comma = false;
	buf_add_char(w->out, bracket);
}

static void close_nesting(struct json_writer *w, char opened, char bracket)
{
	MUST(w->depth > 0 && w->nesting[w->depth - 1] == opened && !w->after_key);
	w->depth--;
	w->needs_comma = true;
	buf_add_char(w->out, bracket);
}

void json_put_dict(struct json_writer *w)
{
	open_nesting(w, '{');
}

void json_put_dict_end(struct json_writer *w)
{
	close_nesting(w, '{', '}');
}

void json_put_list(struct json_writer *w)
{
	open_nesting(w, '[');
}

void json_put_list_end(struct json_writer *w)
{
	close_nesting(w, '[', ']');
}

static void add_control(struct buf *out, unsigned char c)
{
	switch (c) {
	case '\n':
		buf_add(out, STR("\\n"));
		break;
	case '\r':
		buf_add(out, STR("\\r"));
		break;
	case '\t':
		buf_add(out, STR("\\t"));
		break;
	default:
		buf_printf(out, "\\u%04x", (unsigned)c);
	}
}

/* Length of the run at the start that needs no escape. */
static size_t plain_run(Str text)
{
	size_t used = 0;
	while (used < text.len) {
		unsigned char c = (unsigned char)text.at[used];
		uint32_t cp;
		size_t len = 1;
		if (c < 0x20 || c == '"' || c == '\\')
			break;
		if (c >= 0x80 && (len = utf8_decode(str_from(text, used), &cp)) == 0)
			break;
		used += len;
	}
	return used;
}

static void add_quoted(struct buf *out, Str text)
{
	buf_add_char(out, '"');
	while (text.len) {
		size_t plain = plain_run(text);
		buf_add(out, str_slice(text, 0, plain));
		text = str_from(text, plain);
		if (text.len == 0)
			break;
		unsigned char c = (unsigned char)text.at[0];
		if (c == '"' || c == '\\') {
			buf_add_char(out, '\\');
			buf_add_char(out, (char)c);
		} else if (c < 0x20) {
			add_control(out, c);
		} else {
			buf_add(out, STR("\xEF\xBF\xBD"));
		}
		text = str_from(text, 1);
	}
	buf_add_char(out, '"');
}

void json_put_key(struct json_writer *w, Str key)
{
	MUST(w->depth > 0 && w->nesting[w->depth - 1] == '{' && !w->after_key);
	if (w->needs_comma)
		buf_add_char(w->out, ',');
	add_quoted(w->out, key);
	buf_add_char(w->out, ':');
	w->needs_comma = false;
	w->after_key = true;
}

void json_put_text(struct json_writer *w, Str text)
{
	if (!text.at) {
		json_put_null(w);
		return;
	}
	before_value(w);
	add_quoted(w->out, text);
}

void json_put_i64(struct json_writer *w, int64_t value)
{
	before_value(w);
	buf_printf(w->out, "%" PRId64, value);
}

void json_put_id(struct json_writer *w, int64_t id)
{
	if (id == 0) {
		json_put_null(w);
		return;
	}
	before_value(w);
	buf_printf(w->out, "\"%" PRId64 "\"", id);
}

/* Most numbers have three decimals at most; they need no search for the fewest digits. */
static bool put_thousandths(struct json_writer *w, double value)
{
	double thousandths = fabs(value) < THOUSANDTHS_MAX ? round(value * 1000) : (double)NAN;
	if (!(thousandths / 1000 == value))
		return false;
	uint64_t n = (uint64_t)fabs(thousandths), part = n % 1000;
	char text[32], *at = text + sizeof text, *end = at;
	for (int place = 0; place < 3; place++, part /= 10) {
		bool ends = at == end; /* nothing but zeros so far */
		if (!ends || part % 10)
			*--at = (char)('0' + part % 10);
	}
	if (at < end)
		*--at = '.';
	n /= 1000;
	do
		*--at = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	if (value < 0)
		*--at = '-';
	buf_add(w->out, (Str){ at, (size_t)(end - at) });
	return true;
}

void json_put_real(struct json_writer *w, double value)
{
	MUST(isfinite(value));
	before_value(w);
	/* "-0" would be read as the integer 0, whose text is another. */
	if (value == 0)
		value = 0;
	if (put_thousandths(w, value))
		return;
	char text[32];
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	buf_add(w->out, str_of(text));
}

void json_put_bool(struct json_writer *w, bool value)
{
	before_value(w);
	buf_add(w->out, value ? STR("true") : STR("false"));
}

void json_put_null(struct json_writer *w)
{
	before_value(w);
	buf_add(w->out, STR("null"));
}

void json_put_raw(struct json_writer *w, Str json)
{
	MUST(json.len > 0);
	before_value(w);
	buf_add(w->out, json);
}

void json_put_key_text(struct json_writer *w, const char *key, Str text)
{
	json_put_key(w, str_of(key));
	json_put_text(w, text);
}

void json_put_key_i64(struct json_writer *w, const char *key, int64_t value)
{
	json_put_key(w, str_of(key));
	json_put_i64(w, value);
}

void json_put_key_id(struct json_writer *w, const char *key, int64_t id)
{
	json_put_key(w, str_of(key));
	json_put_id(w, id);
}

void json_put_key_real(struct json_writer *w, const char *key, double value)
{
	json_put_key(w, str_of(key));
	json_put_real(w, value);
}

void json_put_key_i64_if(struct json_writer *w, const char *key, bool given, int64_t value)
{
	json_put_key(w, str_of(key));
	if (given)
		json_put_i64(w, value);
	else
		json_put_null(w);
}

void json_put_key_real_if(struct json_writer *w, const char *key, bool given, double value)
{
	json_put_key(w, str_of(key));
	if (given)
		json_put_real(w, value);
	else
		json_put_null(w);
}

void json_put_key_bool(struct json_writer *w, const char *key, bool value)
{
	json_put_key(w, str_of(key));
	json_put_bool(w, value);
}

void json_put_key_time(struct json_writer *w, const char *key, int64_t instant)
{
	json_put_key(w, str_of(key));
	if (instant == 0) {
		json_put_null(w);
		return;
	}
	char text[32];
	time_write(instant, text);
	json_put_text(w, str_of(text));
}
