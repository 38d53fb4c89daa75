/* bench_drift - the watch of stats/drift.h over two years of daily looks, by simulation.
 *
 * False alarms where nothing changes, and how soon a fall is seen, in answers and weeks, beside what the module
 * promises. People come by a Poisson number a day. Seeded: the same figures each run.
 *
 *	bench_drift [RUNS]
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/drift.h"
#include "stats/resample.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* PANEL: the same people come again each quarter, and keep their minds in 70 % of cases. COLLEAGUES: five people of one
 * account answer one after the other, each of the account's mind in half of cases. */
enum people { FRESH, PANEL, COLLEAGUES };

static const char *const people_names[] = { "new", "panel", "colleagues" };

struct world {
	double promoters, detractors; /* shares before */
	int flow;                     /* people a week */
	int baseline_weeks;
	int64_t series;
	enum people people;
};

static uint64_t random_state;

static double uniform(void)
{
	uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

#define PANEL_MAX 8192
static double minds[PANEL_MAX];

/* A person's mind in 0..1; members of a panel come in turn. */
static double mind_of(const struct world *w, int64_t turn)
{
	if (w->people == COLLEAGUES) {
		if (turn % 5 == 0)
			minds[0] = uniform();
		return uniform() < 0.5 ? minds[0] : uniform();
	}
	if (w->people == FRESH)
		return uniform();
	int member = (int)(turn % (13 * w->flow)) % PANEL_MAX;
	if (turn < 13 * w->flow)
		minds[member] = uniform();
	return uniform() < 0.7 ? minds[member] : uniform();
}

static int answer(const struct world *w, int64_t turn, double fall)
{
	double mind = mind_of(w, turn);
	if (mind < w->promoters - fall / 2)
		return 1;
	return mind > 1 - w->detractors - fall / 2 ? -1 : 0;
}

/* Two colleagues are of one mind in .25 of cases. */
static double deff_of(const struct world *w)
{
	return w->people == COLLEAGUES ? 1 + 4 * 0.25 : 1;
}

static struct drift_baseline baseline_of(const struct world *w)
{
	struct drift_baseline b = { .weeks = w->baseline_weeks, .deff = deff_of(w) };
	int64_t n = (int64_t)w->flow * w->baseline_weeks;
	for (int64_t i = 0; i < n; i++) {
		int x = answer(w, i, 0);
		b.promoters += x > 0;
		b.passives += x == 0;
		b.detractors += x < 0;
	}
	return b;
}

/* The answers until an alarm, or 0 when two years pass without one. */
static int64_t watch(const struct world *w, struct resample *source, double fall)
{
	static struct drift d;
	struct drift_baseline b = baseline_of(w);
	drift_begin(&d, &b, w->series);
	int64_t turn = (int64_t)w->flow * w->baseline_weeks;
	for (int day = 0; day < DRIFT_WEEKS * 7; day++) {
		int people = (int)resample_poisson(source, w->flow / 7.0);
		for (int i = 0; i < people; i++)
			drift_add(&d, answer(w, turn++, fall));
		if (drift_look(&d) == DRIFT_FALLEN)
			return d.answers;
	}
	return 0;
}

static void false_alarms(const struct world *w, struct resample *source, int runs)
{
	int alarms = 0;
	for (int run = 0; run < runs; run++)
		alarms += watch(w, source, 0) > 0;
	printf("%5d %9d %6ld %5.0f %10s  %d of %d (%.2f %%)\n", w->flow, w->baseline_weeks,
	       (long)w->series, 100 * (w->promoters - w->detractors), people_names[w->people],
	       alarms, runs, 100.0 * alarms / runs);
}

static void delay(const struct world *w, struct resample *source, int runs, double points)
{
	double *answers = calloc((size_t)runs, sizeof *answers), promised = 0, smallest = 0;
	size_t seen = 0;
	for (int run = 0; run < runs; run++) {
		int64_t n = watch(w, source, points / 100);
		if (n > 0)
			answers[seen++] = (double)n;
	}
	resample_sort(answers, seen);
	int64_t n = (int64_t)w->flow * w->baseline_weeks;
	struct drift_baseline b = { llround(w->promoters * (double)n), 0,
		                    llround(w->detractors * (double)n), w->baseline_weeks,
		                    deff_of(w) };
	b.passives = n - b.promoters - b.detractors;
	if (!drift_answers_until_seen(&b, w->series, points, &promised))
		promised = HUGE_VAL;
	if (!drift_smallest_seen(&b, w->series, 26, &smallest))
		smallest = 0;
	double half = seen * 2 > (size_t)runs ? answers[runs / 2] : HUGE_VAL;
	double most = seen * 10 > (size_t)runs * 8 ? answers[runs * 8 / 10] : HUGE_VAL;
	printf("%5d %9d %6ld %5.0f %6.0f  %6.0f (%.0f weeks) %6.0f (%.0f weeks)   promised %5.0f"
	       "   in 26 weeks %4.1f points\n",
	       w->flow, w->baseline_weeks, (long)w->series, 100 * (w->promoters - w->detractors),
	       points, half, half / w->flow, most, most / w->flow, promised, smallest);
	free(answers);
}

int main(int argc, char **argv)
{
	int runs = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100;
	struct arena arena = { 0 };
	struct resample *source = resample_new(&arena, 20261126);
	random_state = 20261126;
	static const struct world worlds[] = {
		{ 0.50, 0.20, 30, 26, 1, FRESH },       { 0.50, 0.20, 60, 26, 1, FRESH },
		{ 0.50, 0.20, 100, 26, 1, FRESH },      { 0.50, 0.20, 300, 13, 1, FRESH },
		{ 0.50, 0.20, 1000, 13, 1, FRESH },     { 0.50, 0.20, 100, 26, 20, FRESH },
		{ 0.88, 0.03, 100, 26, 1, FRESH },      { 0.15, 0.60, 100, 26, 1, FRESH },
		{ 0.50, 0.20, 100, 26, 1, PANEL },      { 0.50, 0.20, 100, 13, 1, FRESH },
		{ 0.50, 0.20, 100, 26, 1, COLLEAGUES }, { 0.50, 0.20, 100, 104, 1, FRESH },
	};
	size_t count = sizeof worlds / sizeof worlds[0];
	printf("False alarms in two years of daily looks (at most one a series is promised)\n");
	printf(" flow  baseline series score people\n");
	for (size_t i = 0; i < count; i++)
		false_alarms(&worlds[i], source, runs);
	printf("Answers until a fall is seen: half of the runs, 80 %% of them\n");
	printf(" flow  baseline series score points\n");
	for (size_t i = 0; i < count; i++)
		for (int points = 10; points <= 30; points += points == 10 ? 5 : 15)
			delay(&worlds[i], source, runs / 4, points);
	arena_free(&arena);
	return 0;
}
