/* text/intent_words.h - the phrases of text/intent.txt.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_INTENT_WORDS_H
#define TEXT_INTENT_WORDS_H

#include "text/pattern.h"

/* Labels are enum intent; 0: what only sounds so. */
const struct pattern_list *intent_words(size_t *count);

#endif
