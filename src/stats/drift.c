/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/drift.h"
#include "base/die.h"

#include <math.h>
#include <stddef.h>

#define IDLE_SHARE 0.1   /* of each purse is never staked */
#define LARGEST    1e250 /* what a bet may grow to; less is on the safe side */
/* Levels below have been refuted by the baseline, those above need no belief: in standard errors. */
#define LEVELS_ABOVE 2.5
/* What mixing stakes costs, measured by bench_drift. */
#define NATS_OF_MIXING 1.5

static int64_t people_of(const struct drift_baseline *b)
{
	return b->promoters + b->passives + b->detractors;
}

static double deff_of(const struct drift_baseline *b)
{
	return fmax(1, b->deff);
}

static double effective_of(const struct drift_baseline *b)
{
	return (double)people_of(b) / deff_of(b);
}

static double mean_of(const struct drift_baseline *b)
{
	return (double)(b->promoters - b->detractors) / (double)people_of(b);
}

/* As if each group had had one more: a baseline of promoters alone is not without spread. */
static double variance_of(const struct drift_baseline *b)
{
	double n = (double)people_of(b) + 3;
	double p = ((double)b->promoters + 1) / n, d = ((double)b->detractors + 1) / n;
	return p + d - (p - d) * (p - d);
}

static double alarm_at(const struct drift_baseline *b, int64_t series)
{
	return (double)people_of(b) / b->weeks * DRIFT_WEEKS * (double)series;
}

static enum drift_state state_of(const struct drift_baseline *b)
{
	if (!(b->weeks > 0) || (double)people_of(b) < DRIFT_ANSWERS_A_WEEK * b->weeks)
		return DRIFT_OFF_FLOW;
	return effective_of(b) < DRIFT_BASELINE_LEAST ? DRIFT_OFF_BASELINE : DRIFT_WATCHING;
}

/* B(m). The stakes know how much the baseline holds and nothing of which side it is on. */
static double bet_on_baseline(const struct drift_baseline *b, double m)
{
	static const double stakes[] = { 1, 1.8, 3.2, 5.8, 10 };
	static const size_t count = sizeof stakes / sizeof stakes[0];
	double sum = IDLE_SHARE;
	for (size_t i = 0; i < count; i++) {
		double k = fmin(0.49, stakes[i] / sqrt(effective_of(b)));
		double nats = (double)b->promoters * log1p(k * (1 - m)) +
		              (double)b->passives * log1p(-k * m) +
		              (double)b->detractors * log1p(k * (-1 - m));
		sum += (1 - IDLE_SHARE) / (double)count * fmin(LARGEST, exp(nats / deff_of(b)));
	}
	return sum;
}

static void set_levels(struct drift *d, const struct drift_baseline *b)
{
	double se = sqrt(variance_of(b) / effective_of(b));
	double below = sqrt(2 * (log(d->alarm_at) + 4)) * se;
	double from = fmax(-0.99, mean_of(b) - below);
	double to = fmin(0.99, mean_of(b) + LEVELS_ABOVE * se);
	for (size_t i = 0; i < DRIFT_LEVELS; i++) {
		d->level[i] = from + (to - from) * (double)i / (DRIFT_LEVELS - 1);
		d->baseline[i] = bet_on_baseline(b, d->level[i]);
	}
	/* The largest loses nearly all to a promoter at the lowest level. */
	for (size_t k = 0; k < DRIFT_STAKES; k++)
		d->stake[k] = fmin(0.95, 0.9 / (1 - from)) * exp2(-(double)k);
}

static double growth_of(const struct drift *d, size_t level, size_t stake, double x)
{
	double growth = 1 + d->stake[stake] * (d->level[level] - x);
	return d->deff > 1 ? pow(growth, 1 / d->deff) : growth;
}

static void set_growth(struct drift *d)
{
	for (int x = -1; x <= 1; x++)
		for (size_t i = 0; i < DRIFT_LEVELS; i++)
			for (size_t k = 0; k < DRIFT_STAKES; k++)
				d->growth[x + 1][i][k] = growth_of(d, i, k, x);
}

void drift_begin(struct drift *d, const struct drift_baseline *b, int64_t series)
{
	MUST(series >= 1);
	*d = (struct drift){ .state = state_of(b), .deff = deff_of(b) };
	if (d->state != DRIFT_WATCHING)
		return;
	d->alarm_at = alarm_at(b, series);
	set_levels(d, b);
	set_growth(d);
}

void drift_add(struct drift *d, double x)
{
	MUST(x >= -1 && x <= 1);
	if (d->state != DRIFT_WATCHING)
		return;
	d->answers++;
	d->sum += x;
	bool is_whole = x == floor(x);
	for (size_t i = 0; i < DRIFT_LEVELS; i++)
		for (size_t k = 0; k < DRIFT_STAKES; k++) {
			double growth =
			    is_whole ? d->growth[(int)x + 1][i][k] : growth_of(d, i, k, x);
			double grown = (d->wealth[i][k] + 1) * growth;
			d->wealth[i][k] = grown < LARGEST ? grown : LARGEST;
		}
}

/* M(m), a purse divided among the stakes. */
static double wealth_at(const struct drift *d, size_t i)
{
	double sum = 0;
	for (size_t k = 0; k < DRIFT_STAKES; k++)
		sum += d->wealth[i][k];
	return IDLE_SHARE * (double)d->answers + (1 - IDLE_SHARE) * sum / DRIFT_STAKES;
}

double drift_evidence(const struct drift *d)
{
	if (d->state == DRIFT_OFF_FLOW || d->state == DRIFT_OFF_BASELINE)
		return 0;
	/* Levels below the lowest, between two, above the highest. */
	double least = d->baseline[0] * IDLE_SHARE * (double)d->answers;
	for (size_t i = 0; i + 1 < DRIFT_LEVELS; i++)
		least = fmin(least, d->baseline[i + 1] * wealth_at(d, i));
	least = fmin(least, IDLE_SHARE * wealth_at(d, DRIFT_LEVELS - 1));
	return least / d->alarm_at;
}

enum drift_state drift_look(struct drift *d)
{
	if (d->state == DRIFT_WATCHING && drift_evidence(d) >= 1)
		d->state = DRIFT_FALLEN;
	return d->state;
}

/* Nats that an answer brings, against a reference known for sure. Half of a fall is promoters lost, half detractors won, so
 * that the spread is between that before and that after it. */
static double nats_of_answer(const struct drift_baseline *b, double fall)
{
	double spread = variance_of(b) + mean_of(b) * fall - fall * fall / 2;
	return fall * fall / (2 * fmax(spread, fall * fall / 8)) / deff_of(b);
}

bool drift_answers_until_seen(const struct drift_baseline *b, int64_t series, double points,
                              double *answers)
{
	MUST(series >= 1);
	if (state_of(b) != DRIFT_WATCHING || !(points > 0 && points <= 200))
		return false;
	double nats = nats_of_answer(b, points / 100), n = (double)people_of(b);
	/* the better a fall shows, the fewer starts share in seeing it */
	double needed = fmax(log(alarm_at(b, series)) + log(nats) + NATS_OF_MIXING, 1) / nats;
	/* n after and n0 before it tell as much as n n0 / (n + n0) after a reference known for sure */
	if (needed >= n)
		return false;
	*answers = needed * n / (n - needed);
	return true;
}

bool drift_smallest_seen(const struct drift_baseline *b, int64_t series, double weeks,
                         double *points)
{
	double within = (double)people_of(b) / b->weeks * weeks, answers = 0, lo = 0, hi = 200;
	if (!drift_answers_until_seen(b, series, hi, &answers) || answers > within)
		return false;
	while (hi - lo > 0.01) {
		double middle = (lo + hi) / 2;
		bool seen =
		    drift_answers_until_seen(b, series, middle, &answers) && answers <= within;
		*(seen ? &hi : &lo) = middle;
	}
	*points = hi;
	return true;
}
