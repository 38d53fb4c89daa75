/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/theme_seeds.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "text/bare.h"

/* A word with hyphens is several. */
#define PATTERN_WORDS_MAX 8
/* What one word of a comment may be at once: its stem, its form, its beginnings and its ends. */
#define SYMBOLS_A_WORD 24
#define GAP_WORDS      3
#define BEGIN_MIN      2 /* bytes */
#define FILTER_BITS    15
#define NO_WORD        UINT32_MAX
#define THEME_SYMBOL   0x80000000U /* in a condition: a theme and not a word */

struct pattern {
	uint32_t seed;
	uint16_t theme;
	uint8_t kind, words;
	uint8_t gaps; /* a bit a word that others may stand before */
	bool asks_theme;
	uint32_t symbol[PATTERN_WORDS_MAX];
	const uint32_t *near, *unless;
	uint32_t near_count, unless_count;
};

struct place {
	uint64_t key;    /* 0: free */
	uint32_t symbol; /* from 1 */
};

/* Of one language. */
struct table {
	struct place *place; /* [mask + 1] */
	size_t mask;
	uint64_t filter[(1U << FILTER_BITS) / 64];
	uint32_t symbols;
	const struct pattern *pattern; /* by first symbol */
	const uint32_t *pattern_from;  /* [symbols + 1] */
	bool has_ends;
};

struct theme_seeds {
	const struct taxonomy *taxonomy;
	struct table table[TONGUE_COUNT];
};

/* FNV-1a, so that every beginning of a word costs one step more than the one before. */
#define HASH_START 0xCBF29CE484222325ull
static uint64_t hash_step(uint64_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 0x100000001B3ull;
}

static uint64_t key_of(uint64_t hash, enum seed_form form)
{
	uint64_t key = (hash + form) * 0x9E3779B97F4A7C15ull;
	key ^= key >> 29;
	key *= 0xBF58476D1CE4E5B9ull;
	return key | 1; /* 0 is a free place */
}

static uint64_t hash_word(Str s, bool backwards)
{
	uint64_t hash = HASH_START;
	for (size_t i = 0; i < s.len; i++)
		hash = hash_step(hash, s.at[backwards ? s.len - 1 - i : i]);
	return hash;
}

static uint32_t filter_place(uint64_t key)
{
	return (uint32_t)(key >> (64 - FILTER_BITS));
}

static struct place *place_of(const struct table *t, uint64_t key)
{
	size_t at = (size_t)(key >> 20) & t->mask;
	while (t->place[at].key && t->place[at].key != key)
		at = (at + 1) & t->mask;
	return &t->place[at];
}

static uint32_t symbol_find(const struct table *t, uint64_t key)
{
	uint32_t bit = filter_place(key);
	if (!(t->filter[bit / 64] >> (bit % 64) & 1))
		return NO_WORD;
	const struct place *p = place_of(t, key);
	return p->key ? p->symbol - 1 : NO_WORD;
}

/* ---- making ---- */

struct making {
	struct arena *a;
	struct word_reader *reader;
	struct table *table;
	enum tongue tongue;
};

static struct place *place_make(struct making *m, Str word, enum seed_form form)
{
	struct table *t = m->table;
	uint64_t key = key_of(hash_word(word, form == SEED_ENDS), form);
	uint32_t bit = filter_place(key);
	t->filter[bit / 64] |= (uint64_t)1 << (bit % 64);
	t->has_ends |= form == SEED_ENDS;
	struct place *p = place_of(t, key);
	p->key = key;
	return p;
}

static uint32_t symbol_make(struct making *m, const struct word *word, enum seed_form form)
{
	Str text = form == SEED_STEM ? word->stem : word->folded;
	struct place *p = place_make(m, bare_word(m->a, text), form);
	if (!p->symbol)
		p->symbol = ++m->table->symbols;
	uint32_t symbol = p->symbol;
	if (form != SEED_STEM)
		return symbol - 1;
	/* Without its accents a word may have another stem, and people leave accents out. */
	Str bare = word_stem(m->reader, m->a, bare_word(m->a, word->folded), m->tongue);
	p = place_make(m, bare, form);
	if (!p->symbol)
		p->symbol = symbol;
	return symbol - 1;
}

/* A sign of money says as much as a word. */
static bool counts_as_word(const struct word *w)
{
	return w->kind != WORD_MARK || str_eq(w->folded, STR("$")) ||
	       str_eq(w->folded, STR("\u20AC")) || str_eq(w->folded, STR("\u00A3"));
}

/* The words of one seed word, which are several when there is a hyphen: its sign belongs to the outer one. */
static uint32_t make_word(struct making *m, const struct seed_word *s, uint32_t *symbols,
                          uint32_t room)
{
	struct arena read = { 0 };
	struct words w;
	uint32_t n = 0, last = 0;
	words_read(m->reader, &read, s->word, m->tongue, &w);
	for (uint32_t i = 0; i < w.count; i++)
		if (counts_as_word(&w.words[i]))
			last = i;
	for (uint32_t i = 0; i < w.count && n < room; i++) {
		const struct word *word = &w.words[i];
		if (!counts_as_word(word))
			continue;
		enum seed_form form = s->form;
		/* What says little has the stem of much else: Portuguese "com" that of "comer". */
		if ((form == SEED_BEGINS && i != last) || (form == SEED_ENDS && n > 0) ||
		    (form == SEED_STEM && word->stop))
			form = SEED_EXACT;
		symbols[n++] = symbol_make(m, word, form);
	}
	arena_free(&read);
	return n;
}

static const uint32_t *make_condition(struct making *m, const struct seed_word *words,
                                      uint32_t count, bool *asks_theme)
{
	uint32_t *symbols = ARENA_ARRAY(m->a, uint32_t, count);
	for (uint32_t i = 0; i < count; i++) {
		bool theme = words[i].theme >= 0;
		*asks_theme |= theme;
		symbols[i] = NO_WORD & ~THEME_SYMBOL; /* of no word */
		if (theme)
			symbols[i] = THEME_SYMBOL | (uint32_t)words[i].theme;
		else
			(void)make_word(m, &words[i], &symbols[i], 1);
	}
	return symbols;
}

static bool make_pattern(struct making *m, const struct seed *s, uint32_t place,
                         struct pattern *out)
{
	*out = (struct pattern){ .seed = place, .theme = s->theme, .kind = (uint8_t)s->kind };
	uint32_t n = 0;
	for (uint32_t i = 0; i < s->words; i++) {
		if (s->word[i].gap && n > 0 && n < PATTERN_WORDS_MAX)
			out->gaps |= (uint8_t)(1U << n);
		n += make_word(m, &s->word[i], out->symbol + n, PATTERN_WORDS_MAX - n);
	}
	out->words = (uint8_t)n;
	out->near = make_condition(m, s->near, s->near_count, &out->asks_theme);
	out->unless = make_condition(m, s->unless, s->unless_count, &out->asks_theme);
	out->near_count = s->near_count;
	out->unless_count = s->unless_count;
	return n > 0;
}

static int by_first_symbol(const void *x, const void *y)
{
	const struct pattern *a = x, *b = y;
	int order = (a->symbol[0] > b->symbol[0]) - (a->symbol[0] < b->symbol[0]);
	return order ? order : (a->seed > b->seed) - (a->seed < b->seed);
}

static void make_table(struct making *m, const struct taxonomy *taxonomy)
{
	struct table *t = m->table;
	size_t seeds = 0, words = 0, count = 0;
	for (uint32_t i = 0; i < taxonomy->seeds; i++) {
		const struct seed *s = &taxonomy->seed[i];
		if (!s->any && s->tongue != m->tongue)
			continue;
		seeds++;
		words += 2 * (PATTERN_WORDS_MAX + s->near_count + s->unless_count);
	}
	for (t->mask = 63; t->mask < words * 2; t->mask = t->mask * 2 + 1)
		;
	t->place = ARENA_ARRAY(m->a, struct place, t->mask + 1);
	struct pattern *patterns = ARENA_ARRAY(m->a, struct pattern, seeds);
	for (uint32_t i = 0; i < taxonomy->seeds; i++) {
		const struct seed *s = &taxonomy->seed[i];
		if (s->any || s->tongue == m->tongue)
			count += make_pattern(m, s, i, &patterns[count]);
	}
	qsort(patterns, count, sizeof *patterns, by_first_symbol);
	uint32_t *from = ARENA_ARRAY(m->a, uint32_t, t->symbols + 1);
	for (size_t i = 0; i < count; i++)
		from[patterns[i].symbol[0] + 1]++;
	for (uint32_t i = 0; i < t->symbols; i++)
		from[i + 1] += from[i];
	t->pattern = patterns;
	t->pattern_from = from;
}

struct theme_seeds *theme_seeds_new(struct arena *a, struct word_reader *r,
                                    const struct taxonomy *taxonomy)
{
	struct theme_seeds *s = ARENA_NEW(a, struct theme_seeds);
	s->taxonomy = taxonomy;
	for (unsigned i = 0; i < TONGUE_COUNT; i++) {
		struct making m = { a, r, &s->table[i], (enum tongue)i };
		make_table(&m, taxonomy);
	}
	return s;
}

/* ---- finding ---- */

struct finding {
	const struct table *table;
	const struct words *words;
	struct arena *a;
	uint32_t *symbol;      /* [count x SYMBOLS_A_WORD at most], a word's in a row */
	uint32_t *symbol_from; /* [count + 1] */
	uint32_t *seen;        /* [symbols] the sentence, from 1, in which it was last met */
	uint64_t *vetoed;      /* [count] a bit a theme */
	struct seed_hits *out;
	size_t cap;
};

static uint32_t put_symbol(const struct finding *f, uint32_t *symbols, uint32_t n, uint64_t key)
{
	uint32_t symbol = symbol_find(f->table, key);
	if (symbol == NO_WORD || n == SYMBOLS_A_WORD)
		return n;
	symbols[n] = symbol;
	return n + 1;
}

/* What a word of the comment is to the table. */
static uint32_t symbols_of(const struct finding *f, const struct word *w, uint32_t *symbols)
{
	if (!counts_as_word(w))
		return 0;
	Str form = bare_word(f->a, w->folded), stem = bare_word(f->a, w->stem);
	uint32_t n = 0;
	if (!w->stop)
		n = put_symbol(f, symbols, 0, key_of(hash_word(stem, false), SEED_STEM));
	uint64_t hash = HASH_START;
	for (size_t i = 0; i < form.len; i++) {
		hash = hash_step(hash, form.at[i]);
		if (i + 1 >= BEGIN_MIN)
			n = put_symbol(f, symbols, n, key_of(hash, SEED_BEGINS));
	}
	n = put_symbol(f, symbols, n, key_of(hash, SEED_EXACT));
	if (!f->table->has_ends)
		return n;
	hash = HASH_START;
	for (size_t i = form.len; i-- > 0;) {
		hash = hash_step(hash, form.at[i]);
		if (form.len - i >= BEGIN_MIN)
			n = put_symbol(f, symbols, n, key_of(hash, SEED_ENDS));
	}
	return n;
}

static bool has_symbol(const struct finding *f, uint32_t word, uint32_t symbol)
{
	for (uint32_t i = f->symbol_from[word]; i < f->symbol_from[word + 1]; i++)
		if (f->symbol[i] == symbol)
			return true;
	return false;
}

/* Marks that may stand inside of what belongs together: "wi-fi", "easy-to-use", "the \"chef\"". */
static bool passes(const struct words *w, const struct word *mark)
{
	char c = mark->len == 1 ? w->text.at[mark->from] : '\0';
	return c == '-' || c == '/' || c == '\'' || c == '"';
}

/* The next word of the clause; NO_WORD: there is none, or a mark parts them. */
static uint32_t word_after(const struct words *w, uint32_t at)
{
	uint32_t i = at + 1;
	for (; i < w->count && w->words[i].clause == w->words[at].clause; i++) {
		if (counts_as_word(&w->words[i]))
			return i;
		if (!passes(w, &w->words[i]))
			break;
	}
	return NO_WORD;
}

/* The last word of the pattern that begins at `first`; NO_WORD: it is not there. */
static uint32_t pattern_end(const struct finding *f, const struct pattern *p, uint32_t first)
{
	uint32_t at = first;
	for (uint32_t k = 1; k < p->words; k++) {
		uint32_t steps = p->gaps >> k & 1 ? GAP_WORDS + 1 : 1;
		do
			at = word_after(f->words, at);
		while (at != NO_WORD && !has_symbol(f, at, p->symbol[k]) && --steps > 0);
		if (at == NO_WORD || steps == 0)
			return NO_WORD;
	}
	return at;
}

static bool any_met(const struct finding *f, const uint32_t *symbols, uint32_t count,
                    uint32_t sentence, uint64_t themes)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t s = symbols[i];
		if (s & THEME_SYMBOL ? themes >> (s & ~THEME_SYMBOL) & 1
		                     : s < f->table->symbols && f->seen[s] == sentence)
			return true;
	}
	return false;
}

static bool holds(const struct finding *f, const struct pattern *p, uint32_t sentence,
                  uint64_t themes)
{
	return (!p->near_count || any_met(f, p->near, p->near_count, sentence, themes)) &&
	       !any_met(f, p->unless, p->unless_count, sentence, themes);
}

static void add_hit(struct finding *f, const struct pattern *p, uint32_t first, uint32_t last)
{
	struct seed_hits *o = f->out;
	if (o->count == f->cap) {
		size_t cap = f->cap ? f->cap * 2 : 16;
		struct seed_hit *larger = arena_alloc(f->a, cap * sizeof *larger);
		if (o->count)
			memcpy(larger, o->hit, o->count * sizeof *larger);
		o->hit = larger;
		f->cap = cap;
	}
	o->hit[o->count++] =
	    (struct seed_hit){ first, last, p->seed, p->theme, p->kind == SEED_SURE };
}

/* Patterns that begin at the word: those whose conditions ask for themes wait for the second round, in which `themes` are those of
 * the sentence. */
static uint64_t match_word(struct finding *f, uint32_t at, uint32_t sentence, bool second,
                           uint64_t themes, bool *waits)
{
	const struct table *t = f->table;
	uint64_t met = 0;
	for (uint32_t i = f->symbol_from[at]; i < f->symbol_from[at + 1]; i++) {
		uint32_t symbol = f->symbol[i];
		for (uint32_t k = t->pattern_from[symbol]; k < t->pattern_from[symbol + 1]; k++) {
			const struct pattern *p = &t->pattern[k];
			*waits |= p->asks_theme;
			if (p->asks_theme != second)
				continue;
			uint32_t last = pattern_end(f, p, at);
			if (last == NO_WORD || !holds(f, p, sentence, themes))
				continue;
			for (uint32_t v = at; p->kind == SEED_NOT && v <= last; v++)
				f->vetoed[v] |= (uint64_t)1 << p->theme;
			if (p->kind == SEED_NOT)
				continue;
			add_hit(f, p, at, last);
			if (p->kind == SEED_SURE && !p->near_count && !p->unless_count)
				met |= (uint64_t)1 << p->theme;
		}
	}
	return met;
}

static bool is_vetoed(const struct finding *f, const struct seed_hit *h)
{
	for (uint32_t i = h->first; i <= h->last; i++)
		if (f->vetoed[i] >> h->theme & 1)
			return true;
	return false;
}

static int by_first_word(const void *x, const void *y)
{
	const struct seed_hit *a = x, *b = y;
	int order = (a->first > b->first) - (a->first < b->first);
	return order ? order : (a->seed > b->seed) - (a->seed < b->seed);
}

static void match_sentence(struct finding *f, uint32_t from, uint32_t to, uint32_t sentence)
{
	uint64_t themes = 0;
	bool waits = false;
	size_t first_hit = f->out->count;
	for (uint32_t i = f->symbol_from[from]; i < f->symbol_from[to]; i++)
		f->seen[f->symbol[i]] = sentence;
	for (uint32_t i = from; i < to; i++)
		themes |= match_word(f, i, sentence, false, 0, &waits);
	for (uint32_t i = from; waits && i < to; i++)
		(void)match_word(f, i, sentence, true, themes, &waits);
	if (waits && f->out->count - first_hit > 1)
		qsort(f->out->hit + first_hit, f->out->count - first_hit, sizeof *f->out->hit,
		      by_first_word);
}

void theme_seeds_find(const struct theme_seeds *s, struct arena *a, const struct words *w,
                      struct seed_hits *out)
{
	struct finding f = { .table = &s->table[w->tongue], .words = w, .a = a, .out = out };
	*out = (struct seed_hits){ 0 };
	if (w->count == 0)
		return;
	f.symbol = arena_alloc(a, w->count * SYMBOLS_A_WORD * sizeof *f.symbol);
	f.symbol_from = arena_alloc(a, (w->count + 1) * sizeof *f.symbol_from);
	f.seen = ARENA_ARRAY(a, uint32_t, f.table->symbols + 1);
	f.vetoed = ARENA_ARRAY(a, uint64_t, w->count);
	f.symbol_from[0] = 0;
	for (uint32_t i = 0; i < w->count; i++)
		f.symbol_from[i + 1] =
		    f.symbol_from[i] + symbols_of(&f, &w->words[i], f.symbol + f.symbol_from[i]);
	for (uint32_t from = 0, to; from < w->count; from = to) {
		uint32_t sentence = w->clauses[w->words[from].clause].sentence;
		for (to = from + 1; to < w->count; to++)
			if (w->clauses[w->words[to].clause].sentence != sentence)
				break;
		match_sentence(&f, from, to, sentence + 1);
	}
	size_t kept = 0;
	for (size_t i = 0; i < out->count; i++)
		if (!is_vetoed(&f, &out->hit[i]))
			out->hit[kept++] = out->hit[i];
	out->count = kept;
}
