/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_plan.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define CONFIDENCE_TAIL 0.975
#define POWER           0.80
#define ANSWERS_MAX     1e12 /* what takes more is out of reach */

/* Clusters of equal size that so many answers count as. */
static double equal_of(const struct nps_expected *e, double answers)
{
	return fmin(answers, e->equal * pow(answers / e->answers, e->grows));
}

static double likeness(const struct nps_expected *e)
{
	double size = e->answers / e->equal;
	return size > 1 ? (e->deff - 1) / (size - 1) : 0;
}

static double independent_of(const struct nps_expected *e, double answers)
{
	if (!(e->equal > 0))
		return answers / e->deff;
	return answers / (1 + likeness(e) * (answers / equal_of(e, answers) - 1));
}

/* What the interval around n answers reaches to either side, in points. */
static double half_width(const struct nps_expected *e, double answers)
{
	double independent = independent_of(e, answers), n = independent + 3;
	double p = (e->promoters * independent + 0.75) / n;
	double d = (e->detractors * independent + 0.75) / n;
	double se = sqrt((p + d - (p - d) * (p - d)) / n);
	double quantile = gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL);
	if (e->equal > 0)
		quantile = gsl_cdf_tdist_Pinv(CONFIDENCE_TAIL, fmax(1, equal_of(e, answers) - 1));
	return 100 * quantile * se;
}

/* Answers that tell as much as so many independent ones; INFINITY where no number does. */
static double answers_for(const struct nps_expected *e, double independent)
{
	double low = 0, high = 1;
	if (!(e->equal > 0))
		return independent * e->deff;
	while (high < ANSWERS_MAX && independent_of(e, high) < independent)
		high *= 2;
	if (high >= ANSWERS_MAX)
		return (double)INFINITY;
	while (high - low > 1e-6 * high) {
		double middle = (low + high) / 2;
		if (independent_of(e, middle) < independent)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* The added answers make it wider at first where all are of one mind, so the last number that is too wide is sought. */
double nps_plan_answers(const struct nps_expected *e, double half)
{
	double low = 0, high = 1;
	while (high < ANSWERS_MAX && (half_width(e, high) > half || high < 8))
		high *= 2;
	if (high >= ANSWERS_MAX)
		return (double)INFINITY;
	while (high - low > 1) {
		double middle = floor((low + high) / 2);
		if (half_width(e, middle) > half)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* Of one independent answer. */
static double variance(const struct nps_expected *e)
{
	double score = e->promoters - e->detractors;
	return e->promoters + e->detractors - score * score;
}

/* Of z x z, in shares of 1 as the change is. */
static double factor(void)
{
	double z = gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL) + gsl_cdf_ugaussian_Pinv(POWER);
	return z * z;
}

double nps_plan_side(const struct nps_expected *e, double change)
{
	return ceil(answers_for(e, 2 * factor() * variance(e) / (change * change / 1e4)));
}

double nps_plan_change(const struct nps_expected *e, double now, double before)
{
	double sides = 1 / independent_of(e, now) + 1 / independent_of(e, before);
	return 100 * sqrt(factor() * variance(e) * sides);
}

double nps_plan_weeks(const struct nps_expected *e, double change, double before,
                      double answers_per_week)
{
	double sides = change * change / 1e4 / (factor() * variance(e)); /* 1/now + 1/before */
	if (sides <= 1 / before || answers_per_week <= 0)
		return (double)INFINITY;
	return ceil(answers_for(e, 1 / (sides - 1 / before))) / answers_per_week;
}
