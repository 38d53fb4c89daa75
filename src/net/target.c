/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "net/head.h"

static bool is_plain(Str raw)
{
	for (size_t i = 0; i < raw.len; i++) {
		unsigned char c = (unsigned char)raw.at[i];
		if (c <= ' ' || c >= 0x7f || c == '#')
			return false;
	}
	return true;
}

static bool has_control(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] < ' ' || s.at[i] == 0x7f)
			return true;
	return false;
}

static bool part_check(Str part, bool last, struct err *err)
{
	if (part.len == 0 && !last)
		return err_set(err, ERR_MALFORMED, "The path has an empty part.");
	if (str_eq(part, STR(".")) || str_eq(part, STR("..")))
		return err_set(err, ERR_MALFORMED, "The path has a part of dots.");
	if (has_control(part) || str_find_char(part, '/', 0) != SIZE_MAX)
		return err_set(err, ERR_MALFORMED,
		               "The path has an escaped slash or control character.");
	return true;
}

static bool path_parse(struct arena *a, Str raw, struct target *out, struct err *err)
{
	if (raw.len == 0 || raw.at[0] != '/')
		return err_set(err, ERR_MALFORMED, "The path must start with a slash.");
	out->part_count = 0;
	Str rest = str_from(raw, 1), part;
	while (str_cut(&rest, '/', &part)) {
		if (out->part_count == TARGET_PARTS_MAX)
			return err_set(err, ERR_TOO_LARGE, "The path has too many parts.");
		Str *decoded = &out->parts[out->part_count];
		if (!form_decode(a, part, false, decoded, err) ||
		    !part_check(*decoded, rest.at == NULL, err))
			return false;
		out->part_count++;
	}
	return form_decode(a, raw, false, &out->path, err);
}

/* "http://host/path?query" is cut to its path; what asks so must mean us (RFC 9112, 3.2.2). */
static Str authority_cut(Str raw, struct target *out)
{
	Str http = STR("http://"), https = STR("https://");
	size_t scheme = str_starts(raw, http) ? http.len : str_starts(raw, https) ? https.len : 0;
	if (scheme == 0)
		return raw;
	size_t end = scheme;
	while (end < raw.len && raw.at[end] != '/' && raw.at[end] != '?')
		end++;
	out->authority = str_slice(raw, scheme, end - scheme);
	return str_from(raw, end);
}

bool target_parse(struct arena *a, Str raw, struct target *out, struct http_head *head,
                  struct err *err)
{
	if (raw.len > TARGET_BYTES_MAX)
		return err_set(err, ERR_TOO_LARGE, "The address is longer than %zu bytes.",
		               TARGET_BYTES_MAX);
	if (!is_plain(raw))
		return err_set(err, ERR_MALFORMED,
		               "The address has a character that must be escaped.");
	out->authority = (Str){ NULL, 0 };
	raw = authority_cut(raw, out);
	size_t mark = str_find_char(raw, '?', 0);
	Str path = mark == SIZE_MAX ? raw : str_slice(raw, 0, mark);
	if (path.len == 0 && out->authority.at)
		path = STR("/");
	out->query = mark == SIZE_MAX ? STR("") : str_from(raw, mark + 1);
	if (!path_parse(a, path, out, err))
		return false;
	return form_parse(a, out->query, TARGET_QUERY_MAX, &head->query, err);
}
