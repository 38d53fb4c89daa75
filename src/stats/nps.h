/* stats/nps.h - the one definition of the Net Promoter Score and of how sure it is.
 *
 * Numbers in, values out: no clock, no database, no state. Scores are whole, 0 to 10; every figure that
 * leaves is in points, -100 to 100.
 *
 *   NPS = 100 x (answers of 9 or 10 - answers of 0 to 6) / answers with a score
 *
 * Answers of one person, or of people of one account, are not independent: the plain interval of 100 people
 * who answered twelve times each covers the truth in 56 % of cases where it promises 95 %. So answers stand in
 * clusters (their account where known, else their person, else each on its own), and with x = 1, 0 or -1:
 *
 *   V_i  = n/(n-1) x sum (x_i - mean)^2 / n^2               as if all answers were independent
 *   V_c  = K/(K-1) x sum_g (sum_i (x_i - mean))^2 / n^2     between K clusters
 *   deff = max(1, V_c / V_i)                                design effect: answers per independent answer
 *
 * and the interval is the adjusted Wald one of Rocks, "Interval Estimation for the Net Promoter Score", The
 * American Statistician 70 (2016): n + 3, promoters + 3/4, detractors + 3/4, on n/deff, promoters/deff and
 * detractors/deff, with Student's t of K-1 degrees where deff > 1, else the normal quantile, cut at +-100.
 * When everyone answered once it is exactly the plain formula. Coverage by bench_nps_coverage: .95 on even
 * clusters, about .92 when accounts are very unequal in size.
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

enum nps_group { NPS_DETRACTOR, NPS_PASSIVE, NPS_PROMOTER };

/* What the figure needs of the answers; all whole numbers, so that the order of adding never shows. */
struct nps_sums {
	int64_t by_score[NPS_SCORE_MAX + 1];
	int64_t people;   /* persons, and answers without one */
	int64_t clusters; /* K */
	/* Over clusters with n answers and a sum of s: */
	int64_t ss, sn, nn; /* s x s, s x n, n x n */
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
	double effective_n, deff;
};

enum nps_group nps_group_of(int score);
const char *nps_label_name(enum nps_label label); /* "hidden", "rough", "firm" */

/* Adds one answer to its cluster and so to the sums. `people` is the caller's to count. */
void nps_add(struct nps_sums *sums, struct nps_cluster *cluster, int score);
/* Adds an answer that belongs to nobody known: a person and a cluster of its own. */
void nps_add_alone(struct nps_sums *sums, int score);
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

#endif
