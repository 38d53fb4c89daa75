/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_pool.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define CONFIDENCE_TAIL 0.975

/* One period of all strata. */
struct period {
	bool shown;
	double mean, centre, variance; /* in -1..1 */
	int64_t responses;
};

static double weight_of(const struct nps_stratum *s, const struct nps_figure *f, bool by_answers)
{
	return by_answers ? (double)f->responses : s->weight;
}

static struct period period_of(const struct nps_stratum *strata, size_t count, bool by_answers,
                               bool now)
{
	struct period p = { .shown = true };
	double sum = 0;
	for (size_t i = 0; i < count; i++) {
		const struct nps_figure *f = now ? &strata[i].now : &strata[i].before;
		sum += weight_of(&strata[i], f, by_answers);
		p.responses += f->responses;
	}
	for (size_t i = 0; i < count && sum > 0; i++) {
		const struct nps_figure *f = now ? &strata[i].now : &strata[i].before;
		const double w = weight_of(&strata[i], f, by_answers) / sum;
		const struct nps_wald wald = nps_wald_of(f);
		if (w <= 0)
			continue;
		p.shown = p.shown && f->responses > 0 && (by_answers || f->label != NPS_HIDDEN);
		if (f->responses > 0)
			p.mean += w * (double)(f->promoters - f->detractors) / (double)f->responses;
		p.centre += w * wald.centre;
		p.variance += w * w * wald.se * wald.se;
	}
	p.shown = p.shown && sum > 0 && p.responses >= NPS_ANSWERS_SHOWN;
	return p;
}

struct nps_pool nps_pool_of(const struct nps_stratum *strata, size_t count, bool by_answers)
{
	const struct period now = period_of(strata, count, by_answers, true);
	const struct period before = period_of(strata, count, by_answers, false);
	const double quantile = gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL);
	struct nps_pool pool = { .responses = now.responses, .responses_before = before.responses };
	if (!now.shown)
		return pool;
	double half = quantile * sqrt(now.variance);
	pool.shown = true;
	pool.nps = 100 * now.mean;
	pool.lo = fmax(-100, 100 * (now.centre - half));
	pool.hi = fmin(100, 100 * (now.centre + half));
	if (!before.shown)
		return pool;
	half = quantile * sqrt(now.variance + before.variance);
	pool.change_shown = true;
	pool.before = 100 * before.mean;
	pool.change = pool.nps - pool.before;
	pool.change_lo = 100 * (now.centre - before.centre - half);
	pool.change_hi = 100 * (now.centre - before.centre + half);
	return pool;
}
