/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/checked_share.h"

#include <math.h>
#include <stddef.h>

/* Points of a posterior's quantiles; all pairs of two make the range. */
#define POINTS 100
/* Steps of the angle t, p = sin^2 t, in which a Beta density has no pole for parameters of 1/2 and more. */
#define STEPS     4096
#define TAIL      .025
#define HALVED_TO 1e-12
#define NORMAL_95 1.959963984540054

/* One side of the machine's word: its share of all, and what people said. */
struct stratum {
	double weight, all, yes, no;
};

static double checked(const struct stratum *s)
{
	return s->yes + s->no;
}

static void strata_of(const struct checked_counts *c, struct stratum s[2])
{
	double n = (double)c->all, yes = (double)c->machine_yes;
	s[0] = (struct stratum){ yes / n, yes, (double)c->yes_yes, (double)c->yes_no };
	s[1] = (struct stratum){ 1 - yes / n, n - yes, (double)c->no_yes, (double)c->no_no };
}

/* Quantiles of Beta(a, b) in the middle of POINTS equal parts. */
static void beta_points(double a, double b, double out[POINTS])
{
	static const double quarter = 1.5707963267948966;
	double log_density[STEPS], highest = -(double)INFINITY, sum = 0, so_far = 0;
	for (int i = 0; i < STEPS; i++) {
		double t = (i + .5) / STEPS * quarter;
		log_density[i] = (2 * a - 1) * log(sin(t)) + (2 * b - 1) * log(cos(t));
		highest = fmax(highest, log_density[i]);
	}
	for (int i = 0; i < STEPS; i++)
		sum += exp(log_density[i] - highest);
	for (int i = 0, point = 0; i < STEPS; i++) {
		double mass = exp(log_density[i] - highest) / sum;
		for (; point < POINTS && (point + .5) / POINTS <= so_far + mass; point++) {
			double within = ((point + .5) / POINTS - so_far) / mass;
			double s = sin((i + within) / STEPS * quarter);
			out[point] = s * s;
		}
		so_far += mass;
		if (i == STEPS - 1)
			for (; point < POINTS; point++)
				out[point] = 1;
	}
}

/* Points of what is true of the stratum: those checked are known, the others as the posterior says. */
static void stratum_points(const struct stratum *s, double out[POINTS])
{
	double known = s->all > 0 ? checked(s) / s->all : 1;
	double middle = checked(s) > 0 ? s->yes / checked(s) : .5;
	beta_points(s->yes + .5, s->no + .5, out);
	/* As a finite population's: deviations shrink by the root of what is unknown. */
	for (int i = 0; i < POINTS; i++)
		out[i] = middle + (out[i] - middle) * sqrt(1 - fmin(known, 1));
}

/* Sums of one point of each, both in order, that are no larger than x. */
static size_t sums_up_to(const double p1[POINTS], const double p0[POINTS],
                         const struct stratum s[2], double x)
{
	size_t count = 0, k = POINTS;
	for (size_t i = 0; i < POINTS; i++) {
		while (k > 0 && s[0].weight * p1[i] + s[1].weight * p0[k - 1] > x)
			k--;
		count += k;
	}
	return count;
}

/* The sum that so many are no larger than; halving is cheaper than sorting them all. */
static double sum_ranked(const double p1[POINTS], const double p0[POINTS],
                         const struct stratum s[2], size_t rank)
{
	double lo = -HALVED_TO, hi = 1 + HALVED_TO;
	while (hi - lo > HALVED_TO) {
		double middle = (lo + hi) / 2;
		if (sums_up_to(p1, p0, s, middle) >= rank)
			hi = middle;
		else
			lo = middle;
	}
	return (lo + hi) / 2;
}

static void set_range(const struct stratum s[2], struct checked_share *out)
{
	static const size_t pairs = (size_t)POINTS * POINTS;
	size_t tail = (size_t)(TAIL * (double)pairs);
	double p1[POINTS], p0[POINTS];
	stratum_points(&s[0], p1);
	stratum_points(&s[1], p0);
	out->lo = fmax(0, sum_ranked(p1, p0, s, tail));
	out->hi = fmin(1, sum_ranked(p1, p0, s, pairs + 1 - tail));
}

static double said_yes(const struct stratum *s)
{
	return checked(s) > 0 ? s->yes / checked(s) : (s->yes + .5) / (checked(s) + 1);
}

/* A side that nobody checked is as unknown as can be, unless it is empty. */
static bool fit(const struct checked_counts *c)
{
	return c->all > 0 && c->machine_yes >= 0 && c->machine_yes <= c->all && c->yes_yes >= 0 &&
	       c->yes_no >= 0 && c->no_yes >= 0 && c->no_no >= 0 &&
	       c->yes_yes + c->yes_no <= c->machine_yes &&
	       c->no_yes + c->no_no <= c->all - c->machine_yes;
}

void checked_share_of(const struct checked_counts *c, struct checked_share *out)
{
	struct stratum s[2];
	*out = (struct checked_share){ .sensitivity = -1, .specificity = -1 };
	if (!fit(c))
		return;
	strata_of(c, s);
	out->machine = s[0].weight;
	if (checked(&s[0]) + checked(&s[1]) < CHECKED_LEAST)
		return;
	double p1 = said_yes(&s[0]), p0 = said_yes(&s[1]);
	out->shown = true;
	out->share = s[0].weight * p1 + s[1].weight * p0;
	set_range(s, out);
	if (out->share > 0)
		out->sensitivity = s[0].weight * p1 / out->share;
	if (out->share < 1)
		out->specificity = s[1].weight * (1 - p0) / (1 - out->share);
}

/* With each side checked in proportion, variance is V / n less what is known; V with the Jeffreys halves. */
int64_t checked_more_for(const struct checked_counts *c, double half)
{
	struct stratum s[2];
	double v = 0, n = 0;
	if (!fit(c) || half <= 0)
		return 0;
	strata_of(c, s);
	for (int i = 0; i < 2; i++) {
		double p = (s[i].yes + .5) / (checked(&s[i]) + 1);
		v += s[i].weight * p * (1 - p);
		n += checked(&s[i]);
	}
	double wanted = v * (NORMAL_95 / half) * (NORMAL_95 / half);
	wanted = wanted / (1 + wanted / (double)c->all);
	wanted = fmax(wanted, CHECKED_LEAST);
	return (int64_t)ceil(fmax(0, fmin(wanted, (double)c->all) - n));
}
