/* text/negation.h - which negations of a text turn nothing round, and which do so only together with another.
 *
 * "plus" and "personne" negate behind a "ne" of their clause. "Without doubt the best", "it could not be better", "I was never
 * so happy", "can't recommend it enough" and "second to none" are no negations of what is good.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_NEGATION_H
#define TEXT_NEGATION_H

#include "text/words.h"

/* Settles the roles of words that were read; clauses are closed. Linear in the words. */
void negation_settle(struct words *w);

#endif
