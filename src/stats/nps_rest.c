/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_rest.h"

void nps_across_add(struct nps_pair *across, const struct nps_cluster *here,
                    const struct nps_cluster *all)
{
	const struct nps_cluster rest = { all->n - here->n, all->s - here->s };
	if (here->n == 0)
		return;
	across->clusters += rest.n > 0;
	across->ss += here->s * all->s;
	across->sn += here->s * all->n;
	across->ns += here->n * all->s;
	across->nn += here->n * all->n;
	across->sm += nps_cluster_sm(all) - nps_cluster_sm(&rest);
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
		.sm = all->sm - across->sm,
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
