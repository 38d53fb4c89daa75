/* text/question.h - what a question asks to hear: what is good, what is bad, or neither.
 *
 * "What could we do better?" is answered with what is bad, whatever the words: "the parking". The question's own words say
 * so, by short lists for each language; a question that asks for both, or for reasons, asks for neither.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_QUESTION_H
#define TEXT_QUESTION_H

#include "text/words.h"

enum question_leaning { QUESTION_ASKS_BAD = -1, QUESTION_OPEN = 0, QUESTION_ASKS_GOOD = 1 };

/* `w` is the question, read in its language. */
enum question_leaning question_leaning(const struct words *w);

#endif
