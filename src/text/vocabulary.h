/* text/vocabulary.h - what is known of a word by itself: its stem, whether it says little, what it does to its neighbours.
 *
 * Stemming and looking up cost more than all else that is done to a word, and most words of a comment are common ones: those
 * met last are remembered, a fixed number of them, each in the one place that its letters give it. What is told is the same
 * whether a word was remembered or not. A vocabulary belongs to one thread at a time.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_VOCABULARY_H
#define TEXT_VOCABULARY_H

#include "base/arena.h"
#include "text/tongue.h"

struct known_word {
	Str stem; /* the folded word where the language has no stemmer; else in it, or in the arena */
	uint8_t roles; /* by enum tongue_role */
	bool stop;
};

struct vocabulary;
struct vocabulary *vocabulary_open(void);
void vocabulary_close(struct vocabulary *v); /* NULL is fine */

/* Of a folded word of letters. */
struct known_word vocabulary_tell(struct vocabulary *v, struct arena *a, Str folded,
                                  enum tongue tongue);
/* The stem alone, not remembered. Of words longer than WORD_BYTES_MAX (text/words.h) they themselves. */
Str vocabulary_stem(struct vocabulary *v, struct arena *a, Str folded, enum tongue tongue);

#endif
