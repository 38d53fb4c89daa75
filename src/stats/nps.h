/* stats/nps.h - the one definition of the Net Promoter Score and of how sure it is.
 *
 * Numbers in, values out: no clock, no database, no state. Scores are whole, 0 to 10; every figure that
 * leaves is in points, -100 to 100.
 *
 *   NPS = 100 x (answers of 9 or 10 - answers of 0 to 6) / answers with a score
 *
 * Answers of one person, or of people of one account, are not independent: the plain interval of 100 people
 * who answered twelve times each covers the truth in 56 % of cases where it promises 95 %. So answers stand in
 * clusters (their account where it was known when they came, else their person, else each on its own). With x = 1, 0 or -1, K clusters of
 * n_g answers that add up to s_g, and Ke = n^2 / sum n_g^2 as many equal ones (Kish, Survey Sampling, 1965):
 *
 *   V_i  = n/(n-1) x sum (x_i - mean)^2 / n^2                 as if all answers were independent
 *   V_c  = Ke/(Ke-1) x sum_g (s_g - n_g mean)^2 / n^2         between clusters
 *   rho  = (MSB - MSW) / (MSB + (n0 - 1) MSW), in 0..1        likeness within a cluster, by analysis of variance
 *          MSW = (sum x_i^2 - sum s_g^2 / n_g) / (n - K),  n0 = (n - n/Ke) / (K - 1)
 *          MSB = (sum s_g^2 / n_g - n mean^2 + n0 (1/2 + mean^2) / 2) / (K - 1 + 1/2)
 *   deff = max(1, V_c / V_i, 1 + rho (n/Ke - 1)), at most n/Ke   design effect: answers per independent answer
 *
 * and the interval is the adjusted Wald one of Rocks, "Interval Estimation for the Net Promoter Score", The
 * American Statistician 70 (2016): n + 3, promoters + 3/4, detractors + 3/4, on n/deff, promoters/deff and
 * detractors/deff, with Student's t of Ke - 1 degrees (one at least), cut at +-100. When everyone answered once it is
 * exactly the plain formula, with the normal quantile. Coverage by bench_nps_coverage: .94 or more in each of its clustered
 * designs from 20 answers on, .90 below.
 *
 * One cluster with several answers tells nothing about others: its interval is -100 to 100, one effective answer.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_H
#define STATS_NPS_H

#include <stdbool.h>
#include <stdint.h>

#define NPS_SCORE_MAX 10
/* Below the first no score is shown, below the second it is marked rough. */
#define NPS_ANSWERS_SHOWN 5
#define NPS_ANSWERS_FIRM  30
/* How finely s x s / n is kept: whole numbers have no order of adding. */
#define NPS_SM_UNITS 1048576

enum nps_group { NPS_DETRACTOR, NPS_PASSIVE, NPS_PROMOTER };

/* What the figure needs of the answers; all whole numbers, so that the order of adding never shows. */
struct nps_sums {
	int64_t by_score[NPS_SCORE_MAX + 1];
	int64_t people;   /* persons, and answers without one */
	int64_t clusters; /* K */
	/* Over clusters with n answers and a sum of s: */
	int64_t ss, sn, nn; /* s x s, s x n, n x n */
	int64_t sm;         /* s x s / n, each cluster's in whole NPS_SM_UNITs */
};

/* A cluster while it is counted; zero-initialised is an empty one. */
struct nps_cluster {
	int64_t n, s;
};

enum nps_label { NPS_HIDDEN, NPS_ROUGH, NPS_FIRM };

struct nps_figure {
	enum nps_label label;
	double nps, lo, hi; /* 0 when hidden */
	int64_t responses, promoters, passives, detractors, people;
	int64_t clusters; /* K: accounts, and people without one */
	double effective_n, deff;
	double degrees; /* of Student's t; 0: everyone answered once, the normal quantile */
};

enum nps_group nps_group_of(int score);
const char *nps_label_name(enum nps_label label); /* "hidden", "rough", "firm" */

/* Adds one answer to its cluster and so to the sums. `people` is the caller's to count. */
void nps_add(struct nps_sums *sums, struct nps_cluster *cluster, int score);
/* Takes one away again that was added to this cluster: to the last bit what was there before. */
void nps_take(struct nps_sums *sums, struct nps_cluster *cluster, int score);
/* Adds an answer that belongs to nobody known: a person and a cluster of its own. */
void nps_add_alone(struct nps_sums *sums, int score);
/* Adds all but by_score and people of a cluster that `sums` do not have, for who counts clusters before sums. */
void nps_add_cluster(struct nps_sums *sums, const struct nps_cluster *cluster);
/* Its s x s / n, in whole NPS_SM_UNITs. */
int64_t nps_cluster_sm(const struct nps_cluster *cluster);
/* Adds sums whose clusters are not in `sums`. */
void nps_add_sums(struct nps_sums *sums, const struct nps_sums *more);

struct nps_figure nps_figure_of(const struct nps_sums *sums);

/* The adjusted estimate that an interval stands around, in -1..1; for stats/nps_change.h. */
struct nps_wald {
	double centre, se;
};
struct nps_wald nps_wald_of(const struct nps_figure *f);

/* To one decimal, halves away from zero, never "-0.0": how a figure is written for people. */
double nps_rounded(double points);

/* That in whole points, never "-0": for sentences that have no room for tenths. */
double nps_whole(double points);

#endif
