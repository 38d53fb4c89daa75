/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/mix_change.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define EXPECTED_LEAST 5

struct periods {
	double n, m; /* effective answers, before and now */
	double deff;
};

static double expected_least(const struct periods *p, double before, double now)
{
	double share = (before + now) / p->deff / (p->n + p->m);
	return share * fmin(p->n, p->m);
}

/* One channel's part of the statistic. */
static double part_of(const struct periods *p, double before, double now)
{
	double x = before / p->deff, y = now / p->deff, share = (x + y) / (p->n + p->m);
	if (!(share > 0))
		return 0;
	double d = x - share * p->n, e = y - share * p->m;
	return d * d / (share * p->n) + e * e / (share * p->m);
}

static void test(const struct periods *p, const double *before, const double *now, size_t count,
                 struct mix_change *out)
{
	double statistic = 0, rest_before = 0, rest_now = 0;
	size_t channels = 0;
	for (size_t i = 0; i < count; i++) {
		if (expected_least(p, before[i], now[i]) < EXPECTED_LEAST) {
			rest_before += before[i];
			rest_now += now[i];
			continue;
		}
		statistic += part_of(p, before[i], now[i]);
		channels++;
	}
	statistic += part_of(p, rest_before, rest_now);
	channels += rest_before + rest_now > 0;
	out->degrees = channels > 1 ? channels - 1 : 0;
	if (out->degrees > 0)
		out->chance = gsl_cdf_chisq_Q(statistic, (double)out->degrees);
}

struct mix_change mix_change_of(const double *before, const double *now, size_t count, double deff)
{
	struct mix_change out = { .chance = 1 };
	struct periods p = { .deff = fmax(1, deff) };
	double largest = 0;
	for (size_t i = 0; i < count; i++) {
		p.n += before[i] / p.deff;
		p.m += now[i] / p.deff;
	}
	if (!(p.n > 0 && p.m > 0))
		return out;
	for (size_t i = 0; i < count; i++) {
		double x = before[i] / p.deff, y = now[i] / p.deff;
		double d = fabs(y / p.m - x / p.n), share = (x + y) / (p.n + p.m);
		out.distance += d / 2;
		/* the mean of a normal's absolute value */
		out.by_chance += sqrt(M_2_PI * share * (1 - share) * (1 / p.n + 1 / p.m)) / 2;
		if (d > largest) {
			largest = d;
			out.most = i;
		}
	}
	test(&p, before, now, count, &out);
	out.moved = out.distance >= MIX_MOVED && out.chance < MIX_CHANCE;
	return out;
}
