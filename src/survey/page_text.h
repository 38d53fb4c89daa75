/* survey/page_text.h - every text of a survey page in one language: the owner's where there is one, else the built-in one. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_PAGE_TEXT_H
#define SURVEY_PAGE_TEXT_H

#include "survey/definition.h"
#include "survey/wording.h"

struct page_words {
	const struct wording
	    *built_in; /* buttons and notices; English for a language that is not ours */
	bool rtl;
	Str title, question, low, high;
	bool follow_up_one; /* follow_up[0] is for all */
	Str follow_up[GROUP_COUNT], thanks[GROUP_COUNT];
	Str button[GROUP_COUNT]; /* at NULL: none */
	Str question_text[DEFINITION_QUESTIONS_MAX];
	Str choice_text[DEFINITION_QUESTIONS_MAX][DEFINITION_CHOICES_MAX];
};

/* `language` is what language_pick gave. Texts live in the arena or are views of the definition. */
void page_words_find(struct arena *a, const struct definition *d, Str language, Str brand,
                     struct page_words *out);
const struct wording *page_words_built_in(Str language);
Str page_words_confirm(struct arena *a, const struct page_words *words, int score);
/* Without a score: the title. */
Str page_words_your_score(struct arena *a, const struct page_words *words, int score);

#endif
