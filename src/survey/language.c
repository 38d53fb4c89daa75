/* survey/language.c - from what a respondent asks for to what the survey speaks. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/language.h"
#include "survey/wording.h"

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
