/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps.h"
#include "base/die.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define CONFIDENCE_TAIL 0.975 /* both tails together leave 95 % */

enum nps_group nps_group_of(int score)
{
	if (score >= 9)
		return NPS_PROMOTER;
	return score >= 7 ? NPS_PASSIVE : NPS_DETRACTOR;
}

const char *nps_label_name(enum nps_label label)
{
	switch (label) {
	case NPS_HIDDEN:
		return "hidden";
	case NPS_ROUGH:
		return "rough";
	case NPS_FIRM:
		return "firm";
	}
	UNREACHABLE();
}

static int64_t value_of(int score)
{
	return (int64_t)nps_group_of(score) - 1;
}

void nps_add(struct nps_sums *sums, struct nps_cluster *cluster, int score)
{
	MUST(score >= 0 && score <= NPS_SCORE_MAX);
	int64_t n = cluster->n, s = cluster->s;
	cluster->n = n + 1;
	cluster->s = s + value_of(score);
	sums->by_score[score]++;
	sums->clusters += n == 0;
	sums->ss += cluster->s * cluster->s - s * s;
	sums->sn += cluster->s * cluster->n - s * n;
	sums->nn += cluster->n * cluster->n - n * n;
}

void nps_add_alone(struct nps_sums *sums, int score)
{
	struct nps_cluster alone = { 0 };
	nps_add(sums, &alone, score);
	sums->people++;
}

void nps_add_sums(struct nps_sums *sums, const struct nps_sums *more)
{
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		sums->by_score[score] += more->by_score[score];
	sums->people += more->people;
	sums->clusters += more->clusters;
	sums->ss += more->ss;
	sums->sn += more->sn;
	sums->nn += more->nn;
}

/* V_c / V_i, at least 1. Both are multiplied out so that nothing but whole numbers meets before the division:
 * n^2 x sum_g (s_g - n_g x mean)^2 = n^2 x ss - 2 n s x sn + s^2 x nn. */
static double design_effect(const struct nps_sums *sums, int64_t answers, int64_t promoters,
                            int64_t detractors)
{
	/* Everyone answered once: the plain formula, not one that is a rounding error away from it. */
	if (sums->clusters == answers || sums->clusters < 2)
		return sums->clusters < 2 ? (double)answers : 1;
	long double n = (long double)answers, k = (long double)sums->clusters;
	long double s = (long double)(promoters - detractors);
	long double between = n * n * (long double)sums->ss - 2 * n * s * (long double)sums->sn +
	                      s * s * (long double)sums->nn;
	long double within = n * n * (long double)(promoters + detractors) - n * s * s;
	if (within <= 0)
		return 1;
	long double effect = (k / (k - 1) * between) / (n / (n - 1) * within);
	return effect > 1 ? (double)effect : 1;
}

struct nps_wald nps_wald_of(const struct nps_figure *f)
{
	if (f->responses == 0)
		return (struct nps_wald){ 0 };
	double n = f->effective_n + 3;
	double p = ((double)f->promoters / f->deff + 0.75) / n;
	double d = ((double)f->detractors / f->deff + 0.75) / n;
	double centre = p - d;
	return (struct nps_wald){ centre, sqrt((p + d - centre * centre) / n) };
}

static void set_interval(struct nps_figure *f, int64_t clusters)
{
	f->lo = -100;
	f->hi = 100;
	if (clusters < 2)
		return;
	struct nps_wald w = nps_wald_of(f);
	double quantile = f->deff > 1 ? gsl_cdf_tdist_Pinv(CONFIDENCE_TAIL, (double)(clusters - 1))
	                              : gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL);
	f->lo = fmax(-100, 100 * (w.centre - quantile * w.se));
	f->hi = fmin(100, 100 * (w.centre + quantile * w.se));
}

struct nps_figure nps_figure_of(const struct nps_sums *sums)
{
	struct nps_figure f = { .people = sums->people, .deff = 1 };
	for (int score = 0; score <= NPS_SCORE_MAX; score++) {
		enum nps_group group = nps_group_of(score);
		f.promoters += group == NPS_PROMOTER ? sums->by_score[score] : 0;
		f.passives += group == NPS_PASSIVE ? sums->by_score[score] : 0;
		f.detractors += group == NPS_DETRACTOR ? sums->by_score[score] : 0;
	}
	f.responses = f.promoters + f.passives + f.detractors;
	if (f.responses == 0)
		return f;
	f.deff = design_effect(sums, f.responses, f.promoters, f.detractors);
	f.effective_n = (double)f.responses / f.deff;
	if (f.responses < NPS_ANSWERS_SHOWN)
		return f;
	f.label = f.responses < NPS_ANSWERS_FIRM ? NPS_ROUGH : NPS_FIRM;
	f.nps = 100 * (double)(f.promoters - f.detractors) / (double)f.responses;
	set_interval(&f, sums->clusters);
	return f;
}

double nps_rounded(double points)
{
	return round(points * 10) / 10 + 0.0;
}
