/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reading/learner.h"

#include <string.h>

#include "text/theme_model.h"

#define FOLDS     5
#define MODEL_MAX (16 << 20)
/* Comments that speak of the theme, and as many that do not, by what people said. */
#define EACH_LEAST 5

static size_t fold_of(uint64_t owner)
{
	uint64_t x = (owner + 1) * 0xBF58476D1CE4E5B9ull;
	return (size_t)((x ^ x >> 31) % FOLDS);
}

static uint64_t themes_in(const struct theme_reader *r, struct arena *a, const struct words *w)
{
	struct theme_mentions m;
	uint64_t bits = 0;
	theme_read(r, a, w, NULL, &m);
	for (size_t i = 0; i < m.count; i++)
		bits |= (uint64_t)1 << m.mention[i].theme;
	return bits;
}

/* What a comment teaches: what was put right, where it was said later or alone. */
static struct theme_correction said_of(const struct learner_text *t)
{
	uint64_t right = t->put_right.is | t->put_right.is_not;
	return (struct theme_correction){ t->put_right.is | (t->checked.is & ~right),
		                          t->put_right.is_not | (t->checked.is_not & ~right) };
}

static uint64_t bits_of(const struct learner_text *t)
{
	struct theme_correction said = said_of(t);
	return said.is | said.is_not;
}

/* The themes of which people said enough. */
static uint64_t themes_wanted(const struct learner *l)
{
	uint64_t wanted = 0;
	for (uint32_t t = 0; t < analyst_taxonomy(l->glasses.plain)->themes; t++) {
		size_t labels = 0;
		for (size_t i = 0; i < l->labelled_count; i++)
			labels += bits_of(&l->labelled[i]) >> t & 1;
		if (labels >= LEARNT_LABELS_LEAST)
			wanted |= (uint64_t)1 << t;
	}
	return wanted;
}

static bool is_labelled(const struct learner *l, int64_t response)
{
	size_t low = 0, high = l->labelled_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (l->labelled[middle].response < response)
			low = middle + 1;
		else
			high = middle;
	}
	return low < l->labelled_count && l->labelled[low].response == response;
}

/* From the sample and what people said, but for what they said of owners in `fold` (FOLDS: of all). In the arena, NULL: nothing. */
static const struct theme_model *teach(const struct learner *l, struct arena *a, uint64_t themes,
                                       size_t fold)
{
	struct theme_model *m = ARENA_NEW(a, struct theme_model);
	size_t room = l->text_count + l->labelled_count + 1, n = 0;
	struct words *texts = ARENA_ARRAY(a, struct words, room);
	struct theme_correction *said = ARENA_ARRAY(a, struct theme_correction, room);
	for (size_t i = 0; i < l->text_count; i++)
		if (!is_labelled(l, l->texts[i].response))
			texts[n++] = l->texts[i].words;
	for (size_t i = 0; i < l->labelled_count; i++) {
		const struct learner_text *t = &l->labelled[i];
		if (fold_of(t->owner) == fold)
			continue;
		said[n] = said_of(t);
		texts[n++] = t->words;
	}
	struct theme_lesson lesson = {
		.taxonomy = analyst_taxonomy(l->glasses.plain),
		.seeds = theme_reader_seeds(analyst_themes(l->glasses.plain)),
		.texts = texts,
		.count = n,
		.corrections = said,
		.only = themes,
	};
	return theme_learn(a, &lesson, m) ? m : NULL;
}

static void tally(struct learnt_figure *f, size_t from, bool is, bool found)
{
	if (is)
		f->n[from + (found ? LEARNT_FOUND : LEARNT_MISSED)]++;
	else
		f->n[from + (found ? LEARNT_WRONG : LEARNT_RIGHTLY_NOT)]++;
}

static int64_t right_of(const struct learnt_figure *f, size_t from)
{
	return f->n[from + LEARNT_FOUND] + f->n[from + LEARNT_RIGHTLY_NOT];
}

struct examination {
	uint64_t wanted;
	struct learnt_figure *shipped[TAXONOMY_THEMES_MAX], *own[TAXONOMY_THEMES_MAX];
};

static void examine_set(const struct examination *e, const struct theme_correction *said,
                        size_t from, uint64_t by_seeds, uint64_t by_own)
{
	uint64_t bits = (said->is | said->is_not) & e->wanted;
	for (uint32_t k = 0; k < TAXONOMY_THEMES_MAX; k++) {
		if (!(bits >> k & 1))
			continue;
		tally(e->shipped[k], from, said->is >> k & 1, by_seeds >> k & 1);
		tally(e->own[k], from, said->is >> k & 1, by_own >> k & 1);
	}
}

static void examine_one(const struct examination *e, const struct learner_text *t,
                        uint64_t by_seeds, uint64_t by_own)
{
	examine_set(e, &t->put_right, 0, by_seeds, by_own);
	examine_set(e, &t->checked, LEARNT_CHECKED, by_seeds, by_own);
}

/* What people said of a fold, by what learnt from the others. */
static void examine_fold(const struct learner *l, const struct examination *e, size_t fold)
{
	struct arena a = { 0 };
	const struct theme_reader *plain = analyst_themes(l->glasses.plain);
	const struct theme_model *m = teach(l, &a, e->wanted, fold);
	const struct theme_reader *own = m ? theme_reader_with(&a, plain, m) : plain;
	for (size_t i = 0; i < l->labelled_count; i++) {
		const struct learner_text *t = &l->labelled[i];
		if (fold_of(t->owner) == fold)
			examine_one(e, t, themes_in(plain, &a, &t->words),
			            themes_in(own, &a, &t->words));
	}
	arena_free(&a);
}

static int64_t said_so(const struct learnt_figure *f, bool is)
{
	int64_t sum = 0;
	for (size_t from = 0; from <= LEARNT_CHECKED; from += LEARNT_CHECKED)
		sum += is ? f->n[from + LEARNT_FOUND] + f->n[from + LEARNT_MISSED]
		          : f->n[from + LEARNT_WRONG] + f->n[from + LEARNT_RIGHTLY_NOT];
	return sum;
}

/* More is met of all that people said, and no less of the comments that were drawn at random: corrections are made where the
 * machine errs, so they alone do not tell what it would break. Where they only said
 * that it is there, or that it is not, nothing tells what goes too far. What is used stays where it is neither better nor worse. */
static bool helps(const struct learnt_figure *own, const struct learnt_figure *shipped, bool used)
{
	if (said_so(own, true) < EACH_LEAST || said_so(own, false) < EACH_LEAST)
		return false;
	int64_t checked = right_of(own, LEARNT_CHECKED) - right_of(shipped, LEARNT_CHECKED);
	int64_t all = right_of(own, 0) - right_of(shipped, 0) + checked;
	return checked >= 0 && (all > 0 || (used && all == 0));
}

static uint64_t helped(const struct learner *l, const struct examination *e)
{
	uint64_t themes = 0;
	for (uint32_t k = 0; k < TAXONOMY_THEMES_MAX; k++)
		if ((e->wanted >> k & 1) &&
		    helps(e->own[k], e->shipped[k], l->glasses.taught >> k & 1)) {
			e->own[k]->n[LEARNT_IN_USE] = 1;
			themes |= (uint64_t)1 << k;
		}
	return themes;
}

static double changed_of(const struct learner *l, const struct theme_reader *now)
{
	const struct theme_reader *before = analyst_themes(l->glasses.analyst);
	size_t changed = 0;
	for (size_t i = 0; i < l->text_count; i++) {
		struct arena a = { 0 };
		const struct words *w = &l->texts[i].words;
		changed += themes_in(before, &a, w) != themes_in(now, &a, w);
		arena_free(&a);
	}
	return l->text_count ? (double)changed / (double)l->text_count : 0;
}

static void keep(struct learner *l, struct arena *a, uint64_t themes, double *changed)
{
	const struct theme_reader *plain = analyst_themes(l->glasses.plain);
	const struct theme_model *m = themes ? teach(l, a, themes, FOLDS) : NULL;
	if (m) {
		struct buf *bytes = buf_in(&l->arena, MODEL_MAX);
		linear_write(&m->linear, bytes);
		l->out.themes = buf_str(bytes);
	}
	*changed = changed_of(l, m ? theme_reader_with(a, plain, m) : plain);
}

bool learner_themes(struct learner *l, double *changed)
{
	struct arena scratch = { 0 };
	struct examination e = { .wanted = themes_wanted(l) };
	for (uint32_t k = 0; k < TAXONOMY_THEMES_MAX; k++)
		if (e.wanted >> k & 1) {
			e.shipped[k] = learner_figure(l, l->glasses.theme[k], LEARNT_THEME_SHIPPED);
			e.own[k] = learner_figure(l, l->glasses.theme[k], LEARNT_THEME_OWN);
		}
	bool on = true;
	for (size_t fold = 0; e.wanted && fold < FOLDS && on; fold++) {
		examine_fold(l, &e, fold);
		on = learner_goes_on(l);
	}
	if (on)
		keep(l, &scratch, helped(l, &e), changed);
	arena_free(&scratch);
	return on;
}
