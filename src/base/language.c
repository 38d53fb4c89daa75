/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/language.h"

bool language_is_tag(Str tag)
{
	if (tag.len < 2 || tag.len > LANGUAGE_TAG_MAX)
		return false;
	for (size_t i = 0; i < tag.len; i++) {
		char c = tag.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '-')))
			return false;
	}
	return tag.at[tag.len - 1] != '-';
}

void language_prefer(struct language_preferences *p, Str tag)
{
	tag = str_trim(tag);
	if (p->count < LANGUAGE_PREFERENCES_MAX && language_is_tag(tag))
		p->tags[p->count++] = tag;
}

/* "0.85" in thousandths; no weight is 1. What is no weight counts as 0. */
static int weight(Str parameters)
{
	Str part;
	while (str_cut(&parameters, ';', &part)) {
		part = str_trim(part);
		if (!str_starts(part, STR("q=")) && !str_starts(part, STR("Q=")))
			continue;
		double q;
		if (!str_to_double(str_from(part, 2), &q) || !(q >= 0 && q <= 1))
			return 0;
		return (int)(q * 1000);
	}
	return 1000;
}

void language_prefer_header(struct language_preferences *p, Str header)
{
	struct {
		Str tag;
		int weight;
	} asked[LANGUAGE_PREFERENCES_MAX];
	size_t count = 0;
	Str part, tag;
	while (header.at && count < LANGUAGE_PREFERENCES_MAX && str_cut(&header, ',', &part)) {
		if (!str_cut(&part, ';', &tag))
			continue;
		int w = part.at ? weight(part) : 1000;
		if (w == 0)
			continue;
		size_t at = count++;
		for (; at > 0 && asked[at - 1].weight < w; at--)
			asked[at] = asked[at - 1];
		asked[at].tag = tag;
		asked[at].weight = w;
	}
	for (size_t i = 0; i < count; i++)
		language_prefer(p, asked[i].tag);
}
