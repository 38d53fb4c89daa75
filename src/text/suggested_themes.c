/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/suggested_themes.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/die.h"
#include "text/clusters.h"
#include "text/keywords.h"
#include "text/lexicon.h"
#include "text/themes.h"

#define COMMENTS_A_CLUSTER 40
#define CLUSTERS_LEAST     3
#define CLUSTERS_MOST      16
#define KEYWORDS_LOOKED    16
#define NAMED_BY           3 /* of the words, those that tell most */
/* Of a word: how surely and how often it is the cluster's. */
#define WORD_Z        2.5
#define WORD_COMMENTS 4
#define WORD_BESIDE   0.4 /* of the z of the most telling one */
#define WORD_OWN      0.3 /* a topic may have been parted in two or three */
/* What so large a share of the comments says is no theme of its own. */
#define TOO_GENERAL 0.5
/* Quotes that fit on a screen. */
#define QUOTE_BYTES_MIN 20
#define QUOTE_BYTES_MAX 240
#define SEED            1

struct part {
	struct arena *a, *out;
	struct word_reader *r;
	const struct leftover_comment *all;
	const size_t *of; /* [count] places in `all` of one language */
	size_t count;
	enum tongue tongue;
	struct clusters clusters;
};

/* Words that judge name no topic. */
static bool only_judges(void *context, enum tongue tongue, const struct word *word)
{
	(void)context;
	return lexicon_find(tongue, word->folded, word->stem).valence != 0;
}

static const struct leftover_comment *comment_at(const struct part *p, size_t i)
{
	return &p->all[p->of[i]];
}

static void find_clusters(struct part *p)
{
	struct cluster_comments *c = cluster_comments_open();
	size_t wanted = p->count / COMMENTS_A_CLUSTER;
	for (size_t i = 0; i < p->count; i++) {
		struct arena scratch = { 0 };
		struct words w;
		words_read(p->r, &scratch, comment_at(p, i)->text, p->tongue, &w);
		cluster_comments_add(c, &w, only_judges, NULL);
		arena_free(&scratch);
	}
	wanted = wanted < CLUSTERS_LEAST ? CLUSTERS_LEAST : wanted;
	clusters_find(c, p->a, wanted < CLUSTERS_MOST ? wanted : CLUSTERS_MOST, SEED, &p->clusters);
	cluster_comments_close(c);
}

/* What the cluster says more than all others of the language. */
static void find_keywords(const struct part *p, size_t cluster, struct arena *a,
                          struct keyword **out, size_t *count)
{
	struct keyword_counts *k = keyword_counts_open();
	for (size_t i = 0; i < p->count; i++) {
		struct arena scratch = { 0 };
		struct words w;
		struct phrase *phrases;
		size_t phrase_count;
		words_read(p->r, &scratch, comment_at(p, i)->text, p->tongue, &w);
		phrases_of(&scratch, &w, &phrases, &phrase_count);
		keyword_counts_add(k, &w, phrases, phrase_count, p->clusters.of[i] != cluster);
		arena_free(&scratch);
	}
	keywords_of(k, a, 0, KEYWORDS_LOOKED, out, count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i].text = str_copy(a, (*out)[i].text);
	keyword_counts_close(k);
}

/* As a seed: its words, folded, with spaces between. At NULL: it names nothing, or is none that a taxonomy takes. */
static Str seed_of(const struct part *p, struct arena *a, Str text)
{
	struct words w;
	struct buf out;
	bool names = false, plain = true;
	size_t letters = 0;
	words_read(p->r, a, text, p->tongue, &w);
	buf_init(&out, 256);
	for (size_t i = 0; i < w.count; i++) {
		const struct word *word = &w.words[i];
		if (word->kind == WORD_MARK)
			continue;
		plain = plain && word->kind == WORD_LETTERS &&
		        !strpbrk(str_copy_c(a, word->folded), "*=<>|[]\"',:#.");
		names = names || (!word->stop && !only_judges(NULL, p->tongue, word));
		buf_printf(&out, "%s%.*s", letters++ ? " " : "", STR_FMT(word->folded));
	}
	bool fine = names && plain && letters > 0 && letters <= PHRASE_WORDS && !out.overflowed;
	Str seed = fine ? str_copy(p->out, buf_str(&out)) : (Str){ 0 };
	buf_free(&out);
	return seed;
}

static bool has_word(const struct suggested_theme *s, Str word)
{
	for (size_t i = 0; i < s->word_count; i++)
		if (str_eq(s->words[i], word))
			return true;
	return false;
}

static void choose_words(const struct part *p, size_t cluster, struct suggested_theme *out)
{
	struct arena scratch = { 0 };
	struct keyword *k;
	size_t count;
	find_keywords(p, cluster, &scratch, &k, &count);
	for (size_t i = 0; i < count && out->word_count < SUGGESTED_WORDS; i++) {
		double own = (double)k[i].comments / (double)(k[i].comments + k[i].others);
		if (k[i].z < WORD_Z || k[i].z < WORD_BESIDE * k[0].z ||
		    k[i].comments < WORD_COMMENTS || own < WORD_OWN)
			continue;
		Str seed = seed_of(p, &scratch, k[i].text);
		if (seed.at && !has_word(out, seed))
			out->words[out->word_count++] = seed;
	}
	arena_free(&scratch);
}

/* The first word with a capital where that is one byte. */
static Str name_of(struct arena *a, Str word)
{
	char *name = str_copy_c(a, word);
	if (name[0] >= 'a' && name[0] <= 'z')
		name[0] = (char)(name[0] - 'a' + 'A');
	return str_of(name);
}

static const struct theme_seeds *compile(const struct part *p, struct arena *a,
                                         const struct suggested_theme *s)
{
	struct taxonomy *t = ARENA_NEW(a, struct taxonomy);
	struct buf text;
	struct err err;
	buf_init(&text, TAXONOMY_BYTES_MAX);
	buf_printf(&text, "[s]\nname: s\n%.*s: ", STR_FMT(tongue_code(p->tongue)));
	for (size_t i = 0; i < s->word_count; i++)
		buf_printf(&text, "%s%.*s", i ? ", " : "", STR_FMT(s->words[i]));
	bool ok = taxonomy_read(a, str_copy(a, buf_str(&text)), t, &err);
	buf_free(&text);
	return ok ? theme_seeds_new(a, p->r, t) : NULL;
}

struct people {
	int64_t who[SUGGESTED_PEOPLE_LEAST];
	size_t count; /* up to as many as are asked for */
};

static void meet(struct people *p, int64_t who)
{
	for (size_t i = 0; i < p->count && who; i++)
		if (p->who[i] == who)
			return;
	if (p->count < SUGGESTED_PEOPLE_LEAST)
		p->who[p->count++] = who;
}

/* Comments that the words find, typical ones of the cluster kept as quotes. */
struct finding {
	const struct part *p;
	size_t cluster;
	struct suggested_theme *s;
	float close[SUGGESTED_QUOTES];
	struct people people;
};

static bool is_quoted(const struct finding *f, Str text)
{
	for (size_t i = 0; i < f->s->quote_count; i++)
		if (str_eq(f->p->all[f->s->quotes[i]].text, text))
			return true;
	return false;
}

static void offer(struct finding *f, size_t i)
{
	struct suggested_theme *s = f->s;
	const struct clusters *c = &f->p->clusters;
	Str text = comment_at(f->p, i)->text;
	float close = c->of[i] == f->cluster ? c->closeness[i] : 0;
	if (text.len < QUOTE_BYTES_MIN || text.len > QUOTE_BYTES_MAX || is_quoted(f, text))
		return;
	if (s->quote_count == SUGGESTED_QUOTES && close <= f->close[s->quote_count - 1])
		return;
	size_t at = s->quote_count < SUGGESTED_QUOTES ? s->quote_count++ : s->quote_count - 1;
	for (; at > 0 && f->close[at - 1] < close; at--) {
		f->close[at] = f->close[at - 1];
		s->quotes[at] = s->quotes[at - 1];
	}
	f->close[at] = close;
	s->quotes[at] = f->p->of[i];
}

static bool find_comments(const struct part *p, size_t cluster, struct suggested_theme *s)
{
	struct arena kept = { 0 };
	struct finding f = { .p = p, .cluster = cluster, .s = s };
	const struct theme_seeds *seeds = compile(p, &kept, s);
	for (size_t i = 0; seeds && i < p->count; i++) {
		struct arena scratch = { 0 };
		struct words w;
		struct seed_hits hits;
		words_read(p->r, &scratch, comment_at(p, i)->text, p->tongue, &w);
		theme_seeds_find(seeds, &scratch, &w, &hits);
		if (hits.count > 0) {
			s->comments++;
			meet(&f.people, comment_at(p, i)->who);
			offer(&f, i);
		}
		arena_free(&scratch);
	}
	arena_free(&kept);
	return s->comments >= SUGGESTED_LEAST && f.people.count == SUGGESTED_PEOPLE_LEAST &&
	       (double)s->comments <= TOO_GENERAL * (double)p->count && s->quote_count > 0;
}

static bool is_new(const struct suggested_theme *all, size_t count, const struct suggested_theme *s)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].tongue == s->tongue &&
		    suggested_alike(all[i].words, all[i].word_count, s->words, s->word_count))
			return false;
	return true;
}

static int largest_first(const void *x, const void *y)
{
	const struct suggested_theme *a = x, *b = y;
	if (a->comments != b->comments)
		return a->comments < b->comments ? 1 : -1;
	return str_cmp(a->name, b->name);
}

/* Keeps the largest. */
static void take(struct suggested_theme *all, size_t *count, const struct suggested_theme *s)
{
	if (!is_new(all, *count, s))
		return;
	if (*count < SUGGESTED_MAX)
		all[(*count)++] = *s;
	else if (all[*count - 1].comments < s->comments)
		all[*count - 1] = *s;
	qsort(all, *count, sizeof *all, largest_first);
}

/* Of the words that tell most a phrase, where there is one: "prestação de contas" names more than "contas". */
static Str most_specific(const struct suggested_theme *s)
{
	for (size_t i = 0; i < s->word_count && i < NAMED_BY; i++)
		if (str_find_char(s->words[i], ' ', 0) != SIZE_MAX)
			return s->words[i];
	return s->words[0];
}

static void look_at_language(struct part *p, struct suggested_theme *out, size_t *out_count)
{
	find_clusters(p);
	for (size_t k = 0; k < p->clusters.count; k++) {
		struct suggested_theme s = { .tongue = p->tongue };
		if (p->clusters.at[k].comments < SUGGESTED_LEAST)
			continue;
		choose_words(p, k, &s);
		if (s.word_count == 0 || !find_comments(p, k, &s))
			continue;
		s.name = name_of(p->out, most_specific(&s));
		take(out, out_count, &s);
	}
}

void suggest_themes(struct arena *a, struct word_reader *r, const struct leftover_comment *all,
                    size_t count, struct suggested_theme out[static SUGGESTED_MAX],
                    size_t *out_count)
{
	size_t *of = mem_alloc((count + 1) * sizeof *of);
	*out_count = 0;
	for (unsigned t = TONGUE_OTHER + 1; t < TONGUE_COUNT; t++) {
		struct arena own = { 0 };
		struct part p = { .a = &own, .out = a, .r = r, .all = all, .of = of };
		p.tongue = (enum tongue)t;
		for (size_t i = 0; i < count; i++)
			if (all[i].tongue == p.tongue)
				of[p.count++] = i;
		if (p.count >= SUGGEST_COMMENTS_LEAST)
			look_at_language(&p, out, out_count);
		arena_free(&own);
	}
	free(of);
}

bool suggested_alike(const Str *words, size_t count, const Str *others, size_t other_count)
{
	size_t common = 0, least = count < other_count ? count : other_count;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < other_count; j++)
			common += str_eq(words[i], others[j]);
	return least > 0 && 2 * common >= least;
}
