/* survey/translation_gaps.h - what a survey says in its own language and not yet in one that it was translated into.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_TRANSLATION_GAPS_H
#define SURVEY_TRANSLATION_GAPS_H

#include "survey/definition.h"

struct translation_gap {
	Str language;
	Str path; /* JSON pointer of the text that is missing: "/translations/de/follow_up/all" */
	Str text; /* what is shown instead, in the survey's own language or Heed's English */
};

/* In the order of the languages and of the page. What the owner left to Heed's own words is missing only in a language that
 * Heed does not speak. */
void translation_gaps_find(struct arena *a, const struct definition *d,
                           struct translation_gap **out, size_t *count);

#endif
