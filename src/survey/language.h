/* survey/language.h - the language a respondent sees a survey in.
 *
 * A survey speaks its own language, those its owner translated it into, and, as long as the owner left the questions as
 * they are, every language of survey/wording.h. An owner's question that nobody translated is never put among built-in
 * texts of another language: such a page would speak two.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_LANGUAGE_H
#define SURVEY_LANGUAGE_H

#include "base/language.h"
#include "survey/definition.h"

/* The tag to show: the first preference that the survey speaks, else its own language. */
Str language_pick(const struct definition *d, const struct language_preferences *p);
/* The same for a page without a survey: the first built-in language, else English. */
Str language_pick_built_in(const struct language_preferences *p);

#endif
