/* text/sayings.h - phrases that say good or bad as a whole, whatever their words do: "hats off", "can't live without it".
 *
 * Their words have no feeling of their own and deny nothing. A fault that was mended ("the bug was fixed") is praise, but a
 * negation in it counts ("was not fixed"). What was once so ("used to", "antes era") turns what is good behind it. The
 * what would be good ("sería genial") is neither. Marks ("9/10", "100%", "A+") are verdicts. The
 * phrases are our own, src/text/sayings.txt, in seven languages.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_SAYINGS_H
#define TEXT_SAYINGS_H

#include "text/pattern.h"

/* In the arena. */
const struct patterns *sayings_make(struct arena *a);
/* Settles the roles and `saying` of words that are read. What it needs meanwhile is in the arena, too. */
void sayings_settle(const struct patterns *sayings, struct arena *a, struct words *w);

#endif
