/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/translation_gaps.h"

#include "survey/wording.h"

/* Question, two labels, follow-up, thanks and button by group, and the further questions with their choices. */
#define GAPS_MAX (3 + 3 * GROUP_COUNT + DEFINITION_QUESTIONS_MAX * (1 + DEFINITION_CHOICES_MAX))

struct search {
	struct arena *arena;
	const struct definition *definition;
	const struct definition_translation *translation;
	bool spoken; /* Heed has its own words in this language */
	struct translation_gap *gaps;
	size_t count;
};

static void look(struct search *s, Str path, Str translated, Str own, Str built_in)
{
	if (translated.at || (!own.at && s->spoken))
		return;
	Str language = s->translation->language;
	s->gaps[s->count++] = (struct translation_gap){
		.language = language,
		.path = str_printf(s->arena, "/translations/%.*s/%.*s", STR_FMT(language),
		                   STR_FMT(path)),
		.text = own.at ? own : built_in,
	};
}

static void look_by_group(struct search *s, const char *member, bool one,
                          const Str translated[static GROUP_COUNT],
                          const Str own[static GROUP_COUNT], const Str built_in[static GROUP_COUNT])
{
	for (int g = GROUP_COUNT - 1; g >= (one ? GROUP_COUNT - 1 : 0); g--) {
		const char *group = one ? "all" : score_group_name((enum score_group)g);
		look(s, str_printf(s->arena, "%s/%s", member, group), translated[g], own[g],
		     built_in[g]);
	}
}

static bool one_for_all(const Str own[static GROUP_COUNT])
{
	return own[0].at && own[1].at && own[2].at && str_eq(own[0], own[1]) &&
	       str_eq(own[1], own[2]);
}

static void look_at_texts(struct search *s)
{
	const struct definition_texts *own = &s->definition->texts, *t = &s->translation->texts;
	const struct wording *w = wording_at(0);
	bool one = s->definition->follow_up_one;
	const Str why[GROUP_COUNT] = { one ? w->reason : w->detractor, one ? w->reason : w->passive,
		                       one ? w->reason : w->promoter };
	const Str thanks[GROUP_COUNT] = { w->thanks_detractor, w->thanks_passive,
		                          w->thanks_promoter };
	look(s, STR("question"), t->question, own->question, w->question);
	look(s, STR("low_label"), t->low_label, own->low_label, w->low);
	look(s, STR("high_label"), t->high_label, own->high_label, w->high);
	look_by_group(s, "follow_up", one, t->follow_up, own->follow_up, why);
	look_by_group(s, "thanks", one_for_all(own->thanks), t->thanks, own->thanks, thanks);
}

static void look_at_buttons(struct search *s)
{
	const struct definition *d = s->definition;
	bool one = thanks_buttons_same(d->buttons);
	for (int g = GROUP_COUNT - 1; g >= (one ? GROUP_COUNT - 1 : 0); g--) {
		const char *group = one ? "all" : score_group_name((enum score_group)g);
		if (d->buttons[g].text.at)
			look(s, str_printf(s->arena, "thanks_button/%s", group),
			     s->translation->button_text[g], d->buttons[g].text, (Str){ 0 });
	}
}

static void look_at_questions(struct search *s)
{
	const struct definition *d = s->definition;
	for (size_t q = 0; q < d->question_count; q++) {
		const struct definition_question *question = &d->questions[q];
		Str at = str_printf(s->arena, "questions/%.*s", STR_FMT(question->key));
		look(s, str_printf(s->arena, "%.*s/text", STR_FMT(at)),
		     s->translation->question_text[q], question->text, (Str){ 0 });
		for (size_t c = 0; c < question->choice_count; c++)
			look(s,
			     str_printf(s->arena, "%.*s/choices/%.*s", STR_FMT(at),
			                STR_FMT(question->choices[c].key)),
			     s->translation->choice_text[q][c], question->choices[c].text,
			     (Str){ 0 });
	}
}

void translation_gaps_find(struct arena *a, const struct definition *d,
                           struct translation_gap **out, size_t *count)
{
	struct search s = { .arena = a, .definition = d };
	s.gaps = ARENA_ARRAY(a, struct translation_gap, GAPS_MAX * d->translation_count);
	for (size_t i = 0; i < d->translation_count; i++) {
		s.translation = &d->translations[i];
		s.spoken = wording_find(s.translation->language) != NULL;
		look_at_texts(&s);
		look_at_buttons(&s);
		look_at_questions(&s);
	}
	*out = s.gaps;
	*count = s.count;
}
