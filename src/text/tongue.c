/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/tongue.h"

#include <string.h>

#define TONGUE_ROW(name, code, stemmer) { code, stemmer },
static const struct {
	const char *code, *stemmer;
} rows[] = { TONGUES(TONGUE_ROW) };
#undef TONGUE_ROW

/* Folded words between spaces, with a space at both ends. */
static const char *const elision[TONGUE_COUNT] = {
	[TONGUE_FR] = " l d j m t s c n qu jusqu lorsqu puisqu quoiqu ",
	[TONGUE_IT] = (" l d c un dell all nell sull dall coll quell quest bell buon sant com dov "
	               "cos quant mezz m t s v "),
};

Str tongue_code(enum tongue t)
{
	return str_of(rows[t].code);
}

enum tongue tongue_of_tag(Str tag)
{
	Str language = { tag.at, 0 };
	while (language.len < tag.len && tag.at[language.len] != '-' && tag.at[language.len] != '_')
		language.len++;
	for (enum tongue t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++)
		if (str_eq_ignoring_ascii_case(language, str_of(rows[t].code)))
			return t;
	/* Both written forms of Norwegian read alike here. */
	bool norwegian = str_eq_ignoring_ascii_case(language, STR("nb")) ||
	                 str_eq_ignoring_ascii_case(language, STR("nn"));
	return norwegian ? TONGUE_NO : TONGUE_OTHER;
}

const char *tongue_stemmer(enum tongue t)
{
	return rows[t].stemmer[0] ? rows[t].stemmer : NULL;
}

#define LISTED_MAX 24

bool tongue_listed(const char *list, Str word)
{
	char between[LISTED_MAX + 2];
	if (!list || word.len == 0 || word.len > LISTED_MAX)
		return false;
	between[0] = ' ';
	memcpy(between + 1, word.at, word.len);
	between[word.len + 1] = ' ';
	return memmem(list, strlen(list), between, word.len + 2) != NULL;
}

bool tongue_elides(enum tongue t, Str folded)
{
	return elision[t] && tongue_listed(elision[t], folded);
}
