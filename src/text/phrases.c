/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/phrases.h"

/* Stop words that may stand inside a phrase: "ease of use", "facilidade de uso". */
static const char *const joiners[TONGUE_COUNT] = {
	[TONGUE_EN] = "of",           [TONGUE_FR] = "de du d des", [TONGUE_ES] = "de del",
	[TONGUE_IT] = "di del della", [TONGUE_PT] = "de do da",    [TONGUE_NL] = "van",
};

static bool joins(enum tongue t, Str folded)
{
	Str rest = str_of(joiners[t]), one;
	while (rest.len > 0 && str_cut(&rest, ' ', &one))
		if (str_eq(one, folded))
			return true;
	return false;
}

static bool has_content(const struct word *word)
{
	return word->kind == WORD_LETTERS && word->folded.len > 1 && !word->stop;
}

static uint64_t mixed(uint64_t key, Str stem)
{
	for (size_t i = 0; i < stem.len; i++)
		key = (key ^ (unsigned char)stem.at[i]) * 0x100000001B3ull;
	return (key ^ ' ') * 0x100000001B3ull;
}

/* The phrase of words [first, end), whose ends carry content. */
static struct phrase phrase_at(const struct words *w, size_t first, size_t end)
{
	const struct word *last = &w->words[end - 1];
	struct phrase p = {
		.key = 0xCBF29CE484222325ull,
		.first = (uint32_t)first,
		.count = (uint32_t)(end - first),
		.from = w->words[first].from,
	};
	for (size_t i = first; i < end; i++)
		p.key = mixed(p.key, w->words[i].stem);
	p.key += p.key == 0;
	p.len = last->from + last->len - p.from;
	return p;
}

void phrases_of(struct arena *a, const struct words *w, struct phrase **out, size_t *count)
{
	struct phrase *all = ARENA_ARRAY(a, struct phrase, w->count * PHRASE_WORDS);
	size_t n = 0;
	for (size_t first = 0; first < w->count; first++) {
		if (!has_content(&w->words[first]))
			continue;
		for (size_t end = first + 1; end <= w->count && end - first <= PHRASE_WORDS;
		     end++) {
			const struct word *last = &w->words[end - 1];
			if (last->clause != w->words[first].clause)
				break;
			if (has_content(last))
				all[n++] = phrase_at(w, first, end);
			else if (last->kind != WORD_LETTERS || !joins(w->tongue, last->folded))
				break;
		}
	}
	*out = all;
	*count = n;
}
