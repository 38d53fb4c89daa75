/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/split.h"
#include "base/die.h"
#include "stats/resample.h"

#include <gsl/gsl_cdf.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TAIL 0.025
/* A draw may leave a period without answers. When more than a few do, no range is known. */
#define USABLE_SHARE 0.95
#define WIDEST       200

static void set_cells(const double *weight, struct split_cell *cells, size_t count)
{
	for (size_t c = 0; c < count; c++)
		for (size_t t = 0; t < 2; t++) {
			const double *w = &weight[SPLIT_KINDS * c + 3 * t];
			cells[c].n[t] = w[0] + w[1] + w[2];
			cells[c].s[t] = w[2] - w[0];
		}
}

struct split_cell *split_cells_of(struct arena *a, const struct split_facts *facts)
{
	size_t kinds = SPLIT_KINDS * facts->cells;
	struct split_cell *cells = ARENA_ARRAY(a, struct split_cell, facts->cells);
	double *weight = ARENA_ARRAY(a, double, kinds);
	for (size_t kind = 0; kind < kinds; kind++)
		weight[kind] = (double)facts->alone[kind];
	for (size_t i = 0; i < facts->owned; i++) {
		MUST(facts->kind[i] < kinds);
		weight[facts->kind[i]]++;
	}
	set_cells(weight, cells, facts->cells);
	return cells;
}

static struct resample_plan plan_of(struct arena *a, const struct split_facts *facts)
{
	size_t kinds = SPLIT_KINDS * facts->cells;
	struct resample_plan plan = resample_plan_of_columns(a, facts->cluster, facts->kind,
	                                                     facts->owned, facts->clusters, kinds);
	for (size_t kind = 0; kind < kinds; kind++)
		plan.alone[kind] += (double)facts->alone[kind];
	return plan;
}

/* The terms of one split as they are drawn again and again: values[term * rounds + round]. */
struct draws {
	size_t terms, rounds, used;
	struct split_range **range; /* [terms] where each goes */
	double *values;
};

static struct draws draws_of(struct arena *a, size_t terms, size_t rounds)
{
	return (struct draws){ .terms = terms,
		               .rounds = rounds,
		               .range = ARENA_ARRAY(a, struct split_range *, terms),
		               .values = ARENA_ARRAY(a, double, terms *rounds) };
}

/* Clusters of equal size that tell as much as those of each period [0], [1], and of both [2]: sum n squared / sum n^2. */
static void count_equal(struct arena *a, const struct split_facts *facts, double equal[3])
{
	double(*n)[2] = (double(*)[2])ARENA_ARRAY(a, double, 2 * ((size_t)facts->clusters + 1));
	double all[3] = { 0 }, squares[3] = { 0 };
	for (size_t kind = 0; kind < SPLIT_KINDS * facts->cells; kind++)
		all[kind % SPLIT_KINDS / 3] += (double)facts->alone[kind];
	for (size_t i = 0; i < facts->owned; i++) {
		size_t period = facts->kind[i] % SPLIT_KINDS / 3;
		if (facts->cluster[i])
			n[facts->cluster[i]][period]++;
		else
			all[period]++;
	}
	squares[0] = all[0];
	squares[1] = all[1];
	squares[2] = all[0] + all[1];
	for (size_t i = 1; i <= facts->clusters; i++) {
		double both = n[i][0] + n[i][1];
		all[0] += n[i][0];
		all[1] += n[i][1];
		squares[0] += n[i][0] * n[i][0];
		squares[1] += n[i][1] * n[i][1];
		squares[2] += both * both;
	}
	all[2] = all[0] + all[1];
	for (int t = 0; t < 3; t++)
		equal[t] = all[t] > 0 ? all[t] * all[t] / squares[t] : 0;
}

/* Student's degrees as stats/nps_change.h has them: Welch's of two periods whose answers spread alike, or those of both. */
static double degrees_of(const double equal[3])
{
	double v = 1 / equal[0], w = 1 / equal[1];
	double apart =
	    (v + w) * (v + w) / (v * v / fmax(1, equal[0] - 1) + w * w / fmax(1, equal[1] - 1));
	return fmax(1, fmin(apart, equal[2] - 1));
}

static double widened_by(struct arena *a, const struct split_facts *facts)
{
	double equal[3];
	count_equal(a, facts, equal);
	if (equal[0] <= 0 || equal[1] <= 0)
		return 1;
	double df = degrees_of(equal);
	return gsl_cdf_tdist_Pinv(1 - TAIL, df) / gsl_cdf_ugaussian_Pinv(1 - TAIL) *
	       sqrt((df + 1) / df);
}

static void set_ranges(struct draws *d, double widened)
{
	for (size_t term = 0; term < d->terms; term++) {
		struct split_range *range = d->range[term];
		double *values = &d->values[term * d->rounds];
		range->lo = -WIDEST;
		range->hi = WIDEST;
		if ((double)d->used < USABLE_SHARE * (double)d->rounds || d->used == 0)
			continue;
		resample_sort(values, d->used);
		double lo = resample_quantile(values, d->used, TAIL);
		double hi = resample_quantile(values, d->used, 1 - TAIL);
		range->lo = fmax(-WIDEST, range->value + widened * (lo - range->value));
		range->hi = fmin(WIDEST, range->value + widened * (hi - range->value));
	}
}

static void list_one(struct split_one *one, struct split_range **range)
{
	struct split_range *first[] = { &one->change, &one->mix, &one->rate, &one->fresh,
		                        &one->gone };
	memcpy(range, first, sizeof first);
	for (size_t i = 0; i < one->count; i++) {
		range[5 + 2 * i] = &one->segments[i].mix;
		range[6 + 2 * i] = &one->segments[i].rate;
	}
}

static void note(struct draws *d, struct split_range *const *drawn)
{
	for (size_t term = 0; term < d->terms; term++)
		d->values[term * d->rounds + d->used] = drawn[term]->value;
	d->used++;
}

static void list_several(struct split_several *s, size_t attributes, struct split_range **range)
{
	range[0] = &s->change;
	range[1] = &s->rate;
	for (size_t k = 0; k < attributes; k++)
		range[2 + k] = &s->mix[k];
}

/* Cells of the grid's first attribute: sums of the grid's. */
static struct split_cell *first_cells(struct arena *a, const struct split_grid *grid,
                                      const struct split_cell *cells, size_t *count)
{
	*count = 0;
	for (size_t c = 0; c < grid->cells; c++) {
		size_t code = grid->codes[c * grid->attributes];
		*count = code < *count ? *count : code + 1;
	}
	struct split_cell *first = ARENA_ARRAY(a, struct split_cell, *count + 1);
	for (size_t c = 0; c < grid->cells; c++)
		for (int t = 0; t < 2; t++) {
			struct split_cell *cell = &first[grid->codes[c * grid->attributes]];
			cell->n[t] += cells[c].n[t];
			cell->s[t] += cells[c].s[t];
		}
	return first;
}

static void split_first(struct arena *a, const struct split_grid *grid,
                        const struct split_cell *cells, struct split_one *out)
{
	size_t count;
	struct split_cell *first = first_cells(a, grid, cells, &count);
	split_one(a, first, count, out);
}

/* What is wished for, with the draws of each. */
struct wished {
	const struct split_grid *grid;
	struct split_one *one;
	struct split_several *several;
	struct draws of_one, of_several;
};

static void wish(struct arena *a, struct wished *w, size_t rounds)
{
	if (w->one) {
		w->of_one = draws_of(a, 5 + 2 * w->one->count, rounds);
		list_one(w->one, w->of_one.range);
	}
	if (w->several) {
		w->of_several = draws_of(a, 2 + w->grid->attributes, rounds);
		list_several(w->several, w->grid->attributes, w->of_several.range);
	}
}

static void note_draw(struct wished *w, const struct split_cell *cells)
{
	struct arena once = { 0 };
	struct split_one one;
	struct split_several several;
	if (w->one) {
		struct split_range **range =
		    ARENA_ARRAY(&once, struct split_range *, w->of_one.terms);
		split_first(&once, w->grid, cells, &one);
		list_one(&one, range);
		if (one.shown)
			note(&w->of_one, range);
	}
	if (w->several) {
		struct split_range *range[2 + SPLIT_ATTRIBUTES];
		split_several(&once, w->grid, cells, &several);
		list_several(&several, w->grid->attributes, range);
		if (several.shown)
			note(&w->of_several, range);
	}
	arena_free(&once);
}

static void draw_all(struct arena *a, const struct split_facts *facts,
                     const struct split_bootstrap *how, struct wished *w)
{
	struct resample *source = resample_new(a, how->seed);
	struct resample_plan plan = plan_of(a, facts);
	double *weight = ARENA_ARRAY(a, double, plan.kinds);
	struct split_cell *cells = ARENA_ARRAY(a, struct split_cell, facts->cells);
	for (size_t round = 0; round < how->rounds; round++) {
		resample_draw(source, &plan, weight);
		set_cells(weight, cells, facts->cells);
		note_draw(w, cells);
	}
}

void split_bootstrap(struct arena *a, const struct split_grid *grid,
                     const struct split_facts *facts, const struct split_bootstrap *how,
                     struct split_one *one, struct split_several *several)
{
	MUST(grid->cells == facts->cells);
	const struct split_cell *cells = split_cells_of(a, facts);
	struct wished w = { .grid = grid, .one = one, .several = several };
	bool shown = false;
	if (one) {
		split_first(a, grid, cells, one);
		shown = one->shown;
	}
	if (several) {
		split_several(a, grid, cells, several);
		shown = several->shown;
	}
	if (!shown)
		return;
	wish(a, &w, how->rounds);
	draw_all(a, facts, how, &w);
	double widened = widened_by(a, facts);
	if (one)
		set_ranges(&w.of_one, widened);
	if (several)
		set_ranges(&w.of_several, widened);
}
