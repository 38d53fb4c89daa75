/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/uneven.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define ADDED       3.0
#define ADDED_GROUP 0.75

/* A change in parts of 1, and its variance. */
struct moved {
	double change, centre, variance;
};

static bool moved_of(const struct uneven_cell *cell, const double *deff, struct moved *out)
{
	double mean[2], centre[2], variance = 0;
	for (size_t t = 0; t < 2; t++) {
		if (cell->n[t] <= 0)
			return false;
		double n = (double)cell->n[t] / deff[t] + ADDED;
		double p = ((double)cell->promoters[t] / deff[t] + ADDED_GROUP) / n;
		double d = ((double)cell->detractors[t] / deff[t] + ADDED_GROUP) / n;
		mean[t] = (double)(cell->promoters[t] - cell->detractors[t]) / (double)cell->n[t];
		centre[t] = p - d;
		variance += (p + d - (p - d) * (p - d)) / n;
	}
	*out = (struct moved){ mean[1] - mean[0], centre[1] - centre[0], variance };
	return true;
}

static struct uneven_cell sum_of(const struct uneven_cell *cells, size_t count)
{
	struct uneven_cell sum = { 0 };
	for (size_t i = 0; i < count; i++)
		for (size_t t = 0; t < 2; t++) {
			sum.n[t] += cells[i].n[t];
			sum.promoters[t] += cells[i].promoters[t];
			sum.detractors[t] += cells[i].detractors[t];
		}
	return sum;
}

static struct uneven_cell without(const struct uneven_cell *all, const struct uneven_cell *cell)
{
	struct uneven_cell rest = *all;
	for (size_t t = 0; t < 2; t++) {
		rest.n[t] -= cell->n[t];
		rest.promoters[t] -= cell->promoters[t];
		rest.detractors[t] -= cell->detractors[t];
	}
	return rest;
}

static struct uneven_segment segment_of(const struct uneven_cell *all,
                                        const struct uneven_cell *cell, const double *deff)
{
	struct moved here, there;
	struct uneven_cell rest = without(all, cell);
	if (!moved_of(cell, deff, &here) || !moved_of(&rest, deff, &there))
		return (struct uneven_segment){ 0, 1 };
	double apart = here.change - there.change;
	double z = (here.centre - there.centre) / sqrt(here.variance + there.variance);
	return (struct uneven_segment){ 100 * apart, 2 * gsl_cdf_ugaussian_Q(fabs(z)) };
}

/* Segments of both periods alone: what came or went has no change of its own. */
static double spread_of(const struct uneven_cell *cells, size_t count, const double *deff)
{
	struct uneven_cell stayed = { 0 };
	struct moved m;
	for (size_t i = 0; i < count; i++)
		if (moved_of(&cells[i], deff, &m)) {
			const struct uneven_cell both[2] = { stayed, cells[i] };
			stayed = sum_of(both, 2);
		}
	double mean = 0, square = 0, chance = 0;
	for (size_t i = 0; i < count; i++) {
		if (!moved_of(&cells[i], deff, &m))
			continue;
		double w = 0;
		for (size_t t = 0; t < 2; t++)
			w += (double)cells[i].n[t] / (double)stayed.n[t] / 2;
		mean += w * m.change;
		square += w * m.change * m.change;
		chance += w * (1 - w) * m.variance;
	}
	return 100 * sqrt(fmax(0, square - mean * mean - chance));
}

void uneven_of(struct arena *a, const struct uneven_cell *cells, size_t count,
               const double deff[static 2], struct uneven *out)
{
	struct uneven_cell all = sum_of(cells, count);
	*out = (struct uneven){ .spread = spread_of(cells, count, deff),
		                .segments = ARENA_ARRAY(a, struct uneven_segment, count + 1) };
	for (size_t i = 0; i < count; i++)
		out->segments[i] = segment_of(&all, &cells[i], deff);
}
