/* text/taxonomy.h - the themes that comments may be about, and the words that speak of them; a file that people edit.
 *
 * A file is UTF-8 text of lines. What begins with # is a note. A theme is its key in brackets and the lines below it:
 *
 *	[food]
 *	name: Food                       as people read it; "name de: Essen" in another language
 *	industries: hospitality, retail  who is shown it without asking; "all" is everybody
 *	en: pizza, tast*, =bill          seeds in English, parted by commas; a line may come again
 *	en maybe: cold near <drinks>     seeds that count only where the sentence, too, speaks of the theme
 *	en not: fast food                words in which no seed of the theme counts
 *	any: wifi                        seeds in whatever language
 *
 * A seed is one to four words. A word stands for all that have its stem; "tast*" for what begins so, "*preis" for what ends so,
 * "=bill" for this form alone. Accents and capitals do not matter. ".." between words leaves room for up to three others
 * ("took .. forever"). "near a|b|<theme>" asks for one of these in the same sentence, "unless a|b" for none of them; in angle brackets
 * it is a theme of the file, by any of its own seeds that has no condition.
 *
 * Texts of a taxonomy live in the arena. It is constant once read.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_TAXONOMY_H
#define TEXT_TAXONOMY_H

#include "base/arena.h"
#include "base/err.h"
#include "text/tongue.h"

#define TAXONOMY_BYTES_MAX        ((size_t)1 << 20)
#define TAXONOMY_THEMES_MAX       64
#define TAXONOMY_SEEDS_MAX        20000
#define TAXONOMY_WORDS_MAX        4  /* of a seed */
#define TAXONOMY_ALTERNATIVES_MAX 32 /* behind near or unless */
#define TAXONOMY_NAME_MAX         64 /* bytes of a key, a name, a word */

#define INDUSTRIES(X)                          \
	X(INDUSTRY_SAAS, "saas")               \
	X(INDUSTRY_RETAIL, "retail")           \
	X(INDUSTRY_TELECOMS, "telecoms")       \
	X(INDUSTRY_HOSPITALITY, "hospitality") \
	X(INDUSTRY_HEALTH, "health")           \
	X(INDUSTRY_FINANCE, "finance")

#define INDUSTRY_ENUM(name, key) name,
enum industry { INDUSTRIES(INDUSTRY_ENUM) INDUSTRY_COUNT };
#undef INDUSTRY_ENUM
#define INDUSTRY_ALL ((1U << INDUSTRY_COUNT) - 1)

struct theme {
	Str key; /* a-z, 0-9 and _ */
	Str name
	    [TONGUE_COUNT]; /* at TONGUE_OTHER for languages without their own; never empty there */
	unsigned industries; /* a bit each */
};

enum seed_kind { SEED_SURE, SEED_MAYBE, SEED_NOT };
enum seed_form { SEED_STEM, SEED_EXACT, SEED_BEGINS, SEED_ENDS };

struct seed_word {
	Str word; /* as written, without its signs; for a theme its key */
	enum seed_form form;
	bool gap;  /* other words may stand before it */
	int theme; /* >= 0: that theme, in conditions alone; -1: a word */
};

struct seed {
	uint16_t theme;
	bool any; /* in whatever language; tongue is TONGUE_OTHER */
	enum tongue tongue;
	enum seed_kind kind;
	uint32_t line;
	Str text; /* as it stands in the file */
	struct seed_word word[TAXONOMY_WORDS_MAX];
	uint32_t words;
	const struct seed_word *near, *unless; /* [near_count], [unless_count] */
	uint32_t near_count, unless_count;
};

struct taxonomy {
	struct theme theme[TAXONOMY_THEMES_MAX];
	uint32_t themes;
	const struct seed *seed; /* [seeds] */
	uint32_t seeds;
};

/* ERR_INVALID says in which line and what would be right there. */
MUST_USE bool taxonomy_read(struct arena *a, Str text, struct taxonomy *out, struct err *err);
/* -1 when there is none. */
int taxonomy_find(const struct taxonomy *t, Str key);
/* In that language, or the name for all. */
Str theme_name(const struct theme *t, enum tongue tongue);
Str industry_key(enum industry i);

#endif
