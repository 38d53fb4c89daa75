/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/pattern.h"

#include "base/die.h"
#include "text/bare.h"

#define GAP_WORDS   3
#define BEGINS      4096 /* lists by language and first word, or its first two bytes */
#define HITS_A_WORD 8    /* labels at one place */

struct choice {
	Str word;
	bool prefix;
};
struct token {
	struct choice *choices; /* NULL: a gap */
	size_t count;
};
struct pattern {
	enum tongue tongue;
	uint8_t label;
	struct token *tokens;
	size_t count;
};
struct begin {
	const struct pattern *pattern;
	uint32_t hash; /* of the first word; 0 for a prefix */
	struct choice first;
	struct begin *next;
};

struct patterns {
	struct begin *words[BEGINS];
	struct begin *prefixes[BEGINS];
	bool has[TONGUE_COUNT]; /* any phrase */
};

static uint32_t hash_of(Str s)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.at[i]) * 16777619u;
	return hash ^ hash >> 15;
}

static size_t place_of_word(enum tongue t, uint32_t hash)
{
	return (hash ^ (unsigned)t * 0x9E37u) % BEGINS;
}

static size_t place_of_prefix(enum tongue t, Str word)
{
	unsigned second = word.len > 1 ? (unsigned char)word.at[1] : 0;
	return (((unsigned)t * 37u + (unsigned char)word.at[0]) * 31u + second) % BEGINS;
}

static struct token token_of(struct arena *a, Str text)
{
	struct token t = { 0 };
	Str one;
	if (str_eq(text, STR("...")))
		return t;
	size_t room = 1;
	for (size_t i = 0; i < text.len; i++)
		room += text.at[i] == '|';
	t.choices = ARENA_ARRAY(a, struct choice, room);
	while (str_cut(&text, '|', &one)) {
		bool prefix = str_ends(one, STR("*"));
		one.len -= prefix;
		MUST(one.len > (prefix ? 1 : 0));
		t.choices[t.count++] = (struct choice){ bare_word(a, one), prefix };
	}
	return t;
}

static void add_begin(struct arena *a, struct patterns *p, const struct pattern *pattern,
                      struct choice first)
{
	struct begin *b = ARENA_NEW(a, struct begin);
	uint32_t hash = first.prefix ? 0 : hash_of(first.word);
	struct begin **list = first.prefix
	                          ? &p->prefixes[place_of_prefix(pattern->tongue, first.word)]
	                          : &p->words[place_of_word(pattern->tongue, hash)];
	*b = (struct begin){ pattern, hash, first, *list };
	*list = b;
	p->has[pattern->tongue] = true;
}

static void add_pattern(struct arena *a, struct patterns *p, const struct pattern_list *list,
                        Str text)
{
	struct pattern *pattern = ARENA_NEW(a, struct pattern);
	Str one;
	*pattern = (struct pattern){ .tongue = list->tongue, .label = list->label };
	size_t room = 1;
	for (size_t i = 0; i < text.len; i++)
		room += text.at[i] == ' ';
	pattern->tokens = ARENA_ARRAY(a, struct token, room);
	while (str_cut(&text, ' ', &one))
		if (one.len > 0)
			pattern->tokens[pattern->count++] = token_of(a, one);
	if (pattern->count == 0)
		return;
	MUST(pattern->tokens[0].choices && pattern->tokens[pattern->count - 1].choices);
	for (size_t i = 0; i < pattern->tokens[0].count; i++)
		add_begin(a, p, pattern, pattern->tokens[0].choices[i]);
}

const struct patterns *patterns_make(struct arena *a, const struct pattern_list *lists,
                                     size_t count)
{
	struct patterns *p = ARENA_NEW(a, struct patterns);
	for (size_t i = 0; i < count; i++) {
		Str rest = str_of(lists[i].phrases), one;
		while (str_cut(&rest, ',', &one))
			add_pattern(a, p, &lists[i], one);
	}
	return p;
}

void plain_words(struct arena *a, const struct words *w, struct plain_words *out)
{
	*out = (struct plain_words){ .words = w };
	out->at = ARENA_ARRAY(a, struct plain_word, w->count + 1);
	for (size_t i = 0; i < w->count; i++) {
		const struct word *word = &w->words[i];
		if ((word->kind != WORD_LETTERS && word->kind != WORD_NUMBER) || !word->folded.len)
			continue;
		Str bare = bare_word(a, word->folded);
		out->at[out->count++] = (struct plain_word){
			.bare = bare,
			.hash = hash_of(bare),
			.word = (uint32_t)i,
			.sentence = w->clauses[word->clause].sentence,
		};
	}
}

static bool fits(struct choice c, Str word)
{
	return c.prefix ? str_starts(word, c.word) : str_eq(word, c.word);
}

static bool token_fits(const struct token *t, Str word)
{
	for (size_t i = 0; i < t->count; i++)
		if (fits(t->choices[i], word))
			return true;
	return false;
}

/* Words from `at` that the tokens from `token` take, within the sentence; 0: they do not fit. The depth is the number of
 * tokens, and each gap tries GAP_WORDS + 1 places: bounded whatever the text. */
static size_t length_of(const struct pattern *p, size_t token, const struct plain_words *w,
                        size_t at, uint32_t sentence)
{
	size_t from = at;
	for (; token < p->count; token++, at++) {
		if (!p->tokens[token].choices) {
			for (size_t skip = 0; skip <= GAP_WORDS; skip++) {
				size_t rest = length_of(p, token + 1, w, at + skip, sentence);
				if (rest)
					return at + skip + rest - from;
			}
			return 0;
		}
		if (at >= w->count || w->at[at].sentence != sentence ||
		    !token_fits(&p->tokens[token], w->at[at].bare))
			return 0;
	}
	return at - from;
}

struct found {
	struct pattern_hit *hits;
	size_t count, room;
	struct arena *a;
};

static void keep(struct found *f, const struct pattern_hit *hit)
{
	if (f->count == f->room) {
		f->room = f->room ? f->room * 2 : 16;
		struct pattern_hit *larger = arena_alloc(f->a, f->room * sizeof *larger);
		for (size_t i = 0; i < f->count; i++)
			larger[i] = f->hits[i];
		f->hits = larger;
	}
	f->hits[f->count++] = *hit;
}

static size_t length_at(const struct pattern *pattern, const struct plain_words *w, size_t at)
{
	size_t rest = pattern->count > 1 ? length_of(pattern, 1, w, at + 1, w->at[at].sentence) : 0;
	return pattern->count == 1 ? 1 : rest ? rest + 1 : 0;
}

/* Those at one place, the longest of each label. */
struct here {
	struct pattern_hit hits[HITS_A_WORD];
	size_t count;
};

static void keep_longest(struct here *here, const struct plain_words *w, size_t at, uint8_t label,
                         size_t len)
{
	size_t i = 0;
	while (i < here->count && here->hits[i].label != label)
		i++;
	if (i == HITS_A_WORD || (i < here->count && here->hits[i].plain_count >= len))
		return;
	here->count += i == here->count;
	uint32_t first = w->at[at].word, last = w->at[at + len - 1].word;
	here->hits[i] = (struct pattern_hit){
		.label = label,
		.first = first,
		.count = last - first + 1,
		.plain_first = (uint32_t)at,
		.plain_count = (uint32_t)len,
	};
}

static void find_in(const struct begin *list, const struct plain_words *w, size_t at, uint32_t hash,
                    enum tongue tongue, struct here *here)
{
	Str first = w->at[at].bare;
	for (const struct begin *b = list; b; b = b->next) {
		if (b->hash != hash || b->pattern->tongue != tongue || !fits(b->first, first))
			continue;
		size_t len = length_at(b->pattern, w, at);
		if (len > 0)
			keep_longest(here, w, at, b->pattern->label, len);
	}
}

static void find_at(const struct patterns *p, const struct plain_words *w, size_t at,
                    enum tongue tongue, struct here *here)
{
	const struct plain_word *word = &w->at[at];
	if (!p->has[tongue])
		return;
	find_in(p->words[place_of_word(tongue, word->hash)], w, at, word->hash, tongue, here);
	find_in(p->prefixes[place_of_prefix(tongue, word->bare)], w, at, 0, tongue, here);
}

/* Without what lies inside a phrase of label 0, which goes itself. */
static size_t drop_excused(struct pattern_hit *hits, size_t count)
{
	size_t kept = 0, inside_until = 0;
	for (size_t i = 0; i < count; i++) {
		size_t end = hits[i].plain_first + hits[i].plain_count;
		if (hits[i].label == 0)
			inside_until = end > inside_until ? end : inside_until;
		else if (end > inside_until)
			hits[kept++] = hits[i];
	}
	return kept;
}

size_t patterns_find(const struct patterns *p, struct arena *a, const struct plain_words *w,
                     struct pattern_hit **out)
{
	struct found f = { .a = a };
	for (size_t at = 0; at < w->count; at++) {
		struct here here;
		here.count = 0; /* without a zero in each of its hits, at every word */
		find_at(p, w, at, TONGUE_OTHER, &here);
		if (w->words->tongue != TONGUE_OTHER)
			find_at(p, w, at, w->words->tongue, &here);
		for (int excuses = 1; here.count > 0 && excuses >= 0;
		     excuses--) /* they come first at their place */
			for (size_t i = 0; i < here.count; i++)
				if ((here.hits[i].label == 0) == excuses)
					keep(&f, &here.hits[i]);
	}
	*out = f.hits;
	return drop_excused(f.hits, f.count);
}
