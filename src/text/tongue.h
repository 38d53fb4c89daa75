/* text/tongue.h - the languages that Heed reads, and what each brings: its stemmer and how its clauses part.
 *
 * A text in another language is of TONGUE_OTHER: it is split into words, but nothing is said about what they mean. Stemmers
 * are those of Snowball (M. F. Porter, "Snowball: A language for stemming algorithms", 2001), by libstemmer's names.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_TONGUE_H
#define TEXT_TONGUE_H

#include "base/str.h"

/* Name, ISO 639-1 code, Snowball's algorithm ("" where it has none). */
#define TONGUES(X)                       \
	X(TONGUE_OTHER, "", "")          \
	X(TONGUE_EN, "en", "english")    \
	X(TONGUE_DE, "de", "german")     \
	X(TONGUE_FR, "fr", "french")     \
	X(TONGUE_ES, "es", "spanish")    \
	X(TONGUE_IT, "it", "italian")    \
	X(TONGUE_PT, "pt", "portuguese") \
	X(TONGUE_NL, "nl", "dutch")      \
	X(TONGUE_DA, "da", "danish")     \
	X(TONGUE_SV, "sv", "swedish")    \
	X(TONGUE_NO, "no", "norwegian")  \
	X(TONGUE_FI, "fi", "finnish")    \
	X(TONGUE_PL, "pl", "")           \
	X(TONGUE_CS, "cs", "")           \
	X(TONGUE_TR, "tr", "turkish")    \
	X(TONGUE_RU, "ru", "russian")    \
	X(TONGUE_AR, "ar", "arabic")     \
	X(TONGUE_JA, "ja", "")           \
	X(TONGUE_ZH, "zh", "")           \
	X(TONGUE_KO, "ko", "")

#define TONGUE_ENUM(name, code, stemmer) name,
enum tongue { TONGUES(TONGUE_ENUM) TONGUE_COUNT };
#undef TONGUE_ENUM

/* "" for TONGUE_OTHER. */
Str tongue_code(enum tongue t);
/* Of a language tag such as "pt-BR"; TONGUE_OTHER when it is none of ours. */
enum tongue tongue_of_tag(Str tag);
/* libstemmer's name, NULL where there is none. */
const char *tongue_stemmer(enum tongue t);
/* What a folded word does to what stands around it; a bit each, 0: nothing. */
enum tongue_role {
	TONGUE_CONTRASTS =
	    1,              /* sets what follows against what came before ("but", "aber", "mas") */
	TONGUE_NEGATES = 2, /* turns round what follows it ("not", "nie", "sem") */
	TONGUE_JOINS = 4,   /* joins two things of the same kind ("and", "und", "e") */
	TONGUE_COMPLETES =
	    8, /* negates behind another negation of its clause ("plus", "personne") */
	/* Of words in their text alone, by text/negation.h and text/sayings.h: */
	TONGUE_SPENT =
	    16, /* has no feeling here, and asks for nothing ("could" of "could not be better") */
	TONGUE_PRAISES = 32, /* ends a phrase of praise ("second to none") */
	TONGUE_ONCE = 64,    /* what follows was so once ("used to") */
};
unsigned tongue_roles(enum tongue t, Str folded);
/* Is the folded word in a list of words with a space before, between and behind them? Asked of every word of every text: lists
 * are short, and hold no word of more than 24 bytes. NULL has none. */
bool tongue_listed(const char *list, Str word);
/* Is it what stays of a word before an apostrophe when a vowel follows ("l" of "l'accueil", "dell" of "dell'albergo")? */
bool tongue_elides(enum tongue t, Str folded);

#endif
