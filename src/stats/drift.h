/* stats/drift.h - has the score fallen since the reference? Asked every day, for years.
 *
 * An e-detector of the Shiryaev-Roberts kind (J. Shin, A. Ramdas, A. Rinaldo, "E-detectors: a Nonparametric Framework
 * for Sequential Change Detection", New England Journal of Statistics in Data Science 2023) for the mean of bounded
 * answers, by betting (I. Waudby-Smith, A. Ramdas, "Estimating Means of Bounded Random Variables by Betting", JRSS B
 * 2024). With x in -1..1, a reference level m and a stake k,
 *
 *   M(m, k) <- (M(m, k) + 1) x (1 + k (m - x))         for each answer, in order of time
 *
 * and E M <= answers while the mean is m or more: an alarm at M >= A is false once in A answers or less often, however
 * often one looks. The reference is itself an estimate, and pays for it like this: B(m) is a bet on the answers of the
 * baseline window that their mean is above m, E B <= 1 if it is m, and the alarm waits for
 *
 *   min over m of B(m) x M(m) >= A                     A = answers of two years x series that share the budget
 *
 * At the true level m the least is B(m) M(m) or less, so at an alarm A <= E B(m) M(m) <= E B(m) answers; higher answers in
 * the baseline raise B and hasten the alarm, so (Harris) A <= E B(m) x E answers <= E answers: the mean run to a false alarm is
 * A or more, and the chance of one in two years 1/series at most. The least is taken over cells of levels, by their worse ends.
 *
 * The unit is a person: pass each once a day at most, x the mean of what that person said. Who answers again on later days
 * makes it slower, not wrong, as the baseline holds them too. Colleagues lean together: each bet counts by its deff-th root,
 * fair for clusters of deff answers of one mind (Hoelder) and to the second order of the stake for others. Measured in
 * bench/bench_drift.c: a false alarm in 5 to 17 % of runs of two years; a fall of 15 points seen after 440 answers (80 %:
 * 670). A rise is watched with the sign of x turned around, as a series of its own. No pointers: it may be copied.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_DRIFT_H
#define STATS_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

#define DRIFT_LEVELS 96
#define DRIFT_STAKES 6

/* Below this flow two years hold too little; the watch is off. */
#define DRIFT_ANSWERS_A_WEEK 30
#define DRIFT_WEEKS          104
/* Effective answers. Below this baseline even a fall by half the scale would be seen late or never. */
#define DRIFT_BASELINE_LEAST 100

/* The reference window: its people by group, and how long it was. */
struct drift_baseline {
	int64_t promoters, passives, detractors;
	double weeks;
	double deff; /* design effect of its answers, see stats/nps.h; below 1 is taken for 1 */
};

enum drift_state {
	DRIFT_OFF_FLOW,     /* fewer answers a week than DRIFT_ANSWERS_A_WEEK */
	DRIFT_OFF_BASELINE, /* fewer effective answers in the baseline than DRIFT_BASELINE_LEAST */
	DRIFT_WATCHING,
	DRIFT_FALLEN, /* stays, until a new watch with a new baseline begins */
};

struct drift {
	enum drift_state state;
	double alarm_at; /* A */
	int64_t answers; /* since the watch began */
	double sum;
	double deff;
	double level[DRIFT_LEVELS], baseline[DRIFT_LEVELS]; /* m, ascending, and B(m) */
	double stake[DRIFT_STAKES];
	double growth[3][DRIFT_LEVELS][DRIFT_STAKES]; /* of a bet, at x = -1, 0, 1 */
	double wealth[DRIFT_LEVELS][DRIFT_STAKES];    /* M(m, k) */
};

/* series: how many are watched together, 1 or more; they share one false alarm in two years. */
void drift_begin(struct drift *d, const struct drift_baseline *b, int64_t series);
/* One person, in order of time. Nothing happens when the watch is off or has ended. */
void drift_add(struct drift *d, double x);
/* min B x M : A; an alarm at 1. Look as often as you like. */
double drift_evidence(const struct drift *d);
/* Looks, and keeps an alarm. */
enum drift_state drift_look(struct drift *d);

/* What the watch can do: a fall by `points` is seen after about so many answers, in half of all cases. False: never, for
 * the baseline is too small, or the watch is off. */
bool drift_answers_until_seen(const struct drift_baseline *b, int64_t series, double points,
                              double *answers);
/* The smallest fall, in points, that is seen within so many weeks of the baseline's flow. False when the watch is off or
 * not even a fall of 200 is. */
bool drift_smallest_seen(const struct drift_baseline *b, int64_t series, double weeks,
                         double *points);

#endif
