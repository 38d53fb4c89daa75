/* survey/language.c - from what a respondent asks for to what the survey speaks. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/language.h"
#include "survey/wording.h"

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

static Str primary(Str tag)
{
	size_t dash = str_find_char(tag, '-', 0);
	return dash == SIZE_MAX ? tag : str_slice(tag, 0, dash);
}

static bool owner_wrote_questions(const struct definition *d)
{
	if (d->texts.question.at || d->question_count > 0)
		return true;
	for (int g = 0; g < GROUP_COUNT; g++) {
		if (d->texts.follow_up[g].at)
			return true;
	}
	return false;
}

Str language_pick(const struct definition *d, const struct language_preferences *p)
{
	bool built_in = !owner_wrote_questions(d);
	for (size_t i = 0; i < p->count; i++) {
		const struct definition_translation *translation =
		    definition_translation_find(d, p->tags[i]);
		if (translation)
			return translation->language;
		if (str_eq_ignoring_ascii_case(primary(p->tags[i]), primary(d->language)))
			return d->language;
		const struct wording *wording = built_in ? wording_find(p->tags[i]) : NULL;
		if (wording)
			return wording->code;
	}
	return d->language;
}

Str language_pick_built_in(const struct language_preferences *p)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct wording *wording = wording_find(p->tags[i]);
		if (wording)
			return wording->code;
	}
	return wording_at(0)->code;
}
