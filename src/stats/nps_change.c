/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_change.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define CONFIDENCE_TAIL 0.975

/* One period: its mean of 1, 0 and -1, and the sum of the squares of its clusters' residuals. */
struct period {
	struct nps_figure figure;
	struct nps_wald wald;
	long double mean, squares;
};

static struct period period_of(const struct nps_sums *sums)
{
	struct period p = { .figure = nps_figure_of(sums) };
	p.wald = nps_wald_of(&p.figure);
	if (p.figure.responses == 0)
		return p;
	p.mean = (long double)(p.figure.promoters - p.figure.detractors) /
	         (long double)p.figure.responses;
	p.squares = (long double)sums->ss - 2 * p.mean * (long double)sums->sn +
	            p.mean * p.mean * (long double)sums->nn;
	return p;
}

static double correlation(const struct period *now, const struct period *before,
                          const struct nps_pair *pair)
{
	long double cross = (long double)pair->ss - before->mean * (long double)pair->sn -
	                    now->mean * (long double)pair->ns +
	                    now->mean * before->mean * (long double)pair->nn;
	if (now->squares <= 0 || before->squares <= 0)
		return 0;
	return fmax(-1, fmin(1, (double)(cross / sqrtl(now->squares * before->squares))));
}

static bool is_paired(const struct nps_sums *now, const struct nps_sums *before,
                      const struct nps_pair *pair)
{
	int64_t fewer = now->clusters < before->clusters ? now->clusters : before->clusters;
	return pair->clusters > 0 && (double)pair->clusters >= NPS_PAIRED_SHARE * (double)fewer;
}

/* Welch's, of two variances with these clusters. */
static double degrees_of(const struct period *now, const struct period *before, double clusters_now,
                         double clusters_before)
{
	double v = now->wald.se * now->wald.se, w = before->wald.se * before->wald.se;
	return (v + w) * (v + w) / (v * v / (clusters_now - 1) + w * w / (clusters_before - 1));
}

static void set_interval(struct nps_change *c, const struct period *now,
                         const struct period *before, const struct nps_sums *sums_now,
                         const struct nps_sums *sums_before, const struct nps_pair *pair)
{
	c->lo = -200;
	c->hi = 200;
	if (sums_now->clusters < 2 || sums_before->clusters < 2)
		return;
	double r = c->paired ? correlation(now, before, pair) : 0;
	double a = now->wald.se, b = before->wald.se;
	double se = sqrt(fmax(0, a * a + b * b - 2 * r * a * b));
	double quantile = gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL);
	double k = (double)sums_now->clusters, m = (double)sums_before->clusters;
	if (c->paired)
		quantile = gsl_cdf_tdist_Pinv(CONFIDENCE_TAIL, k + m - (double)pair->clusters - 1);
	else if (now->figure.deff > 1 || before->figure.deff > 1)
		quantile = gsl_cdf_tdist_Pinv(CONFIDENCE_TAIL, degrees_of(now, before, k, m));
	double centre = now->wald.centre - before->wald.centre;
	c->lo = fmax(-200, 100 * (centre - quantile * se));
	c->hi = fmin(200, 100 * (centre + quantile * se));
}

struct nps_change nps_change_of(const struct nps_sums *now, const struct nps_sums *before,
                                const struct nps_pair *pair)
{
	struct period p = period_of(now), q = period_of(before);
	struct nps_change c = { .shown =
		                    p.figure.label != NPS_HIDDEN && q.figure.label != NPS_HIDDEN };
	if (!c.shown)
		return c;
	c.rough = p.figure.label == NPS_ROUGH || q.figure.label == NPS_ROUGH;
	c.change = p.figure.nps - q.figure.nps;
	c.paired = is_paired(now, before, pair);
	set_interval(&c, &p, &q, now, before, pair);
	c.beyond_chance = c.lo > 0 || c.hi < 0;
	return c;
}
