/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/language_id.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "text/language_words.h"

#define WORD_MAX 24 /* bytes of a common word */
/* What one common word that only one language has is worth, against the model's probability. */
#define WORD_WORTH 6.0F
/* No language is impossible for the model: it has seen encyclopaedias, not comments of three words. */
#define LEAST       0.002F
#define LEAST_SHORT 1.0F
/* Prior of the language that is expected, against each other one. */
#define EXPECTED_WORTH 3.0F
/* The same for a text without letters; it falls by the letters that there are. "ok" is of every language. */
#define EXPECTED_SHORT 60.0F
/* Sure that a text is in a language which is not meant: from so many letters, and with so little left for those that are. */
#define STRANGE_LETTERS 12
#define STRANGE_SHARE   0.1F
#define STRANGE_BEST    0.6F

struct common {
	char word[WORD_MAX];
	uint32_t len;
	unsigned tongues;
};

struct language_id {
	const struct fasttext *model;
	uint8_t tongue_of[FASTTEXT_LABELS_MAX];
	struct common *table; /* [mask + 1] open addressing */
	uint32_t mask;
};

static uint32_t hash_of(Str s)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.at[i]) * 16777619u;
	return hash ^ hash >> 15;
}

static struct common *place_of(const struct language_id *l, Str word)
{
	uint32_t at = hash_of(word) & l->mask;
	while (l->table[at].len && !str_eq((Str){ l->table[at].word, l->table[at].len }, word))
		at = (at + 1) & l->mask;
	return &l->table[at];
}

static void note_words(struct language_id *l, enum tongue t)
{
	Str rest = language_words(t), word;
	while (str_cut(&rest, ' ', &word)) {
		if (word.len == 0 || word.len > WORD_MAX)
			continue;
		struct common *c = place_of(l, word);
		memcpy(c->word, word.at, word.len);
		c->len = (uint32_t)word.len;
		c->tongues |= TONGUE_BIT(t);
	}
}

/* Languages that a reader of one of ours reads too, or that the model takes short comments of ours for. */
static enum tongue tongue_of_label(Str label)
{
	static const struct {
		const char *label;
		enum tongue tongue;
	} near[] = {
		{ "als", TONGUE_DE }, { "bar", TONGUE_DE }, { "yue", TONGUE_ZH },
		{ "wuu", TONGUE_ZH }, { "arz", TONGUE_AR },
	};
	for (size_t i = 0; i < sizeof near / sizeof near[0]; i++)
		if (str_eq(label, str_of(near[i].label)))
			return near[i].tongue;
	return tongue_of_tag(label);
}

const struct language_id *language_id_make(struct arena *a, const struct fasttext *model)
{
	struct language_id *l = ARENA_NEW(a, struct language_id);
	size_t words = 0;
	for (enum tongue t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++)
		words += language_words(t).len / 2;
	for (l->mask = 63; l->mask < words; l->mask = l->mask * 2 + 1)
		continue;
	l->table = ARENA_ARRAY(a, struct common, (size_t)l->mask + 1);
	for (enum tongue t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++)
		note_words(l, t);
	l->model = model;
	for (size_t i = 0; model && i < fasttext_label_count(model); i++)
		l->tongue_of[i] = (uint8_t)tongue_of_label(fasttext_label(model, i));
	return l;
}

/* The beginning of the text in lower case, as far as Latin letters go, and what scripts its letters are of. */
struct beginning {
	char at[LANGUAGE_BYTES_MAX];
	size_t len;
	size_t letters, latin, cyrillic, arabic, kana, han, hangul;
};

static bool is_in(uint32_t cp, uint32_t first, uint32_t last)
{
	return cp >= first && cp <= last;
}

static uint32_t lowered(uint32_t cp)
{
	if (is_in(cp, 'A', 'Z') || (is_in(cp, 0xC0, 0xDE) && cp != 0xD7))
		return cp + 32;
	if (is_in(cp, 0x410, 0x42F))
		return cp + 32;
	if ((is_in(cp, 0x100, 0x137) || is_in(cp, 0x14A, 0x177)) && cp % 2 == 0 && cp != 0x130)
		return cp + 1;
	return cp;
}

static void count_letter(struct beginning *b, uint32_t cp)
{
	bool latin = is_in(cp, 'a', 'z') || (is_in(cp, 0xDF, 0x24F) && cp != 0xF7);
	bool cyrillic = is_in(cp, 0x400, 0x52F), arabic = is_in(cp, 0x620, 0x6FF);
	bool kana = is_in(cp, 0x3041, 0x30FF), hangul = is_in(cp, 0xAC00, 0xD7A3);
	bool han = is_in(cp, 0x3400, 0x9FFF);
	bool other = is_in(cp, 0x370, 0x3FF) || is_in(cp, 0x530, 0x61F) ||
	             is_in(cp, 0x700, 0x1FFF) || is_in(cp, 0xA000, 0xABFF);
	b->latin += latin;
	b->cyrillic += cyrillic;
	b->arabic += arabic;
	b->kana += kana;
	b->hangul += hangul;
	b->han += han;
	b->letters += latin || cyrillic || arabic || kana || hangul || han || other;
}

static void begin(struct beginning *b, Str text)
{
	char one[4];
	uint32_t cp;
	*b = (struct beginning){ .len = 0 };
	for (size_t at = 0; at < text.len && at < LANGUAGE_BYTES_MAX - 4;) {
		if ((unsigned char)text.at[at] < 0x80) {
			char c = text.at[at++];
			c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
			bool latin = c >= 'a' && c <= 'z';
			b->latin += latin;
			b->letters += latin;
			b->at[b->len++] = c;
			continue;
		}
		size_t len = utf8_decode(str_from(text, at), &cp);
		at += len ? len : 1;
		cp = len ? lowered(cp) : ' ';
		count_letter(b, cp);
		len = utf8_encode(cp, one);
		memcpy(b->at + b->len, one, len);
		b->len += len;
	}
}

/* 1: the scripts of the letters leave only `*only`, which may be none of ours. */
static bool script_decides(const struct beginning *b, enum tongue *only)
{
	size_t most = b->letters - b->letters / 2; /* half of them */
	if (b->kana > 0 && b->kana + b->han >= most)
		*only = TONGUE_JA;
	else if (b->hangul >= most)
		*only = TONGUE_KO;
	else if (b->han >= most)
		*only = TONGUE_ZH;
	else if (b->latin >= most || b->cyrillic >= most || b->arabic >= most)
		return false;
	else
		*only = TONGUE_OTHER;
	return true;
}

static unsigned written_in(const struct beginning *b)
{
	const unsigned not_latin = TONGUE_BIT(TONGUE_RU) | TONGUE_BIT(TONGUE_AR) |
	                           TONGUE_BIT(TONGUE_JA) | TONGUE_BIT(TONGUE_ZH) |
	                           TONGUE_BIT(TONGUE_KO);
	if (b->latin >= b->cyrillic && b->latin >= b->arabic)
		return TONGUES_ALL & ~not_latin;
	return TONGUE_BIT(b->cyrillic >= b->arabic ? TONGUE_RU : TONGUE_AR);
}

/* Letters that few languages have. */
static unsigned has_letter(uint32_t cp)
{
	static const struct {
		uint32_t cp;
		unsigned tongues;
	} letters[] = {
		{ 0xE3, TONGUE_BIT(TONGUE_PT) }, /* a with tilde */
		{ 0xF5, TONGUE_BIT(TONGUE_PT) }, /* o with tilde */
		{ 0xE7, TONGUE_BIT(TONGUE_PT) | TONGUE_BIT(TONGUE_FR) | TONGUE_BIT(TONGUE_TR) },
		{ 0xF1, TONGUE_BIT(TONGUE_ES) }, /* n with tilde */
		{ 0xBF, TONGUE_BIT(TONGUE_ES) }, /* question mark upside down */
		{ 0xA1, TONGUE_BIT(TONGUE_ES) },
		{ 0xDF, TONGUE_BIT(TONGUE_DE) }, /* sharp s */
		{ 0xFC, TONGUE_BIT(TONGUE_DE) | TONGUE_BIT(TONGUE_TR) },
		{ 0xE4, TONGUE_BIT(TONGUE_DE) | TONGUE_BIT(TONGUE_SV) | TONGUE_BIT(TONGUE_FI) },
		{ 0xE5, TONGUE_BIT(TONGUE_SV) | TONGUE_BIT(TONGUE_DA) | TONGUE_BIT(TONGUE_NO) },
		{ 0xF8, TONGUE_BIT(TONGUE_DA) | TONGUE_BIT(TONGUE_NO) },
		{ 0xE6, TONGUE_BIT(TONGUE_DA) | TONGUE_BIT(TONGUE_NO) },
		{ 0xEA, TONGUE_BIT(TONGUE_FR) | TONGUE_BIT(TONGUE_PT) },
		{ 0xE8, TONGUE_BIT(TONGUE_FR) | TONGUE_BIT(TONGUE_IT) },
		{ 0xF2, TONGUE_BIT(TONGUE_IT) },
		{ 0xF9, TONGUE_BIT(TONGUE_IT) | TONGUE_BIT(TONGUE_FR) },
		{ 0x153, TONGUE_BIT(TONGUE_FR) }, /* oe */
		{ 0x142, TONGUE_BIT(TONGUE_PL) }, /* l with stroke */
		{ 0x17C, TONGUE_BIT(TONGUE_PL) }, /* z with dot */
		{ 0x159, TONGUE_BIT(TONGUE_CS) }, /* r with caron */
		{ 0x11B, TONGUE_BIT(TONGUE_CS) }, /* e with caron */
		{ 0x131, TONGUE_BIT(TONGUE_TR) }, /* i without dot */
		{ 0x15F, TONGUE_BIT(TONGUE_TR) }, /* s with cedilla */
		{ 0x11F, TONGUE_BIT(TONGUE_TR) }, /* g with breve */
	};
	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
		if (letters[i].cp == cp)
			return letters[i].tongues;
	return 0;
}

static void count_letters(const struct beginning *b, float *hits)
{
	uint32_t cp;
	unsigned seen = 0;
	for (size_t at = utf8_ascii_prefix((Str){ b->at, b->len }); at < b->len;) {
		at += utf8_decode((Str){ b->at + at, b->len - at }, &cp);
		unsigned tongues = cp < 0x80 ? 0 : has_letter(cp);
		float share = tongues ? 1 / (float)__builtin_popcount(tongues) : 0;
		for (unsigned rest = tongues & ~seen; rest; rest &= rest - 1)
			hits[__builtin_ctz(rest)] += share;
		seen |= tongues; /* once a language */
	}
}

static bool is_letter(char c)
{
	return is_in((unsigned char)c, 'a', 'z') || (unsigned char)c >= 0x80 || c == '\'';
}

/* How much common words speak for each language; a word of several counts for each in part. */
static void count_words(const struct language_id *l, const struct beginning *b, float *hits)
{
	for (size_t at = 0, from; at < b->len;) {
		while (at < b->len && !is_letter(b->at[at]))
			at++;
		for (from = at; at < b->len && is_letter(b->at[at]);)
			at++;
		if (at == from || at - from > WORD_MAX)
			continue;
		unsigned tongues = place_of(l, (Str){ b->at + from, at - from })->tongues;
		float share = tongues ? 1 / (float)__builtin_popcount(tongues) : 0;
		for (unsigned rest = tongues; rest; rest &= rest - 1)
			hits[__builtin_ctz(rest)] += share;
	}
}

/* The model's probabilities by tongue; [TONGUE_OTHER] of all others together. Returns the largest of a single other one. */
static float ask_model(const struct language_id *l, const struct beginning *b, float *by_tongue)
{
	float p[FASTTEXT_LABELS_MAX], strange = 0;
	if (!l->model || !fasttext_ask(l->model, (Str){ b->at, b->len }, p))
		return 0;
	for (size_t i = 0; i < fasttext_label_count(l->model); i++) {
		by_tongue[l->tongue_of[i]] += p[i];
		if (l->tongue_of[i] == TONGUE_OTHER)
			strange = fmaxf(strange, p[i]);
	}
	return strange;
}

static float least(const struct beginning *b)
{
	return LEAST + LEAST_SHORT / (float)(b->letters * b->letters + 4);
}

static float prior(const struct beginning *b)
{
	return EXPECTED_WORTH + EXPECTED_SHORT / (float)(b->letters * b->letters + 1);
}

static struct language_guess weigh(const struct language_id *l, const struct beginning *b,
                                   struct language_wish wish)
{
	float hits[TONGUE_COUNT] = { 0 }, by_model[TONGUE_COUNT] = { 0 };
	float strange = ask_model(l, b, by_model), all = 0, meant = 0, largest = 0;
	count_words(l, b, hits);
	count_letters(b, hits);
	struct language_guess out = { TONGUE_OTHER, 0 };
	float model_meant = 0, not_meant = strange;
	for (enum tongue t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++) {
		bool is_meant = wish.among & TONGUE_BIT(t);
		float worth = (by_model[t] + least(b)) * powf(WORD_WORTH, fminf(hits[t], 8)) *
		              (t == wish.expected ? prior(b) : 1);
		all += worth;
		if (!is_meant) {
			not_meant = fmaxf(not_meant, by_model[t]);
			continue;
		}
		meant += worth;
		model_meant += by_model[t];
		if (worth > largest) {
			largest = worth;
			out.tongue = t;
		}
	}
	bool sure = b->letters >= STRANGE_LETTERS && not_meant >= STRANGE_BEST &&
	            model_meant < STRANGE_SHARE && hits[out.tongue] < 2;
	bool by_words = meant < STRANGE_SHARE * all;
	if (meant <= 0)
		return (struct language_guess){ TONGUE_OTHER, 1 };
	if ((sure && strange >= not_meant) || (b->letters >= STRANGE_LETTERS && by_words))
		return (struct language_guess){ TONGUE_OTHER, fmaxf(not_meant, 1 - meant / all) };
	out.certainty = largest / meant;
	return out;
}

struct language_guess language_find(const struct language_id *l, Str text,
                                    struct language_wish wish)
{
	struct beginning b;
	enum tongue only;
	if (wish.is_told)
		return (struct language_guess){ wish.expected, 1 };
	if (!wish.among)
		wish.among = TONGUES_ALL;
	begin(&b, text);
	if (b.letters == 0)
		return (struct language_guess){ wish.expected, 0 };
	if (script_decides(&b, &only)) {
		if (only == TONGUE_ZH && (wish.among & TONGUE_BIT(TONGUE_JA)) &&
		    !(wish.among & TONGUE_BIT(TONGUE_ZH)))
			only = TONGUE_JA;
		bool meant = only == TONGUE_OTHER || (wish.among & TONGUE_BIT(only));
		return (struct language_guess){ meant ? only : TONGUE_OTHER, 1 };
	}
	wish.among &= written_in(&b);
	return weigh(l, &b, wish);
}
