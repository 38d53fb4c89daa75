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

/* Of a variance whose clusters count as many equal ones, see stats/nps.h. */
static double degrees_of(const struct nps_sums *sums, double answers)
{
	return fmax(1, answers * answers / (double)sums->nn - 1);
}

/* Welch's, of two variances. */
static double degrees_apart(const struct period *now, const struct period *before,
                            const struct nps_sums *sums_now, const struct nps_sums *sums_before)
{
	double v = now->wald.se * now->wald.se, w = before->wald.se * before->wald.se;
	return (v + w) * (v + w) /
	       (v * v / degrees_of(sums_now, (double)now->figure.responses) +
	        w * w / degrees_of(sums_before, (double)before->figure.responses));
}

/* Of the clusters in either: one that answered in both is one. */
static double degrees_paired(const struct nps_sums *now, const struct nps_sums *before,
                             const struct nps_pair *pair, double answers)
{
	struct nps_sums both = { .nn = now->nn + before->nn + 2 * pair->nn };
	return degrees_of(&both, answers);
}

/* 0: the normal's. */
static double degrees(const struct nps_change *c, const struct period *now,
                      const struct period *before, const struct nps_sums *sums_now,
                      const struct nps_sums *sums_before, const struct nps_pair *pair)
{
	if (!c->paired && now->figure.degrees <= 0 && before->figure.degrees <= 0)
		return 0;
	double apart = degrees_apart(now, before, sums_now, sums_before);
	if (!c->paired)
		return apart;
	double answers = (double)(now->figure.responses + before->figure.responses);
	return fmin(apart, degrees_paired(sums_now, sums_before, pair, answers));
}

static void set_interval(struct nps_change *c, const struct period *now,
                         const struct period *before, const struct nps_sums *sums_now,
                         const struct nps_sums *sums_before, const struct nps_pair *pair)
{
	c->lo = -200;
	c->hi = 200;
	c->half = 200;
	c->p = 1;
	if (sums_now->clusters < 2 || sums_before->clusters < 2)
		return;
	double r = c->paired ? correlation(now, before, pair) : 0;
	double a = now->wald.se, b = before->wald.se;
	double se = sqrt(fmax(0, a * a + b * b - 2 * r * a * b));
	double df = degrees(c, now, before, sums_now, sums_before, pair);
	double quantile = df > 0 ? gsl_cdf_tdist_Pinv(CONFIDENCE_TAIL, df)
	                         : gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL);
	double centre = now->wald.centre - before->wald.centre;
	c->centre = 100 * centre;
	c->half = 100 * quantile * se;
	c->lo = fmax(-200, c->centre - c->half);
	c->hi = fmin(200, c->centre + c->half);
	if (se > 0)
		c->p = 2 * (df > 0 ? gsl_cdf_tdist_Q(fabs(centre) / se, df)
		                   : gsl_cdf_ugaussian_Q(fabs(centre) / se));
}

static struct nps_change compare(const struct nps_sums *now, const struct nps_sums *before,
                                 const struct nps_pair *pair, bool paired)
{
	struct period p = period_of(now), q = period_of(before);
	struct nps_change c = { .shown =
		                    p.figure.label != NPS_HIDDEN && q.figure.label != NPS_HIDDEN };
	if (!c.shown)
		return c;
	c.rough = p.figure.label == NPS_ROUGH || q.figure.label == NPS_ROUGH;
	c.change = p.figure.nps - q.figure.nps;
	c.paired = paired;
	set_interval(&c, &p, &q, now, before, pair);
	c.beyond_chance = c.lo > 0 || c.hi < 0;
	return c;
}

struct nps_change nps_change_of(const struct nps_sums *now, const struct nps_sums *before,
                                const struct nps_pair *pair)
{
	return compare(now, before, pair, is_paired(now, before, pair));
}

struct nps_change nps_difference_of(const struct nps_sums *here, const struct nps_sums *there,
                                    const struct nps_pair *pair)
{
	return compare(here, there, pair, pair->clusters > 0);
}

double nps_changes_apart(const struct nps_change *one, const struct nps_change *other)
{
	double half = hypot(one->half, other->half), apart = fabs(one->centre - other->centre);
	if (!one->shown || !other->shown || half <= 0)
		return 1;
	return 2 * gsl_cdf_ugaussian_Q(apart / half * gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL));
}
