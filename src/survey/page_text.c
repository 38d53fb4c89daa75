/* survey/page_text.c - choosing among the owner's texts, their translation and the built-in wording. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/page_text.h"

#include "base/arena.h"

const struct wording *page_words_built_in(Str language)
{
	const struct wording *wording = wording_find(language);
	return wording ? wording : wording_at(0);
}

/* What one text may be taken from, in one language. */
struct sources {
	struct arena *arena;
	Str brand; /* between isolates, so that it keeps its own direction */
	const struct definition_texts *own,
	    *translation;   /* translation NULL: in the own language, or none */
	bool speaks_own;    /* the page is in the survey's own language */
	bool built_in_fits; /* built-in texts are in the page's language */
};

static Str pick(const struct sources *s, Str translated, Str own, Str built_in)
{
	Str text = built_in;
	if (translated.at)
		text = translated;
	else if (own.at && (s->speaks_own || s->translation || !s->built_in_fits))
		text = own;
	return wording_fill(s->arena, text, STR("brand"), s->brand);
}

#define NOT_GIVEN ((Str){ NULL, 0 })
#define PICK(s, member, built_in)                                                            \
	pick((s), (s)->translation ? (s)->translation->member : NOT_GIVEN, (s)->own->member, \
	     (built_in))

static void find_by_group(const struct sources *s, const struct wording *w, struct page_words *out)
{
	const Str follow_up[GROUP_COUNT] = { w->detractor, w->passive, w->promoter };
	const Str thanks[GROUP_COUNT] = { w->thanks_detractor, w->thanks_passive,
		                          w->thanks_promoter };
	for (int g = 0; g < GROUP_COUNT; g++) {
		Str built_in = out->follow_up_one ? w->reason : follow_up[g];
		out->follow_up[g] = PICK(s, follow_up[g], built_in);
		out->thanks[g] = PICK(s, thanks[g], thanks[g]);
	}
}

static void find_buttons(const struct sources *s, const struct definition *d,
                         const struct definition_translation *t, struct page_words *out)
{
	for (int g = 0; g < GROUP_COUNT; g++) {
		Str text = t && t->button_text[g].at ? t->button_text[g] : d->buttons[g].text;
		out->button[g] =
		    text.at ? wording_fill(s->arena, text, STR("brand"), s->brand) : NOT_GIVEN;
	}
}

static void find_questions(const struct definition *d, const struct definition_translation *t,
                           struct page_words *out)
{
	for (size_t q = 0; q < d->question_count; q++) {
		Str text = t ? t->question_text[q] : NOT_GIVEN;
		out->question_text[q] = text.at ? text : d->questions[q].text;
		for (size_t c = 0; c < d->questions[q].choice_count; c++) {
			Str choice = t ? t->choice_text[q][c] : NOT_GIVEN;
			out->choice_text[q][c] =
			    choice.at ? choice : d->questions[q].choices[c].text;
		}
	}
}

void page_words_find(struct arena *a, const struct definition *d, Str language, Str brand,
                     struct page_words *out)
{
	const struct wording *w = page_words_built_in(language);
	const struct definition_translation *t = definition_translation_find(d, language);
	*out = (struct page_words){ .built_in = w, .rtl = wording_is_rtl(language) };
	out->follow_up_one = d->follow_up_one;
	struct sources s = {
		.arena = a,
		.brand = str_printf(a, "\u2068%.*s\u2069", STR_FMT(brand)),
		.own = &d->texts,
		.translation = t ? &t->texts : NULL,
		.speaks_own = str_eq_ignoring_ascii_case(language, d->language),
		.built_in_fits = wording_find(language) != NULL,
	};
	out->title = wording_fill(a, w->title, STR("brand"), brand);
	out->question = PICK(&s, question, w->question);
	out->low = PICK(&s, low_label, w->low);
	out->high = PICK(&s, high_label, w->high);
	find_by_group(&s, w, out);
	find_buttons(&s, d, t, out);
	find_questions(d, t, out);
}

static Str with_score(struct arena *a, Str text, int score)
{
	return wording_fill(a, text, STR("score"), str_printf(a, "%d", score));
}

Str page_words_confirm(struct arena *a, const struct page_words *words, int score)
{
	return with_score(a, words->built_in->confirm, score);
}

Str page_words_your_score(struct arena *a, const struct page_words *words, int score)
{
	return score < 0 ? words->title : with_score(a, words->built_in->your_score, score);
}
