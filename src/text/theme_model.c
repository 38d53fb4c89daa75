/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/theme_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* liblinear's C: sentences are short and labels are noisy. */
#define COST 1.0
/* Log-odds for themes that people taught. */
#define TAUGHT_RAISE 1.2F

static int by_place(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static bool speaks(const struct words *w, uint32_t i, const bool *hidden)
{
	return w->words[i].kind != WORD_MARK && w->words[i].kind != WORD_NUMBER &&
	       !(hidden && hidden[i]);
}

/* That a seed was met counts as much as all words together. */
static size_t add_met(const struct taxonomy *t, char kind, uint64_t met, uint32_t *index)
{
	size_t n = 0;
	for (uint32_t i = 0; met >> i && i < t->themes; i++)
		if (met >> i & 1)
			index[n++] = feature_place(kind, t->theme[i].key, (Str){ 0 });
	return n;
}

void theme_features(struct arena *a, const struct taxonomy *t, const struct words *w,
                    uint32_t first, uint32_t count, const bool *hidden, uint64_t sure,
                    uint64_t maybe, struct features *out)
{
	size_t room = 2 * (size_t)count + 2 * TAXONOMY_THEMES_MAX, n = 0, kept = 0, met;
	uint32_t *index = arena_alloc(a, room * sizeof *index), seeds[2 * TAXONOMY_THEMES_MAX];
	met = add_met(t, 'S', sure, seeds);
	met += add_met(t, 'M', maybe, seeds + met);
	for (uint32_t i = first; i < first + count; i++) {
		const struct word *word = &w->words[i];
		if (!speaks(w, i, hidden))
			continue;
		index[n++] = feature_place('t', word->stem, (Str){ 0 });
		if (i > first && speaks(w, i - 1, hidden) && w->words[i - 1].clause == word->clause)
			index[n++] = feature_place('u', w->words[i - 1].stem, word->stem);
	}
	memcpy(index + n, seeds, met * sizeof *index);
	n += met;
	if (n)
		qsort(index, n, sizeof *index, by_place);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || index[i] != index[i - 1])
			index[kept++] = index[i];
	out->index = index;
	out->count = kept;
	out->value = arena_alloc(a, (kept + 1) * sizeof *out->value);
	for (size_t i = 0; i < kept; i++) {
		bool seed = false;
		for (size_t k = 0; k < met; k++)
			seed |= seeds[k] == index[i];
		out->value[i] = seed ? 1 : 1 / sqrtf((float)(kept - met + 1));
	}
}

struct learning {
	struct arena *a;
	const struct theme_lesson *lesson;
	struct linear_sample *samples;
	size_t count, cap;
	size_t positive[TAXONOMY_THEMES_MAX];
	size_t said_is[TAXONOMY_THEMES_MAX], said_is_not[TAXONOMY_THEMES_MAX]; /* by people */
};

static void add_sample(struct learning *l, const struct linear_sample *s)
{
	if (l->count == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 1024;
		struct linear_sample *larger = arena_alloc(l->a, cap * sizeof *larger);
		if (l->count)
			memcpy(larger, l->samples, l->count * sizeof *larger);
		l->samples = larger;
		l->cap = cap;
	}
	l->samples[l->count++] = *s;
}

static void hide(const struct seed_hits *hits, size_t from, size_t to, uint16_t theme, bool *hidden)
{
	for (size_t i = from; i < to; i++)
		for (uint32_t k = hits->hit[i].first;
		     hits->hit[i].theme == theme && k <= hits->hit[i].last; k++)
			hidden[k] = true;
}

static void met_in(const struct seed_hits *hits, size_t from, size_t to, uint64_t *sure,
                   uint64_t *maybe)
{
	*sure = *maybe = 0;
	for (size_t i = from; i < to; i++)
		*(hits->hit[i].sure ? sure : maybe) |= (uint64_t)1 << hits->hit[i].theme;
}

static bool is_learnt(const struct theme_lesson *lesson, uint16_t theme)
{
	return lesson->only == 0 || (lesson->only >> theme & 1);
}

/* A sentence with the hits [from, to), of which people did not say whether it speaks of themes but those in `said`: once as it is, and once for each theme that it has a seed of, whose words are hidden. */
static void add_sentence(struct learning *l, const struct words *w, uint32_t first, uint32_t count,
                         const struct seed_hits *hits, size_t from, size_t to, uint64_t said)
{
	const struct taxonomy *taxonomy = l->lesson->taxonomy;
	bool *hidden = ARENA_ARRAY(l->a, bool, w->count);
	uint64_t sure, maybe;
	met_in(hits, from, to, &sure, &maybe);
	struct linear_sample whole = { .classes = sure & ~said, .unknown = (maybe & ~sure) | said };
	theme_features(l->a, taxonomy, w, first, count, NULL, sure, maybe, &whole.features);
	add_sample(l, &whole);
	for (uint16_t t = 0; t < taxonomy->themes; t++) {
		struct linear_sample one = { .classes = (uint64_t)1 << t };
		if (!((sure & ~said) >> t & 1) || !is_learnt(l->lesson, t))
			continue;
		one.unknown = ((sure | maybe) & ~one.classes) | said;
		hide(hits, from, to, t, hidden);
		theme_features(l->a, taxonomy, w, first, count, hidden, sure & ~one.classes,
		               maybe & ~one.classes, &one.features);
		add_sample(l, &one);
		l->positive[t]++;
		memset(hidden, 0, w->count * sizeof *hidden);
	}
}

static uint32_t sentence_at(const struct words *w, uint32_t word)
{
	return w->clauses[w->words[word].clause].sentence;
}

static void add_corrected(struct learning *l, const struct words *w, const struct seed_hits *hits,
                          const struct theme_correction *c)
{
	struct linear_sample one = { .classes = c->is, .unknown = ~(c->is | c->is_not) };
	uint64_t sure, maybe;
	if (!(c->is | c->is_not))
		return;
	met_in(hits, 0, hits->count, &sure, &maybe);
	theme_features(l->a, l->lesson->taxonomy, w, 0, (uint32_t)w->count, NULL, sure, maybe,
	               &one.features);
	for (int i = 0; i < THEME_CORRECTION_WEIGHT; i++)
		add_sample(l, &one);
	for (uint16_t t = 0; t < l->lesson->taxonomy->themes; t++) {
		l->positive[t] += (c->is >> t & 1) * THEME_CORRECTION_WEIGHT;
		l->said_is[t] += c->is >> t & 1;
		l->said_is_not[t] += c->is_not >> t & 1;
	}
}

static void add_text(struct learning *l, const struct words *w, const struct theme_correction *c)
{
	struct seed_hits hits;
	size_t from = 0, to = 0;
	uint64_t said = c ? c->is | c->is_not : 0;
	theme_seeds_find(l->lesson->seeds, l->a, w, &hits);
	if (c)
		add_corrected(l, w, &hits, c);
	for (uint32_t first = 0, next; first < w->count; first = next, from = to) {
		for (next = first + 1;
		     next < w->count && sentence_at(w, next) == sentence_at(w, first);)
			next++;
		while (to < hits.count && hits.hit[to].first < next)
			to++;
		add_sentence(l, w, first, next - first, &hits, from, to, said);
	}
}

/* The bits of the themes that are learnt, which become classes one behind the other. */
static uint64_t as_classes(uint64_t themes, const uint16_t *theme, uint32_t classes)
{
	uint64_t bits = 0;
	for (uint32_t c = 0; c < classes; c++)
		bits |= (themes >> theme[c] & 1) << c;
	return bits;
}

bool theme_learn(struct arena *a, const struct theme_lesson *lesson, struct theme_model *out)
{
	struct learning l = { .a = a, .lesson = lesson };
	struct linear_lesson all = { .c = COST };
	Str names[TAXONOMY_THEMES_MAX];
	uint16_t theme[TAXONOMY_THEMES_MAX];
	for (size_t i = 0; i < lesson->count; i++)
		if (!lesson->folds || i % lesson->folds != lesson->fold)
			add_text(&l, &lesson->texts[i],
			         lesson->corrections ? &lesson->corrections[i] : NULL);
	for (uint16_t t = 0; t < lesson->taxonomy->themes; t++) {
		if (l.positive[t] < THEME_SENTENCES_MIN || !is_learnt(lesson, t))
			continue;
		names[all.classes] = lesson->taxonomy->theme[t].key;
		theme[all.classes++] = t;
	}
	if (all.classes == 0)
		return false;
	for (size_t i = 0; i < l.count; i++) {
		struct linear_sample *s = &l.samples[i];
		s->classes = as_classes(s->classes, theme, all.classes);
		s->unknown = as_classes(s->unknown, theme, all.classes);
	}
	all.samples = l.samples;
	all.count = l.count;
	all.class_name = names;
	linear_learn(a, &all, &out->linear);
	for (uint32_t c = 0; c < all.classes; c++)
		if (l.said_is[theme[c]] >= THEME_TAUGHT_LEAST &&
		    l.said_is_not[theme[c]] >= THEME_TAUGHT_LEAST)
			out->linear.calibration[c][1] += TAUGHT_RAISE;
	return true;
}
