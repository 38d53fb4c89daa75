/* stats/emerging.h - is a theme spoken of more often than before? Asked every week, for years.
 *
 * An e-detector of the Shiryaev-Roberts kind, as in stats/drift.h (J. Shin, A. Ramdas, A. Rinaldo, "E-detectors: a Nonparametric
 * Framework for Sequential Change Detection", New England Journal of Statistics in Data Science 2023), for counts. Of the people who
 * write in a week, O speak of it, and e would at the rates of the baseline, each language and channel at its own: the mix of
 * those may change without an alarm. With the true rate m times that of the baseline, unchanged, and a rise by the factor r,
 *
 *   M(m, r) <- (M(m, r) + 1) x exp((O log r - (r - 1) m e) / phi)        each week
 *
 * is no more than the weeks in the mean, for E r^O <= exp((r - 1) m e) of independent people, whatever their rates. phi, 1 or more,
 * is by how much the baseline's weeks vary more than chance has them: people of one mind. The baseline is an estimate, too, and pays
 * for it: B(m) is the mean over levels q of exp((Y log(q / m) - (q - m) E) / phi), of its Y mentions where E were expected, and E B
 * <= 1 at the true m. An alarm waits for
 *
 *   min over m of B(m) x (mean over r of M(m, r)) >= A
 *
 * At the true m this is A <= B M at an alarm, so the chance of one within T weeks is T / A at most: with A = EMERGING_WEEKS x series,
 * one false alarm in two years among all series together. Levels lie within EMERGING_SPREAD standard deviations of the baseline's.
 * Simulated in tests/stats/test_emerging.c. No pointers: it may be copied.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STATS_EMERGING_H
#define STATS_EMERGING_H

#include <stddef.h>
#include <stdint.h>

#define EMERGING_WEEKS   104
#define EMERGING_LEVELS  49
#define EMERGING_FACTORS 4
#define EMERGING_SPREAD  6.0

/* People who write in a week: how many speak of it, and how many would at the baseline's rates. */
struct emerging_week {
	double mentions, expected;
};

struct emerging {
	double alarm_at, phi;
	double before_mentions, before_expected;                  /* of the baseline */
	double level[EMERGING_LEVELS], baseline[EMERGING_LEVELS]; /* m, ascending, and B(m) */
	double wealth[EMERGING_LEVELS][EMERGING_FACTORS];         /* M(m, r) */
	/* Since when the evidence speaks for a rise: the best beginning of a rise so far. */
	double since_sum; /* log likelihood of a doubling since then, at the baseline's rate */
	size_t weeks, since;
	double since_mentions, since_expected;
};

/* series: how many are watched together, 1 or more. */
void emerging_begin(struct emerging *e, const struct emerging_week *baseline, size_t count,
                    int64_t series);
/* The next week. */
void emerging_add(struct emerging *e, const struct emerging_week *week);
/* min B x M : A; an alarm at 1. Look as often as you like. */
double emerging_evidence(const struct emerging *e);

/* How many times as often since the rise began, with its 95 % range. */
struct emerging_rise {
	double times, lo, hi;
};
struct emerging_rise emerging_rise_of(const struct emerging *e);

#endif
