/* text/valence.h - how good or bad a text sounds by its words and a few rules, as numbers for a model.
 *
 * The rules are those of VADER (C. Hutto and E. Gilbert, ICWSM 2014): a word's valence is turned by a negation before it (in
 * German and its kin also behind it), raised or lowered by words of degree, capitals and stretching, and what follows a
 * word of contrast counts for itself. To them come what comments are full of: "too small", "no parking", "could be
 * better". The numbers mean the same in every language that text/lexicon.h knows, so what a model learns from them in one
 * language holds in another.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_VALENCE_H
#define TEXT_VALENCE_H

#include "text/lexicon.h"
#include "text/linear.h"
#include "text/words.h"

#define VALENCES(X)                                                                           \
	X(VALENCE_COMPOUND) /* sum, squeezed into -1..1 */                                    \
	X(VALENCE_POSITIVE) /* share of what is positive */                                   \
	X(VALENCE_NEGATIVE)                                                                   \
	X(VALENCE_DENSITY) /* sum over the root of the number of words */                     \
	X(VALENCE_LARGEST) /* of one word, / 4 */                                             \
	X(VALENCE_LEAST)                                                                      \
	X(VALENCE_FIRST) /* of the first and the last word that has any */                    \
	X(VALENCE_LAST)                                                                       \
	X(VALENCE_BEFORE_CONTRAST) /* compound of what stands before and after "but" */       \
	X(VALENCE_AFTER_CONTRAST)                                                             \
	X(VALENCE_BALANCE)      /* 0: one-sided, up to .5: as much good as bad */             \
	X(VALENCE_CLAUSES_GOOD) /* share of the clauses */                                    \
	X(VALENCE_CLAUSES_BAD)                                                                \
	X(VALENCE_NONE)            /* 1: no word has any */                                   \
	X(VALENCE_NEGATIONS)       /* logarithms of counts */                                 \
	X(VALENCE_PLAIN_NEGATIONS) /* that turn no valence: "no parking", "did not work" */   \
	X(VALENCE_BEGINS_NEGATED)  /* 1: the first word is one */                             \
	X(VALENCE_TOO)                                                                        \
	X(VALENCE_WISHES)                                                                     \
	X(VALENCE_WISHED_GOOD) /* positive words within reach of a wish: "could be better" */ \
	X(VALENCE_QUESTIONS)                                                                  \
	X(VALENCE_CRIES)       /* exclamation marks with the sign of the sum */               \
	X(VALENCE_EMOJI)       /* their sum, squeezed */                                      \
	X(VALENCE_LENGTH)      /* logarithm of the number of words, / 5 */                    \
	X(VALENCE_KIN)         /* the same for valences that training gave to more words: */  \
	X(VALENCE_KIN_LARGEST) /* density, largest, least, compound, interest */              \
	X(VALENCE_KIN_LEAST)                                                                  \
	X(VALENCE_KIN_COMPOUND)                                                               \
	X(VALENCE_INTEREST) /* how much words tell an opinion at all */

#define VALENCE_ENUM(name) name,
enum valence_number { VALENCES(VALENCE_ENUM) VALENCE_COUNT };
#undef VALENCE_ENUM

/* What the rules say of each word of a text. */
struct valence {
	float *sign; /* [words->count] -5..5; 0: none */
	float *kin;  /* [words->count] likewise from `kin`; NULL without */
	float *interest;
	uint8_t *mark; /* [words->count] what the numbers count, by enum valence_mark */
};

/* `kin` gives a polarity and an interest to words (feature kind 'w'); NULL: none. In the arena. */
void valence_read(struct arena *a, const struct words *w, const struct linear *kin,
                  struct valence *out);
/* Of the words [first, first + count). */
void valence_numbers(const struct words *w, const struct valence *v, size_t first, size_t count,
                     float numbers[static VALENCE_COUNT]);

#endif
