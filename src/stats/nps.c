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

/* An answer alone, as most are, costs no division. */
int64_t nps_cluster_sm(const struct nps_cluster *cluster)
{
	int64_t square = cluster->s * cluster->s;
	if (cluster->n <= 1)
		return square * NPS_SM_UNITS;
	return (int64_t)((double)square / (double)cluster->n * NPS_SM_UNITS);
}

void nps_add(struct nps_sums *sums, struct nps_cluster *cluster, int score)
{
	MUST(score >= 0 && score <= NPS_SCORE_MAX);
	int64_t n = cluster->n, s = cluster->s, sm = nps_cluster_sm(cluster);
	cluster->n = n + 1;
	cluster->s = s + value_of(score);
	sums->by_score[score]++;
	sums->clusters += n == 0;
	sums->ss += cluster->s * cluster->s - s * s;
	sums->sn += cluster->s * cluster->n - s * n;
	sums->nn += cluster->n * cluster->n - n * n;
	sums->sm += nps_cluster_sm(cluster) - sm;
}

void nps_take(struct nps_sums *sums, struct nps_cluster *cluster, int score)
{
	MUST(score >= 0 && score <= NPS_SCORE_MAX && cluster->n > 0);
	int64_t n = cluster->n, s = cluster->s, sm = nps_cluster_sm(cluster);
	cluster->n = n - 1;
	cluster->s = s - value_of(score);
	sums->by_score[score]--;
	sums->clusters -= n == 1;
	sums->ss += cluster->s * cluster->s - s * s;
	sums->sn += cluster->s * cluster->n - s * n;
	sums->nn += cluster->n * cluster->n - n * n;
	sums->sm += nps_cluster_sm(cluster) - sm;
}

void nps_add_alone(struct nps_sums *sums, int score)
{
	struct nps_cluster alone = { 0 };
	nps_add(sums, &alone, score);
	sums->people++;
}

void nps_add_cluster(struct nps_sums *sums, const struct nps_cluster *cluster)
{
	sums->clusters += cluster->n > 0;
	sums->ss += cluster->s * cluster->s;
	sums->sn += cluster->s * cluster->n;
	sums->nn += cluster->n * cluster->n;
	sums->sm += nps_cluster_sm(cluster);
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
	sums->sm += more->sm;
}

/* V_c alone is ruled by the largest account, whose one residual is small by chance often enough: with accounts of very
 * unequal size it covered .60 to .93. rho is of all clusters (Donner, "A Review of Inference Procedures for the
 * Intraclass Correlation Coefficient", International Statistical Review 54, 1986), and 1 + rho (n/Ke - 1) is Kish's
 * design effect. The half of a cluster of one mind in MSB is to rho what Rocks' three answers are to the shares:
 * where nearly all are of one mind, likeness cannot be seen, and is not for that absent.
 */
struct design {
	long double n, k, s, square; /* answers, clusters, sum x, sum x^2 */
	long double equal;           /* Ke */
};

/* V_c / V_i. Both are multiplied out so that nothing but whole numbers meets before the division:
 * n^2 x sum_g (s_g - n_g x mean)^2 = n^2 x ss - 2 n s x sn + s^2 x nn. */
static long double between_by_within(const struct nps_sums *sums, const struct design *d)
{
	long double between = d->n * d->n * (long double)sums->ss -
	                      2 * d->n * d->s * (long double)sums->sn +
	                      d->s * d->s * (long double)sums->nn;
	long double within = d->n * d->n * d->square - d->n * d->s * d->s;
	if (within <= 0)
		return 1;
	return (d->equal / (d->equal - 1) * between) / (d->n / (d->n - 1) * within);
}

static long double likeness(const struct nps_sums *sums, const struct design *d)
{
	long double sm = (long double)sums->sm / NPS_SM_UNITS, mean = d->s / d->n;
	long double n0 = (d->n - d->n / d->equal) / (d->k - 1);
	long double one_mind = n0 * (0.5L + mean * mean);
	long double msb = (sm - d->s * mean + one_mind / 2) / (d->k - 0.5L);
	long double msw = (d->square - sm) / (d->n - d->k);
	return fminl(1, fmaxl(0, (msb - msw) / (msb + (n0 - 1) * msw)));
}

static double design_effect(const struct nps_sums *sums, const struct design *d)
{
	/* Everyone answered once: the plain formula, not one that is a rounding error away from it. */
	if (d->k >= d->n || d->k < 2)
		return d->k < 2 ? (double)d->n : 1;
	long double most = d->n / d->equal;
	long double effect = fmaxl(between_by_within(sums, d), 1 + likeness(sums, d) * (most - 1));
	return (double)fmaxl(1, fminl(most, effect));
}

static void set_design(struct nps_figure *f, const struct nps_sums *sums)
{
	struct design d = {
		.n = (long double)f->responses,
		.k = (long double)sums->clusters,
		.s = (long double)(f->promoters - f->detractors),
		.square = (long double)(f->promoters + f->detractors),
	};
	d.equal = d.n * d.n / fmaxl(1, (long double)sums->nn); /* 0: nobody counted clusters */
	f->deff = design_effect(sums, &d);
	f->effective_n = (double)(d.n / (long double)f->deff);
	f->degrees = d.k < d.n ? fmax(1, (double)(d.equal - 1)) : 0;
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
	double quantile = f->degrees > 0 ? gsl_cdf_tdist_Pinv(CONFIDENCE_TAIL, f->degrees)
	                                 : gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL);
	f->lo = fmax(-100, 100 * (w.centre - quantile * w.se));
	f->hi = fmin(100, 100 * (w.centre + quantile * w.se));
}

struct nps_figure nps_figure_of(const struct nps_sums *sums)
{
	struct nps_figure f = { .people = sums->people, .clusters = sums->clusters, .deff = 1 };
	for (int score = 0; score <= NPS_SCORE_MAX; score++) {
		enum nps_group group = nps_group_of(score);
		f.promoters += group == NPS_PROMOTER ? sums->by_score[score] : 0;
		f.passives += group == NPS_PASSIVE ? sums->by_score[score] : 0;
		f.detractors += group == NPS_DETRACTOR ? sums->by_score[score] : 0;
	}
	f.responses = f.promoters + f.passives + f.detractors;
	if (f.responses == 0)
		return f;
	set_design(&f, sums);
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

double nps_whole(double points)
{
	return rint(nps_rounded(points)) + 0.0;
}
