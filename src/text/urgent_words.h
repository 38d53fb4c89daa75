/* text/urgent_words.h - the phrases of text/urgent.txt.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_URGENT_WORDS_H
#define TEXT_URGENT_WORDS_H

#include "text/pattern.h"

/* Label 0: excused; else 1 + enum urgent_kind. */
const struct pattern_list *urgent_words(size_t *count);

#endif
