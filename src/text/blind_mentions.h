/* text/blind_mentions.h - mentions of themes as ratings that are blind to the score, for stats/drivers.h.
 *
 * A mention and its polarity come from the text alone (text/themes.h, text/sentiment.h with the shipped weights): neither has seen
 * the score. So they may stand beside it. Two ratings a theme: 1 where it is spoken of badly, or well; 0 where not.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_BLIND_MENTIONS_H
#define TEXT_BLIND_MENTIONS_H

#include "stats/blind.h"
#include "text/themes.h"

/* For at most `count` answers in their order; in the arena. */
struct blind_mentions;
struct blind_mentions *blind_mentions_new(struct arena *a, size_t count);
/* The next answer. */
void blind_mentions_add(struct blind_mentions *b, const struct theme_mentions *m);
/* In the arena; also how many answers have it. */
const struct blind_rating *blind_mentions_rating(const struct blind_mentions *b, struct arena *a,
                                                 uint16_t theme, bool good, size_t *mentions);

#endif
