/* survey/language.h - the language a respondent sees a survey in.
 *
 * A survey speaks its own language, those its owner translated it into, and, as long as the owner left the questions as
 * they are, every language of survey/wording.h. An owner's question that nobody translated is never put among built-in
 * texts of another language: such a page would speak two.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SURVEY_LANGUAGE_H
#define SURVEY_LANGUAGE_H

#include "survey/definition.h"

#define LANGUAGE_PREFERENCES_MAX 12
#define LANGUAGE_TAG_MAX         35 /* RFC 5646 */

struct language_preferences {
	Str tags[LANGUAGE_PREFERENCES_MAX]; /* best first */
	size_t count;
};

/* Letters, digits and '-', 2 to LANGUAGE_TAG_MAX. */
bool language_is_tag(Str tag);
/* Appends a tag if it is one and there is room; what is empty or ill-formed is left out. */
void language_prefer(struct language_preferences *p, Str tag);
/* Appends what an Accept-Language header asks for, by its weights. */
void language_prefer_header(struct language_preferences *p, Str header);

/* The tag to show: the first preference that the survey speaks, else its own language. */
Str language_pick(const struct definition *d, const struct language_preferences *p);
/* The same for a page without a survey: the first built-in language, else English. */
Str language_pick_built_in(const struct language_preferences *p);

#endif
