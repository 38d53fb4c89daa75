/* stats/nps_finite.h - what the answers say of all of today's customers, whose number is known.
 *
 * When 300 of 400 customers have answered, little is unknown about these 400. The variance shrinks by the finite
 * population correction (Cochran, "Sampling Techniques", 3rd edition 1977, section 2.6),
 *
 *   c = (N - people) / (N - 1)
 *
 * and with it what Rocks adds to the counts, since nothing is guessed when nobody is missing: n + 3c, promoters + 3c/4,
 * detractors + 3c/4. At c = 1 it is the interval of stats/nps.h, and where all have answered the score itself.
 *
 * It is for statements about the customers of today alone. Who asks whether the score will hold, or compares it with
 * another period, asks about a world that goes on, and takes the plain interval.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_FINITE_H
#define STATS_NPS_FINITE_H

#include "stats/nps.h"

/* population: people there are; as many as have answered, where it says fewer. */
struct nps_figure nps_finite_of(const struct nps_sums *sums, int64_t population);

#endif
