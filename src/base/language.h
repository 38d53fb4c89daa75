/* base/language.h - the languages that somebody prefers, best first.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include "base/str.h"

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

#endif
