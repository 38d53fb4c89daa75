/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/urgent.h"

#include "text/urgent_words.h"

Str urgent_name(enum urgent_kind kind)
{
#define URGENT_NAME(k, name) [k] = name,
	static const char *const names[] = { URGENT_KINDS(URGENT_NAME) };
#undef URGENT_NAME
	return str_of(names[kind]);
}

bool urgent_reads(enum tongue t)
{
	size_t count;
	const struct pattern_list *lists = urgent_words(&count);
	for (size_t i = 0; i < count; i++)
		if (lists[i].tongue == t)
			return true;
	return false;
}

const struct patterns *urgent_make(struct arena *a)
{
	size_t count;
	const struct pattern_list *lists = urgent_words(&count);
	return patterns_make(a, lists, count);
}

void urgent_find(const struct patterns *phrases, struct arena *a, const struct plain_words *w,
                 struct urgent *out)
{
	struct pattern_hit *hits;
	size_t count = patterns_find(phrases, a, w, &hits);
	*out = (struct urgent){ .finds = ARENA_ARRAY(a, struct urgent_find, count + 1) };
	for (size_t i = 0; i < count; i++) {
		const struct word *first = &w->words->words[hits[i].first];
		const struct word *last = first + hits[i].count - 1;
		enum urgent_kind kind = (enum urgent_kind)(hits[i].label - 1);
		out->kinds |= 1u << kind;
		out->finds[out->count++] =
		    (struct urgent_find){ kind, first->from, last->from + last->len - first->from };
	}
}
