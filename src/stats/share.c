/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/share.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define CONFIDENCE_TAIL 0.975

struct share share_alone(int64_t hits, int64_t of)
{
	return (struct share){ .hits = hits, .of = of, .deff = 1 };
}

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t n = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		n += sums->by_score[score];
	return n;
}

/* Squares between and within clusters, with half a cluster of usual size half of which are hits in the long run. */
static double design_effect(const struct share_sums *s)
{
	double n = (double)s->of, pi = (double)s->hits / n;
	double size = (double)s->nn / n, equal = n / size;
	double one_mind = (.25 + (.5 - pi) * (.5 - pi)) / 2;
	double between = (double)s->hh - 2 * pi * (double)s->hn + pi * pi * (double)s->nn;
	double within = n * pi * (1 - pi);
	between += size * size * one_mind;
	within += size * one_mind;
	double effect = equal / (equal - 1) * between / (n / (n - 1) * within);
	return fmax(1, fmin(size, effect));
}

struct share share_of_sums(const struct share_sums *sums)
{
	struct share s = share_alone(sums->hits, sums->of);
	double n = (double)s.of;
	if (sums->clusters >= s.of)
		return s;
	s.degrees = fmax(1, n * n / (double)sums->nn - 1);
	s.deff = sums->clusters < 2 ? n : design_effect(sums);
	return s;
}

struct share share_of(const struct nps_sums *all, const struct nps_sums *part,
                      const struct nps_pair *across)
{
	const struct share_sums sums = { .hits = answers_of(part),
		                         .of = answers_of(all),
		                         .hh = part->nn,
		                         .hn = across->nn,
		                         .nn = all->nn,
		                         .clusters = all->clusters };
	return share_of_sums(&sums);
}

/* Adjusted: its value and variance. */
struct guess {
	double value, variance;
};

static struct guess guess_of(const struct share *s)
{
	double n = (double)s->of / s->deff + 2;
	double value = ((double)s->hits / s->deff + 1) / n;
	return (struct guess){ value, value * (1 - value) / n };
}

static double degrees_of(const struct share *now, const struct share *before, double v, double w)
{
	if (now->degrees <= 0 && before->degrees <= 0)
		return 0;
	double a = now->degrees > 0 ? now->degrees : (double)now->of - 1;
	double b = before->degrees > 0 ? before->degrees : (double)before->of - 1;
	return (v + w) * (v + w) / (v * v / a + w * w / b);
}

/* df 0: of the normal. */
static double quantile_of(double df)
{
	return df > 0 ? gsl_cdf_tdist_Pinv(CONFIDENCE_TAIL, df)
	              : gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL);
}

struct share_change share_change_of(const struct share *now, const struct share *before)
{
	if (now->of < NPS_ANSWERS_SHOWN || before->of < NPS_ANSWERS_SHOWN)
		return (struct share_change){ .p = 1 };
	struct guess a = guess_of(now), b = guess_of(before);
	double df = degrees_of(now, before, a.variance, b.variance);
	double centre = a.value - b.value, se = sqrt(a.variance + b.variance);
	double quantile = quantile_of(df);
	double z = fabs(centre) / se;
	struct share_change c = {
		.shown = true,
		.change = 100 * ((double)now->hits / (double)now->of -
		                 (double)before->hits / (double)before->of),
		.lo = fmax(-100, 100 * (centre - quantile * se)),
		.hi = fmin(100, 100 * (centre + quantile * se)),
		.p = 2 * (df > 0 ? gsl_cdf_tdist_Q(z, df) : gsl_cdf_ugaussian_Q(z)),
	};
	c.beyond_chance = c.lo > 0 || c.hi < 0;
	return c;
}

void share_range(const struct share *s, double *lo, double *hi)
{
	*lo = 0;
	*hi = 1;
	if (s->of <= 0)
		return;
	int64_t hits = s->hits < 0 ? 0 : s->hits > s->of ? s->of : s->hits;
	double n = (double)s->of / s->deff, p = (double)hits / (double)s->of;
	double z = quantile_of(s->degrees), z2 = z * z;
	double middle = p + z2 / (2 * n), half = z * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
	if (hits > 0)
		*lo = (middle - half) / (1 + z2 / n);
	if (hits < s->of)
		*hi = (middle + half) / (1 + z2 / n);
}

void share_wilson(int64_t hits, int64_t of, double *lo, double *hi)
{
	const struct share s = share_alone(hits, of);
	share_range(&s, lo, hi);
}
