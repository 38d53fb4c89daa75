/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/emerging.h"

#include <math.h>

#define Z95 1.959963984540054

static const double factors[EMERGING_FACTORS] = { 1.5, 2, 3, 5 };

/* How much more the weeks vary than chance has them, 1 or more: Pearson's chi-squared by its degrees. */
static double variation(const struct emerging_week *weeks, size_t count, double rate)
{
	double sum = 0;
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		double expected = rate * weeks[i].expected;
		if (expected <= 0)
			continue;
		sum += (weeks[i].mentions - expected) * (weeks[i].mentions - expected) / expected;
		used++;
	}
	return used > 1 ? fmax(1, sum / (double)(used - 1)) : 1;
}

/* log of the likelihood of q against m, of counts where `expected` were expected at 1. */
static double log_ratio(double mentions, double expected, double q, double m)
{
	return mentions * log(q / m) - (q - m) * expected;
}

void emerging_begin(struct emerging *e, const struct emerging_week *baseline, size_t count,
                    int64_t series)
{
	*e = (struct emerging){ .alarm_at = EMERGING_WEEKS * (double)series };
	for (size_t i = 0; i < count; i++) {
		e->before_mentions += baseline[i].mentions;
		e->before_expected += baseline[i].expected;
	}
	double expected = fmax(e->before_expected, 1e-9);
	/* Half a mention more than there were: of none there is a rate, too. */
	double rate = (e->before_mentions + .5) / (expected + .5);
	e->phi = variation(baseline, count, rate);
	double spread = EMERGING_SPREAD / sqrt(fmax(e->before_mentions / e->phi, 1));
	for (int i = 0; i < EMERGING_LEVELS; i++)
		e->level[i] =
		    rate * exp(spread * (2.0 * i - (EMERGING_LEVELS - 1)) / (EMERGING_LEVELS - 1));
	for (int i = 0; i < EMERGING_LEVELS; i++) {
		for (int q = 0; q < EMERGING_LEVELS; q++)
			e->baseline[i] += exp(log_ratio(e->before_mentions, e->before_expected,
			                                e->level[q], e->level[i]) /
			                      e->phi);
		e->baseline[i] /= EMERGING_LEVELS;
	}
}

/* CUSUM of a doubling (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954): where its last rise from zero began. */
static void follow(struct emerging *e, const struct emerging_week *week)
{
	double rate = e->level[EMERGING_LEVELS / 2];
	if (e->since_sum <= 0) {
		e->since = e->weeks;
		e->since_sum = e->since_mentions = e->since_expected = 0;
	}
	e->since_sum += log_ratio(week->mentions, week->expected, 2 * rate, rate);
	e->since_mentions += week->mentions;
	e->since_expected += week->expected;
	e->weeks++;
}

void emerging_add(struct emerging *e, const struct emerging_week *week)
{
	for (int i = 0; i < EMERGING_LEVELS; i++)
		for (int k = 0; k < EMERGING_FACTORS; k++)
			e->wealth[i][k] =
			    fmin(1e200, (e->wealth[i][k] + 1) *
			                    exp(log_ratio(week->mentions, week->expected,
			                                  factors[k] * e->level[i], e->level[i]) /
			                        e->phi));
	follow(e, week);
}

double emerging_evidence(const struct emerging *e)
{
	double least = HUGE_VAL;
	for (int i = 0; i < EMERGING_LEVELS; i++) {
		double sum = 0;
		for (int k = 0; k < EMERGING_FACTORS; k++)
			sum += e->wealth[i][k];
		least = fmin(least, e->baseline[i] * sum / EMERGING_FACTORS);
	}
	return least / e->alarm_at;
}

struct emerging_rise emerging_rise_of(const struct emerging *e)
{
	double now = e->since_mentions + .5, before = e->before_mentions + .5;
	double times = now / (e->since_expected + .5) * (e->before_expected + .5) / before;
	double spread = Z95 * sqrt(e->phi * (1 / now + 1 / before));
	return (struct emerging_rise){ times, times * exp(-spread), times * exp(spread) };
}
