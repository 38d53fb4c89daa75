/* How well intents could be learnt from labelled comments: five folds, for comparison with what phrases alone say. Nothing that
 * ships comes of it.
 *
 *	train_intent_folds FILE.csv CLASS [WITHOUT]...   columns "text", "intent"
 *
 * A text that comes in several classes is one comment with several labels; one whose labels are all among WITHOUT is left out.
 *
 * Logistic regression over words, stems, pairs and what text/intent says. The threshold is chosen inside the four folds that
 * are learnt from.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "rows.h"
#include "text/intent.h"
#include "text/linear.h"

#define FOLDS 5
#define COST  4.0
#define NAMED ((uint32_t)INTENT_COUNT * 2)

struct comment {
	Str text;
	bool is;   /* of the class asked for */
	bool kept; /* has a label that is not left out */
};

struct example {
	struct linear_sample sample;
	unsigned fold;
	float score; /* of the model that did not see it */
};

static int by_text(const void *a, const void *b)
{
	return str_cmp(((const struct comment *)a)->text, ((const struct comment *)b)->text);
}

/* Each text once. */
static size_t join_labels(struct comment *all, size_t count)
{
	size_t n = 0;
	qsort(all, count, sizeof *all, by_text);
	for (size_t i = 0; i < count; i++) {
		if (n > 0 && str_eq(all[n - 1].text, all[i].text)) {
			all[n - 1].is |= all[i].is;
			all[n - 1].kept |= all[i].kept;
		} else {
			all[n++] = all[i];
		}
	}
	return n;
}

/* `without`: [without_count] classes. */
static struct comment *read_comments(struct arena *a, const struct rows *rows, Str class,
                                     char **without, int without_count, size_t *count)
{
	size_t text = rows_column(rows, "text"), intent = rows_column(rows, "intent");
	struct comment *out = ARENA_ARRAY(a, struct comment, rows->count);
	for (size_t i = 0; i < rows->count; i++) {
		Str label = rows->cells[i][intent];
		out[i] = (struct comment){ rows->cells[i][text], str_eq(label, class), true };
		for (int k = 0; k < without_count; k++)
			out[i].kept = out[i].kept && !str_eq(label, str_of(without[k]));
	}
	*count = join_labels(out, rows->count);
	return out;
}

static void read_examples(struct arena *a, const struct comment *comments, size_t comment_count,
                          struct example *out, size_t *count)
{
	const struct patterns *patterns = intent_make(a);
	struct word_reader *r = word_reader_open();
	*count = 0;
	for (size_t i = 0; i < comment_count; i++) {
		if (!comments[i].kept)
			continue;
		struct words w;
		struct plain_words plain;
		struct intents said;
		struct example *e = &out[*count];
		float *numbers = ARENA_ARRAY(a, float, NAMED);
		words_read(r, a, comments[i].text, TONGUE_EN, &w);
		plain_words(a, &w, &plain);
		intent_find(patterns, a, &plain, &said);
		for (size_t k = 0; k < INTENT_COUNT; k++) {
			numbers[k * 2] = said.score[k] / 4;
			numbers[k * 2 + 1] = (float)(said.present >> k & 1);
		}
		features_of(a, &w, 0, w.count,
		            FEATURE_WORDS | FEATURE_STEMS | FEATURE_PAIRS | FEATURE_NEGATED,
		            &e->sample.features);
		e->sample.numbers = numbers;
		e->sample.classes = comments[i].is;
		e->fold = (unsigned)((uint32_t)*count * 2654435761u >> 7) % (FOLDS * (FOLDS - 1));
		(*count)++;
	}
	word_reader_close(r);
}

/* Learns without one outer and one inner fold, and scores the inner one; with no inner fold left out, the outer one. */
static void cross(const struct example *from, size_t count, struct example *to, unsigned skip_outer,
                  unsigned skip_inner)
{
	struct arena a = { 0 };
	struct linear m;
	Str class = STR("is");
	struct linear_sample *lesson = arena_alloc(&a, count * sizeof *lesson);
	size_t n = 0;
	for (size_t i = 0; i < count; i++)
		if (from[i].fold % FOLDS != skip_outer && from[i].fold / FOLDS != skip_inner)
			lesson[n++] = from[i].sample;
	linear_learn(&a, &(struct linear_lesson){ lesson, n, NAMED, &class, 1, COST, NULL }, &m);
	for (size_t i = 0; i < count; i++) {
		bool inner =
		    from[i].fold % FOLDS != skip_outer && from[i].fold / FOLDS == skip_inner;
		bool outer = from[i].fold % FOLDS == skip_outer && skip_inner == FOLDS;
		if (inner || outer)
			linear_scores(&m, &from[i].sample.features, from[i].sample.numbers,
			              &to[i].score);
	}
	arena_free(&a);
}

struct tally {
	double both, said, is;
};

static void count_said(struct tally *t, const struct example *e, float threshold)
{
	bool said = e->score > threshold;
	t->both += said && e->sample.classes;
	t->said += said;
	t->is += (double)e->sample.classes;
}

static double f1(const struct tally *t)
{
	return t->said + t->is > 0 ? 2 * t->both / (t->said + t->is) : 0;
}

static float choose(const struct example *all, size_t count, unsigned skip)
{
	float best = 0;
	double most = -1;
	for (int step = -60; step < 60; step++) {
		struct tally t = { 0 };
		for (size_t i = 0; i < count; i++)
			if (all[i].fold % FOLDS != skip)
				count_said(&t, &all[i], (float)step / 20);
		if (f1(&t) > most) {
			most = f1(&t);
			best = (float)step / 20;
		}
	}
	return best;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct rows rows;
	struct tally t = { 0 };
	size_t comment_count, count;
	MUST(argc >= 3);
	rows_read_at(&a, argv[1], &rows);
	struct comment *comments =
	    read_comments(&a, &rows, str_of(argv[2]), argv + 3, argc - 3, &comment_count);
	struct example *all = ARENA_ARRAY(&a, struct example, comment_count);
	read_examples(&a, comments, comment_count, all, &count);
	for (unsigned fold = 0; fold < FOLDS; fold++) {
		for (unsigned inner = 0; inner < FOLDS - 1; inner++)
			cross(all, count, all, fold, inner);
		float threshold = choose(all, count, fold);
		cross(all, count, all, fold, FOLDS);
		for (size_t i = 0; i < count; i++)
			if (all[i].fold % FOLDS == fold)
				count_said(&t, &all[i], threshold);
	}
	printf("%s: %zu comments, F1 %.3f, precision %.3f, recall %.3f\n", argv[2], count, f1(&t),
	       t.said > 0 ? t.both / t.said : 0, t.is > 0 ? t.both / t.is : 0);
	arena_free(&a);
	return 0;
}
