/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/themes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/theme_model.h"

/* From where words are taken to say something of good or bad. */
#define SPEAKS_FROM 0.1F
/* A seed by itself, and what the rest of its sentence adds at most. */
#define SEED_CERTAINTY  0.8F
#define MAYBE_CERTAINTY 0.5F
#define REST_CERTAINTY  0.2F
/* Of what no model knows. */
#define UNKNOWN 0.5F
/* Of the model's probabilities: a sure seed is doubted below the first; a sentence without one speaks of a theme from the others on,
 * with and without a seed that may count. Seeds are right more often than what is learnt from them, so the bar is high. */
#define DOUBTED_BELOW 0.4F
#define MAYBE_FROM    0.75F
#define FOUND_FROM    0.8F
/* A neighbour is not further away, in clauses. */
#define BESIDE_MAX 8

struct theme_reader {
	const struct taxonomy *taxonomy;
	const struct theme_seeds *seeds;
	const struct linear *model;       /* NULL: seeds alone */
	int theme_of[LINEAR_CLASSES_MAX]; /* by class of the model; -1: the taxonomy has none */
};

static const struct theme_reader *make_reader(struct arena *a, const struct theme_seeds *seeds,
                                              const struct taxonomy *t,
                                              const struct theme_model *model)
{
	struct theme_reader *r = ARENA_NEW(a, struct theme_reader);
	*r = (struct theme_reader){ .taxonomy = t, .seeds = seeds };
	r->model = model ? &model->linear : NULL;
	for (uint32_t c = 0; model && c < r->model->classes; c++)
		r->theme_of[c] = taxonomy_find(t, r->model->class_name[c]);
	return r;
}

const struct theme_reader *theme_reader_new(struct arena *a, struct word_reader *r,
                                            const struct taxonomy *t,
                                            const struct theme_model *model)
{
	return make_reader(a, theme_seeds_new(a, r, t), t, model);
}

const struct theme_reader *theme_reader_with(struct arena *a, const struct theme_reader *r,
                                             const struct theme_model *model)
{
	return make_reader(a, r->seeds, r->taxonomy, model);
}

const struct theme_seeds *theme_reader_seeds(const struct theme_reader *r)
{
	return r->seeds;
}

const struct taxonomy *theme_reader_taxonomy(const struct theme_reader *r)
{
	return r->taxonomy;
}

/* ---- which themes, and where ---- */

static uint32_t sentence_of(const struct words *w, uint32_t word)
{
	return w->clauses[w->words[word].clause].sentence;
}

/* What a sentence speaks of, a bit a theme. */
struct spoken {
	uint64_t sure;   /* it has a sure seed */
	uint64_t maybe;  /* it has one that may count */
	uint64_t themes; /* it speaks of it, all things considered */
};

static void weigh_seeds(const struct words *w, const struct seed_hits *hits, struct spoken *spoken)
{
	for (size_t i = 0; i < hits->count; i++) {
		struct spoken *s = &spoken[sentence_of(w, hits->hit[i].first)];
		*(hits->hit[i].sure ? &s->sure : &s->maybe) |= (uint64_t)1 << hits->hit[i].theme;
		s->themes = s->sure;
	}
}

/* ---- what the model says of a sentence ---- */

struct weighing {
	const struct theme_reader *r;
	struct arena *a;
	const struct words *w;
	float *p; /* [sentences x themes] probabilities */
};

static void score(const struct weighing *g, uint32_t first, uint32_t count, const struct spoken *s,
                  float *p)
{
	struct features f;
	float scores[LINEAR_CLASSES_MAX], each[LINEAR_CLASSES_MAX];
	theme_features(g->a, g->r->taxonomy, g->w, first, count, NULL, s->sure, s->maybe, &f);
	linear_scores(g->r->model, &f, NULL, scores);
	linear_each(g->r->model, scores, each);
	for (uint32_t c = 0; c < g->r->model->classes; c++)
		if (g->r->theme_of[c] >= 0)
			p[g->r->theme_of[c]] = each[c];
}

static void weigh_sentence(const struct weighing *g, struct spoken *s, const float *p)
{
	for (uint16_t t = 0; t < g->r->taxonomy->themes; t++) {
		uint64_t bit = (uint64_t)1 << t;
		if (s->sure & bit)
			s->themes &= p[t] < DOUBTED_BELOW ? ~bit : ~(uint64_t)0;
		else if (p[t] > (s->maybe & bit ? MAYBE_FROM : FOUND_FROM))
			s->themes |= bit;
	}
}

static void weigh_all(struct weighing *g, struct spoken *spoken)
{
	const struct words *w = g->w;
	size_t themes = g->r->taxonomy->themes;
	g->p = ARENA_ARRAY(g->a, float, w->sentence_count *themes + 1);
	for (size_t i = 0; i < w->sentence_count * themes; i++)
		g->p[i] = UNKNOWN;
	for (uint32_t first = 0, next; first < w->count; first = next) {
		uint32_t sentence = sentence_of(w, first);
		for (next = first + 1; next < w->count && sentence_of(w, next) == sentence;)
			next++;
		score(g, first, next - first, &spoken[sentence], g->p + sentence * themes);
		weigh_sentence(g, &spoken[sentence], g->p + sentence * themes);
	}
}

static int by_theme_and_clause(const void *x, const void *y)
{
	const struct theme_mention *a = x, *b = y;
	if (a->theme != b->theme)
		return a->theme < b->theme ? -1 : 1;
	if (a->clause != b->clause)
		return a->clause < b->clause ? -1 : 1;
	if (a->certainty != b->certainty)
		return a->certainty > b->certainty ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

/* One a theme and clause: the surest, and what touches it. */
static void merge(struct theme_mentions *m)
{
	size_t kept = 0;
	for (size_t i = 0; i < m->count; i++) {
		struct theme_mention *into = kept ? &m->mention[kept - 1] : NULL;
		const struct theme_mention *one = &m->mention[i];
		if (!into || into->theme != one->theme || into->clause != one->clause) {
			m->mention[kept++] = *one;
		} else if (one->first <= into->last + 1 && into->first <= one->last + 1) {
			into->first = one->first < into->first ? one->first : into->first;
			into->last = one->last > into->last ? one->last : into->last;
		}
	}
	m->count = kept;
}

static void place(const struct words *w, struct theme_mention *m)
{
	const struct word *first = &w->words[m->first], *last = &w->words[m->last];
	m->from = first->from;
	m->len = last->from + last->len - first->from;
}

/* Where the model alone finds a theme: the clause that says most of it. */
static struct theme_mention found_in(const struct weighing *g, uint32_t sentence, uint16_t theme)
{
	struct theme_mention best = { .theme = theme, .certainty = -1 };
	for (uint32_t c = 0; c < g->w->clause_count; c++) {
		const struct clause *clause = &g->w->clauses[c];
		float p[TAXONOMY_THEMES_MAX] = { 0 };
		if (clause->sentence != sentence)
			continue;
		score(g, clause->first, clause->count, &(struct spoken){ 0 }, p);
		if (p[theme] <= best.certainty)
			continue;
		best.certainty = p[theme];
		best.clause = c;
		best.first = clause->first;
		best.last = clause->first + clause->count - 1;
	}
	return best;
}

static void add_found(const struct weighing *g, const struct spoken *spoken,
                      struct theme_mentions *out)
{
	for (uint32_t s = 0; s < g->w->sentence_count; s++)
		for (uint16_t t = 0; t < g->r->taxonomy->themes; t++) {
			const struct spoken *of = &spoken[s];
			if (!((of->themes & ~of->sure & ~of->maybe) >> t & 1))
				continue;
			struct theme_mention *one = &out->mention[out->count++];
			*one = found_in(g, s, t);
			one->certainty = g->p[s * g->r->taxonomy->themes + t];
		}
}

static size_t count_found(const struct words *w, const struct spoken *spoken)
{
	size_t n = 0;
	for (uint32_t s = 0; s < w->sentence_count; s++)
		n += (size_t)__builtin_popcountll(spoken[s].themes);
	return n;
}

static void add_hit(const struct weighing *g, const struct spoken *spoken, const struct seed_hit *h,
                    struct theme_mentions *out)
{
	uint32_t sentence = sentence_of(g->w, h->first);
	if (!(spoken[sentence].themes >> h->theme & 1))
		return;
	float p = g->p ? g->p[sentence * g->r->taxonomy->themes + h->theme] : UNKNOWN;
	out->mention[out->count++] = (struct theme_mention){
		.theme = h->theme,
		.has_seed = true,
		.clause = g->w->words[h->first].clause,
		.first = h->first,
		.last = h->last,
		.certainty = (h->sure ? SEED_CERTAINTY : MAYBE_CERTAINTY) + REST_CERTAINTY * p,
	};
}

static void find_all(const struct theme_reader *r, struct arena *a, const struct words *w,
                     struct theme_mentions *out)
{
	struct weighing g = { .r = r, .a = a, .w = w };
	struct seed_hits hits;
	struct spoken *spoken = ARENA_ARRAY(a, struct spoken, w->sentence_count + 1);
	theme_seeds_find(r->seeds, a, w, &hits);
	weigh_seeds(w, &hits, spoken);
	if (r->model)
		weigh_all(&g, spoken);
	*out = (struct theme_mentions){ 0 };
	out->mention =
	    arena_alloc(a, (hits.count + count_found(w, spoken) + 1) * sizeof *out->mention);
	for (size_t i = 0; i < hits.count; i++)
		add_hit(&g, spoken, &hits.hit[i], out);
	if (r->model)
		add_found(&g, spoken, out);
	if (out->count)
		qsort(out->mention, out->count, sizeof *out->mention, by_theme_and_clause);
	merge(out);
	for (size_t i = 0; i < out->count; i++)
		place(w, &out->mention[i]);
}

/* ---- how good or bad ---- */

struct judging {
	const struct words *w;
	const struct theme_judge *judge;
	const struct theme_mentions *m;
	uint64_t *themes; /* [clauses] a bit a theme */
	float *clause;    /* [clauses] */
	uint32_t *newest; /* [clauses] mention from 1; 0: none */
	uint32_t *older;  /* [mentions] the one before in its clause */
};

static float polarity_of(const struct judging *j, size_t first, size_t count)
{
	return count ? j->judge->polarity(j->judge->of, first, count) : 0;
}

/* Between two words that speak of different themes: where the one's part ends. `to` when nothing parts them. */
static uint32_t parting(const struct words *w, uint32_t from, uint32_t to)
{
	uint32_t comma = to;
	for (uint32_t i = to; i-- > from;) {
		const struct word *word = &w->words[i];
		if (word->roles & TONGUE_JOINS)
			return i;
		char c = word->kind == WORD_MARK ? w->text.at[word->from] : '\0';
		if (comma == to && (c == ',' || c == '/' || c == '&' || c == '+'))
			comma = i;
	}
	return comma;
}

/* The part of its clause that is about this mention alone. */
static float polarity_of_part(const struct judging *j, const struct theme_mention *m)
{
	const struct clause *c = &j->w->clauses[m->clause];
	uint32_t from = c->first, to = c->first + c->count;
	for (uint32_t i = j->newest[m->clause]; i; i = j->older[i - 1]) {
		const struct theme_mention *other = &j->m->mention[i - 1];
		if (other->theme == m->theme)
			continue;
		if (other->last < m->first) {
			uint32_t at = parting(j->w, other->last + 1, m->first);
			from = at < m->first && at + 1 > from ? at + 1 : from;
		} else if (other->first > m->last) {
			uint32_t at = parting(j->w, m->last + 1, other->first);
			to = at < other->first && at < to ? at : to;
		}
	}
	if (from == c->first && to == c->first + c->count)
		return j->clause[m->clause];
	return polarity_of(j, from, to - from);
}

static bool is_beside(const struct judging *j, uint32_t clause, uint32_t of, uint16_t theme)
{
	uint32_t far = clause > of ? clause - of : of - clause;
	return far <= BESIDE_MAX && j->w->clauses[clause].sentence == j->w->clauses[of].sentence &&
	       !(j->themes[clause] & ~((uint64_t)1 << theme));
}

/* Of the sentence's clauses that speak of nothing else, those behind first. */
static float polarity_beside(const struct judging *j, const struct theme_mention *m)
{
	for (uint32_t c = m->clause + 1;
	     c < j->w->clause_count && is_beside(j, c, m->clause, m->theme); c++)
		if (fabsf(j->clause[c]) >= SPEAKS_FROM)
			return j->clause[c];
	for (uint32_t c = m->clause; c-- > 0 && is_beside(j, c, m->clause, m->theme);)
		if (fabsf(j->clause[c]) >= SPEAKS_FROM)
			return j->clause[c];
	return 0;
}

static float judge_one(const struct judging *j, const struct theme_mention *m)
{
	bool alone = !(j->themes[m->clause] & ~((uint64_t)1 << m->theme));
	float p = alone ? j->clause[m->clause] : polarity_of_part(j, m);
	if (fabsf(p) < SPEAKS_FROM)
		p = j->clause[m->clause];
	if (fabsf(p) >= SPEAKS_FROM)
		return p;
	float beside = polarity_beside(j, m);
	return fabsf(beside) > fabsf(p) ? beside : p;
}

static void judge_all(struct arena *a, const struct words *w, const struct theme_judge *judge,
                      struct theme_mentions *m)
{
	struct judging j = { .w = w, .judge = judge, .m = m };
	j.themes = ARENA_ARRAY(a, uint64_t, w->clause_count);
	j.clause = ARENA_ARRAY(a, float, w->clause_count);
	j.newest = ARENA_ARRAY(a, uint32_t, w->clause_count);
	j.older = ARENA_ARRAY(a, uint32_t, m->count);
	for (uint32_t i = 0; i < m->count; i++) {
		uint32_t clause = m->mention[i].clause;
		j.themes[clause] |= (uint64_t)1 << m->mention[i].theme;
		j.older[i] = j.newest[clause];
		j.newest[clause] = i + 1;
	}
	for (size_t c = 0; c < w->clause_count; c++)
		j.clause[c] = polarity_of(&j, w->clauses[c].first, w->clauses[c].count);
	for (size_t i = 0; i < m->count; i++)
		m->mention[i].polarity = judge_one(&j, &m->mention[i]);
}

void theme_read(const struct theme_reader *r, struct arena *a, const struct words *w,
                const struct theme_judge *judge, struct theme_mentions *out)
{
	find_all(r, a, w, out);
	if (judge && judge->polarity && out->count > 0)
		judge_all(a, w, judge, out);
}

float theme_polarity(const struct theme_mentions *m, size_t first, size_t *count)
{
	float sum = 0, weight = 0;
	size_t i = first;
	for (; i < m->count && m->mention[i].theme == m->mention[first].theme; i++) {
		float says = fabsf(m->mention[i].polarity) * m->mention[i].certainty;
		sum += says * m->mention[i].polarity;
		weight += says;
	}
	*count = i - first;
	return weight > 0 ? sum / weight : 0;
}
