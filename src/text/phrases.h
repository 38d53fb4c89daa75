/* text/phrases.h - what a comment talks of: words and short phrases that carry content, with where they stand.
 *
 * A phrase is one to PHRASE_WORDS neighbouring words within a clause, none of them a stop word but "of" and its kin in the
 * middle ("ease of use"); numbers and marks part it. Two spellings are one phrase when their stems are equal. Content words
 * alone are phrases as well. Stop words are function words of the language (articles, pronouns, auxiliaries, prepositions,
 * conjunctions), and what every comment says ("very", "really").
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_PHRASES_H
#define TEXT_PHRASES_H

#include "text/words.h"

#define PHRASE_WORDS 3

struct phrase {
	uint64_t key;          /* equal for equal stems in one language; 0 for none */
	uint32_t first, count; /* of words */
	uint32_t from, len;    /* bytes of the text */
};

/* In the order they begin, shorter first; in the arena. */
void phrases_of(struct arena *a, const struct words *w, struct phrase **out, size_t *count);

bool stop_word(enum tongue t, Str folded);

#endif
