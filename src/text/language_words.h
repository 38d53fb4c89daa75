/* text/language_words.h - the commonest words of each language, those of comments among them.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_LANGUAGE_WORDS_H
#define TEXT_LANGUAGE_WORDS_H

#include "text/tongue.h"

/* In lower case, parted by spaces; empty for languages that their script tells. */
Str language_words(enum tongue t);

#endif
