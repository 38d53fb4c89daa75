/* survey/wording.c - finding a language's texts and filling their holes. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/wording.h"
#include "survey/wording_texts.h"

#include "base/arena.h"
#include "base/die.h"

#include <string.h>

const struct wording *wording_at(size_t number)
{
	MUST(number < WORDING_COUNT);
	return &wording_texts[number];
}

static Str primary_subtag(Str tag)
{
	size_t len = 0;
	while (len < tag.len && tag.at[len] != '-' && tag.at[len] != '_')
		len++;
	return str_slice(tag, 0, len);
}

const struct wording *wording_find(Str language_tag)
{
	Str primary = primary_subtag(language_tag);
	for (size_t i = 0; i < WORDING_COUNT; i++) {
		if (str_eq_ignoring_ascii_case(primary, wording_texts[i].code))
			return &wording_texts[i];
	}
	return NULL;
}

bool wording_is_rtl(Str language_tag)
{
	static const char *const rtl[] = { "ar", "he", "fa",  "ur", "ps",
		                           "yi", "dv", "ckb", "sd", "ug" };
	Str primary = primary_subtag(language_tag);
	for (size_t i = 0; i < sizeof(rtl) / sizeof(*rtl); i++) {
		if (str_eq_ignoring_ascii_case(primary, str_of(rtl[i])))
			return true;
	}
	return false;
}

static Str fill_first(struct arena *a, Str text, size_t at, size_t hole_len, Str value)
{
	char *out = arena_alloc(a, text.len - hole_len + value.len + 1);
	memcpy(out, text.at, at);
	if (value.len > 0)
		memcpy(out + at, value.at, value.len);
	size_t rest = text.len - at - hole_len;
	if (rest > 0)
		memcpy(out + at + value.len, text.at + at + hole_len, rest);
	return (Str){ out, at + value.len + rest };
}

Str wording_fill(struct arena *a, Str text, Str name, Str value)
{
	Str hole = str_printf(a, "{%.*s}", STR_FMT(name));
	size_t from = 0;
	for (;;) {
		size_t at = str_find(str_from(text, from), hole);
		if (at == SIZE_MAX)
			return text;
		text = fill_first(a, text, from + at, hole.len, value);
		from += at + value.len;
	}
}
