/* feedback/understood.h - what was understood of a comment, as answers are counted by it: blind to the score.
 *
 * Sentiment and polarity are those of text/blind_sentiment.h, so that they may stand beside the score. A comment that says nothing
 * ("none", ".") is told from one in a language that is not read; an answer without a reading has neither. A theme is
 * mentioned where the machine found it and nobody took it away, or where somebody added it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_UNDERSTOOD_H
#define FEEDBACK_UNDERSTOOD_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Kept in three bits of a row's marks (feedback/cube_view.h). The four labels are comments that say something. */
#define UNDERSTOODS(X)                        \
	X(UNDERSTOOD_NO_READING, "")          \
	X(UNDERSTOOD_NEGATIVE, "negative")    \
	X(UNDERSTOOD_NEUTRAL, "neutral")      \
	X(UNDERSTOOD_POSITIVE, "positive")    \
	X(UNDERSTOOD_MIXED, "mixed")          \
	X(UNDERSTOOD_NOTHING_SAID, "nothing") \
	X(UNDERSTOOD_NOT_ANALYSED, "not_analysed")

#define UNDERSTOOD_ENUM(name, word) name,
enum understood { UNDERSTOODS(UNDERSTOOD_ENUM) UNDERSTOOD_COUNT };
#undef UNDERSTOOD_ENUM

/* Of a row of `reading`: `blind` is an enum sentiment_label where is_judged. */
enum understood understood_of(bool is_covered, int64_t low_effort, bool is_judged, int64_t blind);
Str understood_word(enum understood u); /* at NULL: no reading */
bool understood_find(Str word, enum understood *out);
bool understood_says(enum understood u);

/* How a comment speaks of a theme. A comment may praise and criticise the same one. */
#define THEME_SAYINGS_OF(X)                                 \
	X(THEME_NAMED, "named", -2, 2)                      \
	X(THEME_PRAISED, "praised", (double)THEME_PLAIN, 2) \
	X(THEME_CRITICISED, "criticised", -2, -(double)THEME_PLAIN)

#define THEME_SAYING_ENUM(saying, word, above, below) saying,
enum theme_saying { THEME_SAYINGS_OF(THEME_SAYING_ENUM) THEME_SAYINGS };
#undef THEME_SAYING_ENUM

/* Polarities between these, both left out, say it. */
void theme_saying_bounds(enum theme_saying saying, double *above, double *below);
/* Bits 1 << enum theme_saying. */
unsigned theme_sayings_of(double polarity);

#endif
