/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/form.h"

#include "base/utf8.h"

/* The byte that "%XX" at `at` stands for, -1 when it does not. */
static int escape_at(Str raw, size_t at)
{
	if (raw.len - at < 3)
		return -1;
	int high = str_hex_digit(raw.at[at + 1]), low = str_hex_digit(raw.at[at + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool form_decode(struct arena *a, Str raw, bool plus, Str *out, struct err *err)
{
	char *to = arena_alloc(a, raw.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < raw.len; i++) {
		int byte = (unsigned char)raw.at[i];
		if (byte == '+' && plus) {
			byte = ' ';
		} else if (byte == '%') {
			byte = escape_at(raw, i);
			i += 2;
		}
		if (byte < 0)
			return err_set(err, ERR_MALFORMED,
			               "a %% is not followed by two hexadecimal digits");
		if (byte == 0)
			return err_set(err, ERR_MALFORMED, "the character U+0000 is not allowed");
		to[len++] = (char)byte;
	}
	Str decoded = { to, len };
	if (!utf8_is_valid(decoded))
		return err_set(err, ERR_MALFORMED, "this is not valid UTF-8");
	*out = decoded;
	return true;
}

static bool field_parse(struct arena *a, Str pair, struct form_field *out, struct err *err)
{
	Str name;
	str_cut(&pair, '=', &name);
	if (!form_decode(a, name, true, &out->name, err))
		return false;
	if (form_decode(a, pair, true, &out->value, err))
		return true;
	struct err why = *err;
	return err_at(err, why.kind, str_printf(a, "/%.*s", STR_FMT(out->name)).at, "%s", why.msg);
}

bool form_parse(struct arena *a, Str raw, size_t max_fields, struct form *out, struct err *err)
{
	Str rest = raw, pair;
	size_t count = 0;
	while (str_cut(&rest, '&', &pair))
		count += pair.len > 0;
	if (count > max_fields)
		return err_set(err, ERR_TOO_LARGE, "the form has more than %zu fields", max_fields);
	struct form_field *fields = ARENA_ARRAY(a, struct form_field, count);
	count = 0;
	rest = raw;
	while (str_cut(&rest, '&', &pair)) {
		if (pair.len == 0)
			continue;
		if (!field_parse(a, pair, &fields[count], err))
			return false;
		count++;
	}
	*out = (struct form){ .fields = fields, .count = count };
	return true;
}

Str form_find(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (str_eq(form->fields[i].name, str_of(name)))
			return form->fields[i].value;
	return (Str){ NULL, 0 };
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

void form_encode(struct buf *out, Str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (is_unreserved(text.at[i]))
			buf_add_char(out, text.at[i]);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)text.at[i]);
	}
}

void form_put(struct buf *out, Str name, Str value)
{
	char last = out->len ? out->at[out->len - 1] : '&';
	if (last != '&' && last != '?')
		buf_add_char(out, '&');
	form_encode(out, name);
	buf_add_char(out, '=');
	form_encode(out, value);
}
