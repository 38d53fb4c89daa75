/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_rest.h"

#include <math.h>

/* The variance within clusters, in NPS_SM_UNITS: (sum x^2 - sum s^2/n) / (n - K). */
static double variance_within(const struct nps_sums *all)
{
	int64_t n = 0, square = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++) {
		n += all->by_score[score];
		square += nps_group_of(score) == NPS_PASSIVE ? 0 : all->by_score[score];
	}
	if (n <= all->clusters)
		return 0;
	return (double)(square * NPS_SM_UNITS - all->sm) / (double)(n - all->clusters);
}

static int64_t sm_of_rest(const struct nps_sums *all, const struct nps_sums *part,
                          const struct nps_pair *across)
{
	double split = (double)across->clusters * variance_within(all);
	return all->sm - part->sm + (int64_t)round(split);
}

static struct nps_pair pair_with_rest(const struct nps_sums *part, const struct nps_pair *across)
{
	return (struct nps_pair){
		.people = across->people,
		.clusters = across->clusters,
		.ss = across->ss - part->ss,
		.sn = across->sn - part->sn,
		.ns = across->ns - part->sn,
		.nn = across->nn - part->nn,
	};
}

void nps_rest_of(const struct nps_sums *all, const struct nps_sums *part,
                 const struct nps_pair *across, struct nps_sums *rest, struct nps_pair *with_rest)
{
	*rest = (struct nps_sums){
		.people = all->people - part->people + across->people,
		.clusters = all->clusters - part->clusters + across->clusters,
		.ss = all->ss - 2 * across->ss + part->ss,
		.sn = all->sn - across->sn - across->ns + part->sn,
		.nn = all->nn - 2 * across->nn + part->nn,
		.sm = sm_of_rest(all, part, across),
	};
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		rest->by_score[score] = all->by_score[score] - part->by_score[score];
	*with_rest = pair_with_rest(part, across);
}

struct nps_change nps_against_rest(const struct nps_sums *all, const struct nps_sums *part,
                                   const struct nps_pair *across)
{
	struct nps_sums rest;
	struct nps_pair with_rest;
	nps_rest_of(all, part, across, &rest, &with_rest);
	return nps_difference_of(part, &rest, &with_rest);
}
