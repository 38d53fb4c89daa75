/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_plan.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define CONFIDENCE_TAIL 0.975
#define POWER           0.80
#define ANSWERS_MAX     1e12 /* nobody asks for more */

/* What the interval around n answers reaches to either side, in points. */
static double half_width(const struct nps_expected *e, double answers)
{
	double n = answers / e->deff + 3;
	double p = (e->promoters * answers / e->deff + 0.75) / n;
	double d = (e->detractors * answers / e->deff + 0.75) / n;
	double se = sqrt((p + d - (p - d) * (p - d)) / n);
	return 100 * gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL) * se;
}

/* The added answers make it wider at first where all are of one mind, so the last number that is too wide is sought. */
double nps_plan_answers(const struct nps_expected *e, double half)
{
	double low = 0, high = 1;
	while (high < ANSWERS_MAX && (half_width(e, high) > half || high < 8))
		high *= 2;
	while (high - low > 1) {
		double middle = floor((low + high) / 2);
		if (half_width(e, middle) > half)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static double variance(const struct nps_expected *e)
{
	double score = e->promoters - e->detractors;
	return (e->promoters + e->detractors - score * score) * e->deff;
}

/* Of z x z, in shares of 1 as the change is. */
static double factor(void)
{
	double z = gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL) + gsl_cdf_ugaussian_Pinv(POWER);
	return z * z;
}

double nps_plan_side(const struct nps_expected *e, double change)
{
	return ceil(2 * factor() * variance(e) / (change * change / 1e4));
}

double nps_plan_change(const struct nps_expected *e, double now, double before)
{
	return 100 * sqrt(factor() * variance(e) * (1 / now + 1 / before));
}

double nps_plan_weeks(const struct nps_expected *e, double change, double before,
                      double answers_per_week)
{
	double sides = change * change / 1e4 / (factor() * variance(e)); /* 1/now + 1/before */
	double now = 1 / (sides - 1 / before);
	if (sides <= 1 / before || answers_per_week <= 0)
		return (double)INFINITY;
	return ceil(now) / answers_per_week;
}
