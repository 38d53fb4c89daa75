/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey.h"

#include "base/fold.h"
#include "base/utf8.h"

/* U+00E0..U+017F without their marks; '-' where there is no letter like it. */
static const char plain[] = "aaaaaaaceeeeiiiidnooooo-ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg"
			    "gggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssss"
			    "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
_Static_assert(sizeof plain - 1 == 0x180 - 0xe0, "one letter a code point");

static char slug_char(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return (char)c;
	return c >= 0xe0 && c < 0x180 ? plain[c - 0xe0] : '-';
}

Str survey_slug_of(struct arena *a, Str name)
{
	Str rest = fold_text(a, name);
	char *out = arena_alloc(a, SURVEY_SLUG_MAX);
	size_t n = 0;
	while (rest.len && n < SURVEY_SLUG_MAX) {
		uint32_t c;
		size_t len = utf8_decode(rest, &c);
		char letter = slug_char(c);
		if (letter != '-' || (n && out[n - 1] != '-'))
			out[n++] = letter;
		rest = str_from(rest, len ? len : 1);
	}
	while (n && out[n - 1] == '-')
		n--;
	return n ? (Str){ out, n } : STR("survey");
}
