/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/words.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "base/die.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "text/negation.h"
#include "text/sayings.h"
#include "text/vocabulary.h"

/* Both sides of a comma are clauses of their own from so many words. */
#define COMMA_WORDS 3

struct word_reader {
	UBreakIterator *boundaries;
	UText *text;
	struct vocabulary *vocabulary;
	struct arena kept; /* what `sayings` needs */
	const struct patterns *sayings;
};

struct word_reader *word_reader_open(void)
{
	UErrorCode status = U_ZERO_ERROR;
	struct word_reader *r = mem_zeroed(1, sizeof *r);
	r->vocabulary = vocabulary_open();
	r->sayings = sayings_make(&r->kept);
	r->boundaries = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
	MUST(U_SUCCESS(status));
	return r;
}

void word_reader_close(struct word_reader *r)
{
	if (!r)
		return;
	vocabulary_close(r->vocabulary);
	arena_free(&r->kept);
	utext_close(r->text);
	ubrk_close(r->boundaries);
	free(r);
}

Str word_stem(struct word_reader *r, struct arena *a, Str folded, enum tongue tongue)
{
	return vocabulary_stem(r->vocabulary, a, folded, tongue);
}

/* Runs of three or more equal characters become two. */
static Str shorten_runs(struct arena *a, Str folded, bool *stretched)
{
	char *out = arena_alloc(a, folded.len);
	size_t len = 0, run = 0;
	uint32_t last = 0, c;
	for (size_t at = 0, step; (step = utf8_decode(str_from(folded, at), &c)) > 0; at += step) {
		run = c == last ? run + 1 : 1;
		last = c;
		if (run > 2 && u_isalpha((UChar32)c)) {
			*stretched = true;
			continue;
		}
		memcpy(out + len, folded.at + at, step);
		len += step;
	}
	return *stretched ? (Str){ out, len } : folded;
}

static bool has_run(Str s)
{
	for (size_t i = 2; i < s.len; i++)
		if (s.at[i] == s.at[i - 1] && s.at[i] == s.at[i - 2])
			return true;
	return false;
}

static Str fold_ascii(struct arena *a, Str s, struct word *w)
{
	char *out = arena_alloc(a, s.len);
	size_t upper = 0, letters = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		bool is_upper = c >= 'A' && c <= 'Z';
		upper += is_upper;
		letters += is_upper || (c >= 'a' && c <= 'z');
		out[i] = is_upper ? (char)(c + 32) : c;
	}
	w->capitals = letters >= 2 && upper == letters;
	return (Str){ out, s.len };
}

static bool all_capitals(Str s)
{
	size_t letters = 0;
	uint32_t c;
	for (size_t at = 0, step; (step = utf8_decode(str_from(s, at), &c)) > 0; at += step) {
		if (!u_isalpha((UChar32)c))
			continue;
		if (!u_isupper((UChar32)c))
			return false;
		letters++;
	}
	return letters >= 2;
}

static Str straight_apostrophe(struct arena *a, Str s)
{
	static const char curly[] = "\xE2\x80\x99";
	size_t at = str_find(s, STR("\xE2\x80\x99"));
	if (at == SIZE_MAX)
		return s;
	char *out = arena_alloc(a, s.len);
	memcpy(out, s.at, at);
	out[at] = '\'';
	memcpy(out + at + 1, s.at + at + sizeof curly - 1, s.len - at - (sizeof curly - 1));
	return (Str){ out, s.len - (sizeof curly - 2) };
}

static void fold_word(struct arena *a, Str s, struct word *w)
{
	s = utf8_prefix(s, WORD_BYTES_MAX);
	if (utf8_ascii_prefix(s) == s.len) {
		w->folded = fold_ascii(a, s, w);
	} else {
		w->capitals = all_capitals(s);
		w->folded = straight_apostrophe(a, fold_text(a, s));
	}
	if (w->kind == WORD_LETTERS && has_run(w->folded))
		w->folded = shorten_runs(a, w->folded, &w->stretched);
}

static bool is_emoji(uint32_t c)
{
	return c > 0x2000 && (u_hasBinaryProperty((UChar32)c, UCHAR_EMOJI_PRESENTATION) ||
	                      u_hasBinaryProperty((UChar32)c, UCHAR_EXTENDED_PICTOGRAPHIC));
}

/* False: spaces and what nobody sees. */
static bool kind_of(int32_t rule, Str s, enum word_kind *kind)
{
	uint32_t c;
	if (rule >= UBRK_WORD_LETTER && rule < UBRK_WORD_IDEO_LIMIT) {
		*kind = WORD_LETTERS;
		return true;
	}
	if (rule >= UBRK_WORD_NUMBER && rule < UBRK_WORD_NUMBER_LIMIT) {
		*kind = WORD_NUMBER;
		return true;
	}
	if (utf8_decode(s, &c) == 0 || u_isUWhiteSpace((UChar32)c) || u_iscntrl((UChar32)c) ||
	    u_charType((UChar32)c) == U_FORMAT_CHAR)
		return false;
	*kind = is_emoji(c) ? WORD_EMOJI : WORD_MARK;
	return true;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool among(const char *set, char c)
{
	return str_find_char(str_of(set), c, 0) != SIZE_MAX;
}

/* Length of an emoticon there: eyes, perhaps a nose, a mouth; or a heart. 0: none. "2:3" and ":Pay" are none. */
static size_t emoticon(Str text, size_t from)
{
	Str s = str_from(text, from);
	if (s.len < 2 || (from > 0 && is_alnum(text.at[from - 1])))
		return 0;
	size_t at = 1;
	if (!str_starts(s, STR("<3"))) {
		if (!among(":;=", s.at[0]))
			return 0;
		at += among("-o'^", s.at[at]);
		if (at >= s.len || !among(")(DPp|\\/]3*[$", s.at[at]))
			return 0;
	}
	char mouth = s.at[at++];
	while (at < s.len && s.at[at] == mouth && (mouth == ')' || mouth == '('))
		at++;
	return at < s.len && is_alnum(s.at[at]) ? 0 : at;
}

struct reading {
	struct word_reader *reader;
	struct arena *a;
	struct words *out;
	size_t word_cap, clause_cap;
	bool breaks_sentence; /* before the next word */
	bool breaks_clause;
	size_t clause_letters,
	    comma_letters; /* words of letters before the clause, and before the comma */
	size_t comma;      /* 1 + the word after a comma, when that may begin a clause; 0: none */
};

static void *grown(struct arena *a, void *old, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return old;
	*cap = *cap ? *cap * 2 : 32;
	void *larger = arena_alloc(a, *cap * size);
	if (count)
		memcpy(larger, old, count * size);
	return larger;
}

/* `letters`: words of them before `first`. */
static void begin_clause(struct reading *r, size_t first, size_t letters, bool contrast)
{
	struct words *o = r->out;
	r->clause_letters = letters;
	o->clauses = grown(r->a, o->clauses, o->clause_count, &r->clause_cap, sizeof *o->clauses);
	o->clauses[o->clause_count++] = (struct clause){
		.first = (uint32_t)first,
		.sentence = (uint32_t)(o->sentence_count - 1),
		.contrast = contrast,
	};
	r->comma = 0;
}

/* A comma whose two sides have become long enough parts the clause there. */
static void settle_comma(struct reading *r)
{
	struct words *o = r->out;
	if (!r->comma || o->letters - r->comma_letters < COMMA_WORDS)
		return;
	size_t first = r->comma - 1;
	begin_clause(r, first, r->comma_letters, false);
	for (size_t i = first; i < o->count; i++)
		o->words[i].clause = (uint32_t)(o->clause_count - 1);
}

static void add_word(struct reading *r, size_t from, size_t len, enum word_kind kind)
{
	struct words *o = r->out;
	struct word w = { .from = (uint32_t)from, .len = (uint32_t)len, .kind = kind };
	Str s = str_slice(o->text, from, len);
	fold_word(r->a, s, &w);
	struct known_word known = { .stem = w.folded };
	if (kind == WORD_LETTERS)
		known = vocabulary_tell(r->reader->vocabulary, r->a, w.folded, o->tongue);
	w.stem = known.stem;
	w.stop = known.stop;
	w.roles = known.roles;
	bool contrast = w.roles & TONGUE_CONTRASTS;
	if (r->breaks_sentence || o->clause_count == 0)
		o->sentence_count++;
	if (r->breaks_sentence || r->breaks_clause || contrast || o->clause_count == 0)
		begin_clause(r, o->count, o->letters, contrast);
	r->breaks_sentence = r->breaks_clause = false;
	w.clause = (uint32_t)(o->clause_count - 1);
	o->words = grown(r->a, o->words, o->count, &r->word_cap, sizeof *o->words);
	o->words[o->count++] = w;
	o->letters += kind == WORD_LETTERS;
	if (kind == WORD_LETTERS)
		settle_comma(r);
}

enum mark { MARK_NONE, MARK_COMMA, MARK_CLAUSE, MARK_SENTENCE };

static enum mark mark_of(uint32_t c)
{
	static const uint32_t sentence[] = { '.',    '!',    '?',    0x2026, 0x3002,
		                             0xFF01, 0xFF1F, 0x061F, 0x0964 };
	static const uint32_t clause[] = { ';', ':',    '(',    ')',    '[',   ']',
		                           '-', 0x2013, 0x2014, 0xFF1A, 0xFF1B };
	static const uint32_t comma[] = { ',', 0x3001, 0xFF0C, 0x060C };
	for (size_t i = 0; i < sizeof sentence / sizeof sentence[0]; i++)
		if (c == sentence[i])
			return MARK_SENTENCE;
	for (size_t i = 0; i < sizeof clause / sizeof clause[0]; i++)
		if (c == clause[i])
			return MARK_CLAUSE;
	for (size_t i = 0; i < sizeof comma / sizeof comma[0]; i++)
		if (c == comma[i])
			return MARK_COMMA;
	return MARK_NONE;
}

static bool spaced(Str text, size_t from, size_t len)
{
	size_t after = from + len;
	return (from == 0 || text.at[from - 1] == ' ') &&
	       (after >= text.len || text.at[after] == ' ');
}

/* The mark belongs to the clause that it ends. */
static void after_mark(struct reading *r, size_t from, size_t len)
{
	struct words *o = r->out;
	uint32_t c = 0;
	utf8_decode(str_slice(o->text, from, len), &c);
	switch (mark_of(c)) {
	case MARK_NONE:
		break;
	case MARK_COMMA:
		if (o->letters - r->clause_letters >= COMMA_WORDS) {
			r->comma = o->count + 1;
			r->comma_letters = o->letters;
		}
		break;
	case MARK_CLAUSE: /* but for the hyphen of a word */
		r->breaks_clause |= c != '-' || spaced(o->text, from, len);
		break;
	case MARK_SENTENCE:
		r->breaks_sentence = true;
		break;
	}
}

static bool has_line_end(Str s)
{
	return str_find_char(s, '\n', 0) != SIZE_MAX || str_find_char(s, '\r', 0) != SIZE_MAX;
}

/* A mark right behind a mark stays with it ("?!", "..."): only what comes after begins anew. */
static void add_mark(struct reading *r, size_t from, size_t len, enum word_kind kind)
{
	bool sentence = r->breaks_sentence, clause = r->breaks_clause;
	r->breaks_sentence = r->breaks_clause = false;
	add_word(r, from, len, kind);
	r->breaks_sentence = sentence;
	r->breaks_clause = clause;
	if (kind == WORD_MARK)
		after_mark(r, from, len);
}

/* Bytes before the apostrophe of "l'accueil" in languages that write two words so; 0: it is one word. */
static size_t elided(struct reading *r, Str s, size_t *apostrophe)
{
	static const Str marks[] = { { "'", 1 }, { "\xE2\x80\x99", 3 } };
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		size_t at = str_find(s, marks[i]);
		if (at == SIZE_MAX || at + marks[i].len >= s.len)
			continue;
		*apostrophe = marks[i].len;
		Str before = str_ascii_lower(r->a, str_slice(s, 0, at));
		return tongue_elides(r->out->tongue, before) ? at : 0;
	}
	return 0;
}

static void add_letters(struct reading *r, size_t from, size_t len)
{
	bool may_elide = r->out->tongue == TONGUE_FR || r->out->tongue == TONGUE_IT;
	size_t apostrophe = 0;
	size_t cut = may_elide ? elided(r, str_slice(r->out->text, from, len), &apostrophe) : 0;
	if (cut) {
		add_word(r, from, cut, WORD_LETTERS);
		from += cut + apostrophe;
		len -= cut + apostrophe;
	}
	add_word(r, from, len, WORD_LETTERS);
}

static void take(struct reading *r, size_t from, size_t len, int32_t rule)
{
	Str s = str_slice(r->out->text, from, len);
	enum word_kind kind;
	if (!kind_of(rule, s, &kind))
		r->breaks_sentence |= has_line_end(s) && r->out->count > 0;
	else if (kind == WORD_MARK || kind == WORD_EMOJI)
		add_mark(r, from, len, kind);
	else if (kind == WORD_LETTERS)
		add_letters(r, from, len);
	else
		add_word(r, from, len, kind);
}

static void close_clauses(struct words *o)
{
	for (size_t i = 0; i < o->clause_count; i++) {
		struct clause *c = &o->clauses[i];
		size_t end = i + 1 < o->clause_count ? o->clauses[i + 1].first : o->count;
		const struct word *last = &o->words[end - 1];
		c->count = (uint32_t)(end - c->first);
		c->from = o->words[c->first].from;
		c->len = last->from + last->len - c->from;
	}
}

/* At most WORDS_BYTES_MAX, not in the middle of a character. */
static Str begin_of(Str text)
{
	if (text.len <= WORDS_BYTES_MAX)
		return text;
	size_t len = WORDS_BYTES_MAX;
	for (int back = 0; back < 3 && ((unsigned char)text.at[len] & 0xC0) == 0x80; back++)
		len--;
	return str_slice(text, 0, len);
}

void words_read(struct word_reader *reader, struct arena *a, Str text, enum tongue tongue,
                struct words *out)
{
	UErrorCode status = U_ZERO_ERROR;
	*out = (struct words){ .text = begin_of(text), .tongue = tongue };
	out->cut = out->text.len < text.len;
	if (out->text.len == 0)
		return;
	struct reading r = { .reader = reader, .a = a, .out = out };
	UBreakIterator *boundaries = reader->boundaries;
	reader->text = utext_openUTF8(reader->text, out->text.at, (int64_t)out->text.len, &status);
	ubrk_setUText(boundaries, reader->text, &status);
	MUST(U_SUCCESS(status));
	int32_t from = ubrk_first(boundaries), to;
	while ((to = ubrk_next(boundaries)) != UBRK_DONE) {
		size_t face = emoticon(out->text, (size_t)from), len = (size_t)(to - from);
		if (face >= len && face > 0) {
			add_mark(&r, (size_t)from, face, WORD_EMOJI);
			to = from + (int32_t)face;
			if (!ubrk_isBoundary(boundaries, to))
				to = ubrk_current(boundaries);
		} else {
			take(&r, (size_t)from, len, ubrk_getRuleStatus(boundaries));
		}
		from = to;
	}
	close_clauses(out);
	negation_settle(out);
	sayings_settle(reader->sayings, a, out);
}
