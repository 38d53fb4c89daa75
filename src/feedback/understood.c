/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/understood.h"

#include "text/blind_sentiment.h"
#include "text/themes.h"

static const char *const words[] = {
#define UNDERSTOOD_WORD(name, word) [name] = word,
	UNDERSTOODS(UNDERSTOOD_WORD)
#undef UNDERSTOOD_WORD
};

_Static_assert(UNDERSTOOD_NEGATIVE == SENTIMENT_NEGATIVE + 1 &&
                   UNDERSTOOD_NEUTRAL == SENTIMENT_NEUTRAL + 1 &&
                   UNDERSTOOD_POSITIVE == SENTIMENT_POSITIVE + 1 &&
                   UNDERSTOOD_MIXED == SENTIMENT_MIXED + 1,
               "labels stand one behind no reading");

enum understood understood_of(bool is_covered, int64_t low_effort, bool is_judged, int64_t blind)
{
	if (low_effort != 0)
		return UNDERSTOOD_NOTHING_SAID;
	if (!is_covered || !is_judged || blind < 0 || blind >= SENTIMENT_LABEL_COUNT)
		return UNDERSTOOD_NOT_ANALYSED;
	return (enum understood)(blind + 1);
}

Str understood_word(enum understood u)
{
	return u == UNDERSTOOD_NO_READING ? (Str){ 0 } : str_of(words[u]);
}

bool understood_find(Str word, enum understood *out)
{
	for (int u = UNDERSTOOD_NO_READING + 1; u < UNDERSTOOD_COUNT; u++)
		if (str_eq(word, str_of(words[u]))) {
			*out = (enum understood)u;
			return true;
		}
	return false;
}

bool understood_says(enum understood u)
{
	return u >= UNDERSTOOD_NEGATIVE && u <= UNDERSTOOD_MIXED;
}

void theme_saying_bounds(enum theme_saying saying, double *above, double *below)
{
	static const double bounds[][2] = {
#define THEME_SAYING_BOUNDS(saying, word, above, below) [saying] = { above, below },
		THEME_SAYINGS_OF(THEME_SAYING_BOUNDS)
#undef THEME_SAYING_BOUNDS
	};
	*above = bounds[saying][0];
	*below = bounds[saying][1];
}

unsigned theme_sayings_of(double polarity)
{
	unsigned bits = 0;
	for (int saying = 0; saying < THEME_SAYINGS; saying++) {
		double above, below;
		theme_saying_bounds((enum theme_saying)saying, &above, &below);
		bits |= polarity > above && polarity < below ? 1U << saying : 0;
	}
	return bits;
}
