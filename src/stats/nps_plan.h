/* stats/nps_plan.h - how many answers it takes, and what the answers that come can show.
 *
 * From the shares that are expected and the design effect of stats/nps.h (as measured so far; 1 where everyone answers
 * once). A range: the fewest answers whose adjusted Wald interval (Rocks 2016) is as narrow as wished. A change: the
 * comparison of two means at alpha .05, two-sided, that finds it in 80 of 100 cases (Chow, Shao and Wang, "Sample Size
 * Calculations in Clinical Research", 2nd edition 2008, section 3.2),
 *
 *   change = (z_.975 + z_.80) x sqrt(v / n_now + v / n_before),  v = (p + d - (p - d)^2),  n of independent answers
 *
 * with v taken for both sides: a drop of 15 points takes about 410 answers a side where 45 % are promoters and 20 %
 * detractors.
 *
 * Accounts that answer again tell less each time: with rho their likeness and Ke the equal clusters (stats/nps.h), n answers
 * have a design effect of 1 + rho (n/Ke - 1) (Kish 1965). Ke goes with the answers as it did between two numbers of them,
 * Ke = equal x (n / answers)^grows: 1 where new accounts come as the answers do, 0 where the same ones answer again. Where
 * accounts set a limit (Ke/rho independent answers at grows = 0), what is beyond is out of reach, however many answer.
 *
 * test_nps_plan finds it in that share of simulated cases with the test of stats/nps_change.h.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_NPS_PLAN_H
#define STATS_NPS_PLAN_H

/* Shares of 1. At most one in all. */
struct nps_expected {
	double promoters, detractors;
	double deff; /* of `answers`; of any number where equal is 0 */
	double answers, equal, grows;
};

/* Answers for a range of `half` points to either side, above 0; INFINITY: out of reach. */
double nps_plan_answers(const struct nps_expected *e, double half);

/* Answers on each side for a change of so many points, above 0; INFINITY: out of reach. */
double nps_plan_side(const struct nps_expected *e, double change);

/* The smallest change, in points, that so many answers now and before can show. */
double nps_plan_change(const struct nps_expected *e, double now, double before);

/* Weeks after the change until it can be seen, beside so many independent answers before it; INFINITY where that is never. */
double nps_plan_weeks(const struct nps_expected *e, double change, double before,
                      double answers_per_week);

#endif
