/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/quality_burst.h"
#include "base/die.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include <math.h>

/* The clock in so many cells; the local rate is that of so many to either side, without the nearest. */
#define CELLS    1000
#define NEAR     100
#define LEFT_OUT 10

double quality_burst_chance(size_t k, size_t n, double window)
{
	if (k < 2 || window >= 1)
		return 1;
	if (!(window > 0) || k > n)
		return 0;
	unsigned of = (unsigned)n, least = (unsigned)k;
	double here = gsl_ran_binomial_pdf(least, window, of);
	double more = gsl_cdf_binomial_Q(least - 1, window, of);
	double edges = (double)k / window - (double)n - 1;
	/* where the window holds less than its share the sum is no chance at all */
	return edges <= 0 ? 1 : fmin(1, edges * here + 2 * more);
}

struct quality_burst quality_burst_of(const double *at, const double *beside, size_t count,
                                      double window)
{
	struct quality_burst b = { 0, 0, 1 };
	for (size_t from = 0, to = 0; from < count; from++) {
		while (to < count && at[to] - at[from] <= window &&
		       beside[to] - beside[from] <= window)
			to++;
		if (to - from > b.count)
			b = (struct quality_burst){ from, to - from, 1 };
	}
	b.chance = quality_burst_chance(b.count, count, window);
	return b;
}

static size_t cell_of(double at)
{
	size_t cell = (size_t)(at * CELLS);
	return cell < CELLS ? cell : CELLS - 1;
}

/* Answers in cells [from, to), as far as there are such cells, and how many cells those are. */
static double count_between(const double *before, long from, long to, double *cells)
{
	from = from < 0 ? 0 : from;
	to = to > CELLS ? CELLS : to;
	if (from >= to)
		return 0;
	*cells += (double)(to - from);
	return before[to] - before[from];
}

/* An answer at the mean rate is taken for granted, so that where none came near time does not stand still. */
static double rate_at(const double *before, long cell)
{
	double cells = 0, mean = before[CELLS] / CELLS;
	double near = count_between(before, cell - NEAR, cell - LEFT_OUT, &cells) +
	              count_between(before, cell + LEFT_OUT + 1, cell + NEAR + 1, &cells);
	return (near + 1) / (cells + 1 / mean);
}

void quality_burst_even(double *at, size_t count)
{
	double before[CELLS + 1] = { 0 }, passed[CELLS + 1] = { 0 };
	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		before[cell_of(at[i]) + 1]++;
	for (size_t cell = 0; cell < CELLS; cell++)
		before[cell + 1] += before[cell];
	for (size_t cell = 0; cell < CELLS; cell++)
		passed[cell + 1] = passed[cell] + rate_at(before, (long)cell);
	for (size_t i = 0; i < count; i++) {
		size_t cell = cell_of(at[i]);
		double within = at[i] * CELLS - (double)cell;
		at[i] = (passed[cell] + within * (passed[cell + 1] - passed[cell])) / passed[CELLS];
	}
}

/* Between two of the others, a time counts by where it stands between them. */
static double place_of(int64_t time, const int64_t *others, size_t count, size_t before)
{
	double share = (double)before, next = 0.5;
	if (before > 0 && before < count && others[before] > others[before - 1])
		next = (double)(time - others[before - 1]) /
		       (double)(others[before] - others[before - 1]);
	return (share + next) / (double)(count + 1);
}

void quality_burst_place(const int64_t *times, size_t count, const int64_t *others,
                         size_t others_count, double *at)
{
	size_t before = 0;
	for (size_t i = 0; i < count; i++) {
		MUST(i == 0 || times[i] >= times[i - 1]);
		while (before < others_count && others[before] <= times[i])
			before++;
		at[i] = place_of(times[i], others, others_count, before);
	}
}

void quality_burst_span(const int64_t *times, size_t count, double *at)
{
	double span = count ? (double)(times[count - 1] - times[0]) : 0;
	for (size_t i = 0; i < count; i++)
		at[i] = span > 0 ? (double)(times[i] - times[0]) / span : 0;
}
