/* text/low_effort.h - comments that say nothing: ".", "asdf", "n/a", "nothing to add".
 *
 * They count as "nothing to add", and are in no theme's denominator. What carries a verdict is not of them ("good", a smiling
 * face, "nothing was good"); "ok" alone is. Forms that put words into empty boxes are known ("No Negative"). All languages of
 * the lists are looked through, for so short a text hardly tells its own.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_LOW_EFFORT_H
#define TEXT_LOW_EFFORT_H

#include "text/pattern.h"
#include "text/question.h"

/* Stored: never renumber. */
enum low_effort {
	LOW_EFFORT_NONE,    /* it says something */
	LOW_EFFORT_EMPTY,   /* no letter: "", ".", "10" */
	LOW_EFFORT_NOTHING, /* that there is nothing to say */
	LOW_EFFORT_FILLER,  /* a slip of the keyboard, "ok", "test" */
};

/* Has it a list of how nothing is said in this language? Elsewhere it knows what is empty, and slips. */
bool low_effort_reads(enum tongue t);

const struct patterns *low_effort_make(struct arena *a);
/* `patterns` is what low_effort_make gave, `asked` which way the question leans: "no improvement" says nothing to who asks
 * what could be better. */
enum low_effort low_effort_of(const struct patterns *patterns, struct arena *a,
                              const struct plain_words *w, enum question_leaning asked);

#endif
