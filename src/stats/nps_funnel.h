/* stats/nps_funnel.h - how far from the whole a segment's score would be by chance, at its number of answers.
 *
 * The funnel of Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005):
 * around the target (the score of all) with the standard deviation of one answer there, at n effective answers
 *
 *   limit = target +- z x sqrt(phi) x sd / sqrt(n)      z of 95 % and of 99.8 %
 *
 * phi is the over-dispersion: real segments differ for many small reasons, and where all scatter more than chance has it,
 * limits that knew chance alone would mark half of them. It is the mean of z_i^2 of all segments' distances after the
 * tenth at each end was brought in to the 10 % and 90 % quantile (winsorised), so that what stands out does not widen
 * its own limits, and 1 where it is not more than two standard errors above 1, 1 + 2 sqrt(2 / k).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_FUNNEL_H
#define STATS_NPS_FUNNEL_H

#include "base/arena.h"
#include "stats/nps.h"

#include <stddef.h>

struct nps_funnel {
	double target, sd; /* points */
	double phi;        /* 1: no more than chance */
	size_t segments;   /* whose scores are shown */
};

struct nps_limits {
	double lo95, hi95, lo998, hi998;
};

enum nps_side { NPS_FAR_BELOW, NPS_BELOW, NPS_WITHIN, NPS_ABOVE, NPS_FAR_ABOVE };

struct nps_funnel nps_funnel_of(struct arena *a, const struct nps_sums *all,
                                const struct nps_sums *segments, size_t count);

/* At so many effective answers, above 0. */
struct nps_limits nps_funnel_at(const struct nps_funnel *f, double answers);
/* A hidden figure is within. */
enum nps_side nps_funnel_side(const struct nps_funnel *f, const struct nps_figure *figure);

/* phi of k distances in standard errors, which are sorted and winsorised in place. */
double nps_funnel_phi(double *z, size_t k);

#endif
