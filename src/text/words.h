/* text/words.h - one comment as words, clauses and sentences.
 *
 * Words are those of Unicode's default boundaries (UAX #29, with ICU's dictionaries for Chinese, Japanese, Thai); each is
 * folded as base/fold.h says and stemmed in the language given. "L'accueil" is two words in French and Italian, without
 * the apostrophe. Spans are bytes of the text as it came. Sentences end with a full stop and its kin, or a line's end. A
 * clause is a part of a sentence that can be judged for itself: it ends before a word of contrast, at semicolons, colons,
 * brackets, dashes, and at a comma where both sides are long enough to say something.
 *
 * Cost is linear in the length. Texts are read up to WORDS_BYTES_MAX, what is behind is left alone and `cut` is true.
 * Any bytes may come: what is not UTF-8 is no word.
 *
 * A reader keeps what ICU and libstemmer need; it belongs to one thread at a time.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include "base/arena.h"
#include "base/err.h"
#include "text/tongue.h"

#define WORDS_BYTES_MAX 32768
/* Longer runs of letters are cut here for folding and stemming; their span is whole. */
#define WORD_BYTES_MAX 64

enum word_kind {
	WORD_LETTERS,
	WORD_NUMBER,
	WORD_EMOJI, /* or an emoticon such as ":-)" */
	WORD_MARK,  /* punctuation; one character */
};

struct word {
	uint32_t from, len; /* bytes of the text */
	Str folded;         /* runs of three or more equal letters are two */
	Str stem; /* folded, where the language has no stemmer or the word is not of letters */
	uint32_t clause; /* place in `clauses` */
	enum word_kind kind;
	uint8_t roles; /* of letters, by enum tongue_role */
	int8_t
	    saying; /* tenths of the valence of a phrase that it stands for: text/sayings.h; 0: none */
	bool stop;      /* of letters, and says little: text/phrases.h */
	bool capitals;  /* two letters or more, all of them upper case */
	bool stretched; /* had a run of three or more equal letters, as "soooo" */
};

struct clause {
	uint32_t first, count; /* of words */
	uint32_t from, len;    /* bytes, without spaces at both ends */
	uint32_t sentence;     /* number from 0 */
	bool contrast;         /* it began with a word of contrast, which is its first */
};

struct words {
	Str text; /* what was read */
	enum tongue tongue;
	struct word *words;     /* [count] */
	size_t count, letters;  /* letters: those of WORD_LETTERS */
	struct clause *clauses; /* [clause_count], in order; each word is in one */
	size_t clause_count, sentence_count;
	bool cut;
};

struct word_reader;
struct word_reader *word_reader_open(void);
void word_reader_close(struct word_reader *r); /* NULL is fine */

/* Everything in the arena; the text must outlive it. */
void words_read(struct word_reader *r, struct arena *a, Str text, enum tongue tongue,
                struct words *out);
/* The stem of one folded word, in the arena. */
Str word_stem(struct word_reader *r, struct arena *a, Str folded, enum tongue tongue);

#endif
