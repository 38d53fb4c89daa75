/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_finite.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define CONFIDENCE_TAIL 0.975

static double correction(int64_t people, int64_t population)
{
	if (population <= people)
		return 0;
	return (double)(population - people) / (double)(population - 1);
}

static void set_interval(struct nps_figure *f, double c)
{
	double n = f->effective_n + 3 * c;
	double p = ((double)f->promoters / f->deff + 0.75 * c) / n;
	double d = ((double)f->detractors / f->deff + 0.75 * c) / n;
	double quantile = f->degrees > 0 ? gsl_cdf_tdist_Pinv(CONFIDENCE_TAIL, f->degrees)
	                                 : gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL);
	double half = quantile * sqrt(c * (p + d - (p - d) * (p - d)) / n);
	f->lo = fmax(-100, 100 * (p - d - half));
	f->hi = fmin(100, 100 * (p - d + half));
}

struct nps_figure nps_finite_of(const struct nps_sums *sums, int64_t population)
{
	struct nps_figure f = nps_figure_of(sums);
	double c = correction(f.people, population);
	if (f.label != NPS_HIDDEN && (sums->clusters > 1 || c <= 0))
		set_interval(&f, c);
	return f;
}
