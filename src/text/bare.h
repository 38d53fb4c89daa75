/* text/bare.h - a word without its accents: "crème" and "creme", "fácil" and "facil" are one.
 *
 * People leave accents out when they are in a hurry, so seeds are compared without them. Marks are taken off as Unicode's canonical
 * decomposition has them; letters that are no letter with a mark ("ø", "ł") stay. What is ASCII is given back as it is.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_BARE_H
#define TEXT_BARE_H

#include "base/arena.h"
#include "base/str.h"

Str bare_word(struct arena *a, Str folded);

#endif
