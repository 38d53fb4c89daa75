/* stats/nps_rest.h - a segment against the rest, never against a whole that contains it.
 *
 * A whole moves with its part: the larger the part, the smaller their difference, and the two are not independent. So
 * the segment stands against all answers that are not in it. The rest is not counted again but taken from what is
 * known: with s and n of a cluster in the segment and S and N of it in all,
 *
 *   (S - s)^2 = S^2 - 2 sS + s^2      s (S - s) = sS - s^2      and so on for the other sums
 *
 * where sS and the like are added up over the clusters in the segment (`across`). (S - s)^2 / (N - n) cannot be taken apart like
 * this, so what S^2/N of these clusters is more than that is added up with them.
 *
 * The difference is that of stats/nps_change.h, clustered over both sides where accounts or people are in both, for
 * instance a customer with offices in two regions. Overlap of two intervals is never the test: two 95 % intervals of equal
 * width that just touch are a difference at .0056 (Cumming and Finch, "Inference by Eye", American Psychologist 60,
 * 2005).
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_REST_H
#define STATS_NPS_REST_H

#include "stats/nps_change.h"

/* A cluster's answers in the part and in all. */
void nps_across_add(struct nps_pair *across, const struct nps_cluster *here,
                    const struct nps_cluster *all);

/* across: of the part with all, but people and clusters are those that have answers outside the part, too. */
void nps_rest_of(const struct nps_sums *all, const struct nps_sums *part,
                 const struct nps_pair *across, struct nps_sums *rest, struct nps_pair *with_rest);

/* The part's score minus that of all others. */
struct nps_change nps_against_rest(const struct nps_sums *all, const struct nps_sums *part,
                                   const struct nps_pair *across);

#endif
