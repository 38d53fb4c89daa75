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
/* One of a theme's two ratings. */
struct blind_side {
	uint16_t theme;
	bool good;
};
/* How many answers have each: counts[2 x theme + good]. */
void blind_mentions_count(const struct blind_mentions *b,
                          size_t counts[static 2 * TAXONOMY_THEMES_MAX]);
/* How many have both. */
size_t blind_mentions_both(const struct blind_mentions *b, struct blind_side x,
                           struct blind_side y);
/* In the arena. */
const struct blind_rating *blind_mentions_rating(const struct blind_mentions *b, struct arena *a,
                                                 struct blind_side side);

#endif
