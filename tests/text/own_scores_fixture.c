/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How much own scores help, for tests/eval.
 *
 *	own_scores_fixture MODEL|- DRAWS
 *
 * stdin has a text a line: language, tab, leaning (-1, 0, 1), tab, text. For 25, 50, 100 and 200 of them, drawn DRAWS times,
 * a line: how many, then of the rest, right (promoters from detractors) by the shipped model, with own scores, worst draw
 * against shipped; then the same for three labels, where mixed counts as neutral. A last line has own scores of all rows
 * judged across. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/asset.h"
#include "base/die.h"
#include "tests/text/file_text.h"
#include "text/own_scores.h"

static Str model_bytes(struct arena *a, const char *path)
{
	if (str_eq(str_of(path), STR("-"))) {
		const struct asset *own = asset_find(STR("models/sentiment.heedmodel"));
		return own ? own->bytes : (Str){ 0 };
	}
	return file_text(a, path);
}

struct row {
	struct own_example example;
	struct sentiment_reading reading;
};

struct right {
	double sides, labels;
};

static void judge(const struct row *row, float own, struct right *r)
{
	struct sentiment s;
	struct sentiment_context c = { .own = own };
	sentiment_shown(&row->reading, &c, &s);
	int label = s.label == SENTIMENT_MIXED ? 0 : (int)s.label - SENTIMENT_NEUTRAL;
	r->labels += label == row->example.leaning;
	if (row->example.leaning != 0)
		r->sides += (s.score >= 0) == (row->example.leaning > 0);
}

static uint64_t draw(uint64_t *state)
{
	uint64_t x = *state += 0x9E3779B97F4A7C15ull;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ull;
	x = (x ^ x >> 27) * 0x94D049BB133111EBull;
	return x ^ x >> 31;
}

static void shuffle(size_t *order, size_t count, uint64_t *state)
{
	for (size_t i = 0; i + 1 < count; i++) {
		size_t k = i + (size_t)(draw(state) % (count - i)), was = order[i];
		order[i] = order[k];
		order[k] = was;
	}
}

static void measure(struct row *rows, size_t count, size_t n, size_t draws)
{
	uint64_t state = 25;
	struct right shipped = { 0 }, own = { 0 }, worst = { 1, 1 };
	size_t *order = mem_zeroed(count, sizeof *order);
	for (size_t i = 0; i < count; i++)
		order[i] = i;
	for (size_t d = 0; d < draws; d++) {
		struct arena a = { 0 };
		struct own_example *shown = arena_zeroed(&a, n, sizeof *shown);
		struct own_scores o;
		struct right before = { 0 }, after = { 0 };
		double sides = 0, labels = 0;
		shuffle(order, count, &state);
		for (size_t i = 0; i < n; i++)
			shown[i] = rows[order[i]].example;
		own_scores_learn(&a, shown, n, &o);
		for (size_t i = n; i < count; i++) {
			const struct row *row = &rows[order[i]];
			judge(row, 0, &before);
			judge(row, own_scores_say(&o, &row->example.features), &after);
			sides += row->example.leaning != 0;
			labels++;
		}
		shipped.sides += before.sides / sides / (double)draws;
		shipped.labels += before.labels / labels / (double)draws;
		own.sides += after.sides / sides / (double)draws;
		own.labels += after.labels / labels / (double)draws;
		worst.sides = fmin(worst.sides, (after.sides - before.sides) / sides);
		worst.labels = fmin(worst.labels, (after.labels - before.labels) / labels);
		arena_free(&a);
	}
	printf("%zu %.4f %.4f %.4f %.4f %.4f %.4f\n", n, shipped.sides, own.sides, worst.sides,
	       shipped.labels, own.labels, worst.labels);
	free(order);
}

static void measure_across(struct arena *a, const struct row *rows, size_t count)
{
	struct own_example *all = arena_zeroed(a, count, sizeof *all);
	float *own = ARENA_ARRAY(a, float, count);
	struct right before = { 0 }, after = { 0 };
	double sides = 0;
	for (size_t i = 0; i < count; i++)
		all[i] = rows[i].example;
	own_scores_cross(a, all, NULL, count, own);
	for (size_t i = 0; i < count; i++) {
		judge(&rows[i], 0, &before);
		judge(&rows[i], own[i], &after);
		sides += all[i].leaning != 0;
	}
	printf("across %.4f %.4f %.4f %.4f\n", before.sides / sides, after.sides / sides,
	       before.labels / (double)count, after.labels / (double)count);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct sentiment_model model;
	struct err err;
	int64_t draws;
	if (argc != 3 || !str_to_i64(str_of(argv[2]), &draws))
		return 2;
	if (!sentiment_model_read(&a, model_bytes(&a, argv[1]), &model, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return 1;
	}
	struct word_reader *r = word_reader_open();
	Str rest = file_text_rest(&a, stdin), line, language, leaning;
	struct row *rows = arena_zeroed(&a, rest.len / 4 + 1, sizeof *rows);
	size_t count = 0;
	while (rest.len > 0 && str_cut(&rest, '\n', &line)) {
		struct words w;
		int64_t n;
		(void)str_cut(&line, '\t', &language);
		(void)str_cut(&line, '\t', &leaning);
		MUST(str_to_i64(leaning, &n));
		words_read(r, &a, line, tongue_of_tag(language), &w);
		sentiment_read(&model, &a, &w, &rows[count].reading);
		own_example(&a, &w, &rows[count].reading, (int)n, &rows[count].example);
		count++;
	}
	for (size_t n = 25; n <= 200 && n < count; n *= 2)
		measure(rows, count, n, (size_t)draws);
	measure_across(&a, rows, count);
	word_reader_close(r);
	arena_free(&a);
	return 0;
}
