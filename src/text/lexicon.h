/* text/lexicon.h - what single words say: how good or bad people found them, and words that change what is beside them.
 *
 * English is VADER's lexicon (C. Hutto and E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
 * Media Text", ICWSM 2014: means of ten raters), the others are AFINN's words (F. Å. Nielsen, 2011) in translation, both from npm
 * packages as the build meets them; src/text/lexicon.txt adds words of feedback. tools/lexicon.c makes the tables.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include "text/tongue.h"

enum lexicon_cue {
	LEXICON_PLAIN,
	LEXICON_MORE,  /* "very": strengthens what follows */
	LEXICON_LESS,  /* "slightly": weakens it */
	LEXICON_TOO,   /* more than is good */
	LEXICON_WISH,  /* asks for something: "please", "needs" */
	LEXICON_COULD, /* and what is good is not there yet: "könnte", "podría" */
};

struct lexicon_word {
	float valence; /* -4..4; 0: none */
	enum lexicon_cue cue;
};

/* Of a folded word or, failing that, its stem. All zero when neither is listed. */
struct lexicon_word lexicon_find(enum tongue t, Str folded, Str stem);
/* Has the language words at all? */
bool lexicon_knows(enum tongue t);

/* What tools/lexicon.c writes. Slots are found by the hash modulo their number, a power of two, then one by one. */
#define LEXICON_STEPS 30

struct lexicon_row {
	uint32_t at; /* in `text` */
	uint8_t len;
	int8_t valence; /* times LEXICON_STEPS */
	uint8_t cue;
	bool stem;
};

struct lexicon_table {
	const char *text;
	const struct lexicon_row *rows;
	const uint16_t *slots; /* row + 1; 0: empty */
	uint32_t slot_count;
};

extern const struct lexicon_table lexicon_tables[TONGUE_COUNT];

static inline uint32_t lexicon_hash(Str word, bool stem)
{
	uint32_t hash = stem ? 0x811C9DC4u : 0x811C9DC5u;
	for (size_t i = 0; i < word.len; i++)
		hash = (hash ^ (unsigned char)word.at[i]) * 0x01000193u;
	return hash ^ hash >> 15;
}

#endif
