/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/quality_share.h"

#include "stats/nps_funnel.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

#define LIMIT_TAIL  0.001 /* 99.8 % */
#define FAMILY_TAIL 0.025 /* 5 % over all units */

static double angle_of(double with, double n)
{
	return asin(sqrt(fmin(1, fmax(0, with / n))));
}

static double share_at(double angle)
{
	double s = sin(fmin(M_PI_2, fmax(0, angle)));
	return s * s;
}

static bool is_judged(const struct quality_unit *u)
{
	return u->n >= QUALITY_ANSWERS;
}

static double distance(const struct quality_unit *u, double target)
{
	return angle_of(u->with + 0.375, u->n + 0.75) - target;
}

/* How much units differ beyond chance, from those that are judged. */
static void set_dispersion(struct arena *a, const struct quality_unit *units, size_t count,
                           double target, struct quality_shares *s)
{
	double *z = ARENA_ARRAY(a, double, count), w = 0, ww = 0;
	for (size_t i = 0; i < count; i++) {
		if (!is_judged(&units[i]))
			continue;
		z[s->judged++] = distance(&units[i], target) * sqrt(4 * units[i].n);
		w += 4 * units[i].n;
		ww += 16 * units[i].n * units[i].n;
	}
	double k = (double)s->judged;
	s->phi = nps_funnel_phi(z, s->judged);
	if (s->judged >= 2 && s->phi > 1)
		s->tau2 = fmax(0, (k * s->phi - (k - 1)) / (w - ww / w));
}

static struct quality_judged judge(const struct quality_unit *u, double target,
                                   const struct quality_shares *s)
{
	struct quality_judged j = { .share = u->n > 0 ? u->with / u->n : 0 };
	if (!is_judged(u))
		return j;
	double spread = sqrt(1 / (4 * u->n) + s->tau2);
	j.z = distance(u, target) / spread;
	j.lo = share_at(target - s->limit * spread);
	j.hi = share_at(target + s->limit * spread);
	j.label = j.z > s->limit ? QUALITY_OFTEN : j.z < -s->limit ? QUALITY_SELDOM : QUALITY_USUAL;
	return j;
}

struct quality_shares quality_share_of(struct arena *a, const struct quality_unit *units,
                                       size_t count)
{
	struct quality_shares s = { .phi = 1 };
	double n = 0, with = 0;
	for (size_t i = 0; i < count; i++) {
		n += units[i].n;
		with += units[i].with;
	}
	s.units = ARENA_ARRAY(a, struct quality_judged, count);
	s.target = n > 0 ? with / n : 0;
	double target = n > 0 ? angle_of(with, n) : 0;
	set_dispersion(a, units, count, target, &s);
	double tail = fmin(LIMIT_TAIL, FAMILY_TAIL / fmax(1, (double)s.judged));
	s.limit = gsl_cdf_ugaussian_Qinv(tail);
	for (size_t i = 0; i < count; i++) {
		s.units[i] = judge(&units[i], target, &s);
		s.worth_a_look +=
		    s.units[i].label == QUALITY_OFTEN || s.units[i].label == QUALITY_SELDOM;
	}
	return s;
}
