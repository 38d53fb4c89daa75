/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/quality_burst.h"
#include "base/die.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include <math.h>

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

struct quality_burst quality_burst_of(const double *at, size_t count, double window)
{
	struct quality_burst b = { 0, 0, 1 };
	for (size_t from = 0, to = 0; from < count; from++) {
		while (to < count && at[to] - at[from] <= window)
			to++;
		if (to - from > b.count)
			b = (struct quality_burst){ from, to - from, 1 };
	}
	b.chance = quality_burst_chance(b.count, count, window);
	return b;
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
