/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_funnel.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

#include <math.h>
#include <stdlib.h>

#define TAIL_95  0.975
#define TAIL_998 0.999
#define WINSOR   0.10

static int by_size(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

double nps_funnel_phi(double *z, size_t k)
{
	if (k < 2)
		return 1;
	qsort(z, k, sizeof(*z), by_size);
	double low = gsl_stats_quantile_from_sorted_data(z, 1, k, WINSOR);
	double high = gsl_stats_quantile_from_sorted_data(z, 1, k, 1 - WINSOR);
	double sum = 0;
	for (size_t i = 0; i < k; i++) {
		z[i] = fmin(high, fmax(low, z[i]));
		sum += z[i] * z[i];
	}
	double phi = sum / (double)k;
	return phi > 1 + 2 * sqrt(2 / (double)k) ? phi : 1;
}

struct nps_funnel nps_funnel_of(struct arena *a, const struct nps_sums *all,
                                const struct nps_sums *segments, size_t count)
{
	struct nps_figure whole = nps_figure_of(all);
	struct nps_funnel f = { .target = whole.nps, .phi = 1 };
	double *z = ARENA_ARRAY(a, double, count);
	if (whole.label == NPS_HIDDEN)
		return f;
	double n = (double)whole.responses, mean = whole.nps / 100;
	f.sd = 100 * sqrt((double)(whole.promoters + whole.detractors) / n - mean * mean);
	for (size_t i = 0; i < count && f.sd > 0; i++) {
		struct nps_figure s = nps_figure_of(&segments[i]);
		if (s.label != NPS_HIDDEN)
			z[f.segments++] = (s.nps - f.target) / (f.sd / sqrt(s.effective_n));
	}
	f.phi = nps_funnel_phi(z, f.segments);
	return f;
}

struct nps_limits nps_funnel_at(const struct nps_funnel *f, double answers)
{
	double se = f->sd * sqrt(f->phi / answers);
	double usual = gsl_cdf_ugaussian_Pinv(TAIL_95) * se;
	double far = gsl_cdf_ugaussian_Pinv(TAIL_998) * se;
	return (struct nps_limits){ fmax(-100, f->target - usual), fmin(100, f->target + usual),
		                    fmax(-100, f->target - far), fmin(100, f->target + far) };
}

enum nps_side nps_funnel_side(const struct nps_funnel *f, const struct nps_figure *figure)
{
	if (figure->label == NPS_HIDDEN)
		return NPS_WITHIN;
	struct nps_limits at = nps_funnel_at(f, figure->effective_n);
	if (figure->nps < at.lo95)
		return figure->nps < at.lo998 ? NPS_FAR_BELOW : NPS_BELOW;
	if (figure->nps > at.hi95)
		return figure->nps > at.hi998 ? NPS_FAR_ABOVE : NPS_ABOVE;
	return NPS_WITHIN;
}
