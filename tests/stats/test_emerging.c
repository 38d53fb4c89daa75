/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/emerging.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define BASELINE 26
#define THEMES   25
#define STRATA   3

static double drawn(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (double)(*state >> 11) / 9007199254740992.0;
}

/* People who write in a week, by language and channel, and how often each speaks of a theme. */
struct world {
	int people[STRATA];
	double rate[STRATA];
	double household; /* of people who say what the one before said */
	int mix_turns; /* from this week on the last stratum writes three times as much; 0: never */
	int rises;     /* from this week on the rates are doubled; 0: never */
};

static void draw_week(uint64_t *seed, const struct world *w, int week, int n[STRATA], int y[STRATA])
{
	double times = w->rises && week >= w->rises ? 2 : 1;
	for (int s = 0; s < STRATA; s++) {
		bool more = s == STRATA - 1 && w->mix_turns && week >= w->mix_turns;
		bool last = false;
		n[s] = w->people[s] * (more ? 3 : 1);
		y[s] = 0;
		for (int i = 0; i < n[s]; i++) {
			if (i == 0 || drawn(seed) >= w->household)
				last = drawn(seed) < times * w->rate[s];
			y[s] += last;
		}
	}
}

/* As insight/emerging does: rates of the baseline by stratum, drawn towards that of all by 20 people. */
static int weeks_until_alarm(uint64_t *seed, const struct world *w, int weeks, int64_t series)
{
	struct emerging e;
	struct emerging_week baseline[BASELINE];
	int n[BASELINE][STRATA], y[BASELINE][STRATA];
	double people[STRATA] = { 0 }, mentions[STRATA] = { 0 }, rate[STRATA], N = 0, Y = 0;
	for (int k = 0; k < BASELINE; k++) {
		draw_week(seed, w, -1, n[k], y[k]);
		for (int s = 0; s < STRATA; s++) {
			people[s] += n[k][s];
			mentions[s] += y[k][s];
		}
	}
	for (int s = 0; s < STRATA; s++) {
		N += people[s];
		Y += mentions[s];
	}
	for (int s = 0; s < STRATA; s++)
		rate[s] = (mentions[s] + 20 * (Y + .5) / (N + 1)) / (people[s] + 20);
	for (int k = 0; k < BASELINE; k++) {
		baseline[k] = (struct emerging_week){ 0 };
		for (int s = 0; s < STRATA; s++) {
			baseline[k].mentions += y[k][s];
			baseline[k].expected += n[k][s] * rate[s];
		}
	}
	emerging_begin(&e, baseline, BASELINE, series);
	for (int k = 0; k < weeks; k++) {
		struct emerging_week week = { 0 };
		int now[STRATA], said[STRATA];
		draw_week(seed, w, k, now, said);
		for (int s = 0; s < STRATA; s++) {
			week.mentions += said[s];
			week.expected += now[s] * rate[s];
		}
		emerging_add(&e, &week);
		if (emerging_evidence(&e) >= 1)
			return k + 1;
	}
	return 0;
}

static const struct world worlds[] = {
	{ { 40, 30, 30 }, { .05, .08, .03 }, 0, 0, 0 },
	{ { 40, 30, 30 }, { .3, .1, .05 }, 0, 52, 0 },
	{ { 10, 5, 5 }, { .02, .05, .1 }, 0, 0, 0 },
	{ { 400, 300, 300 }, { .01, .02, .005 }, 0, 40, 0 },
	{ { 40, 30, 30 }, { .1, .1, .1 }, .5, 0, 0 },
};

/* Of one series alone, looked at each week for two years: one in a hundred and more would be what is promised with one series. */
static void false_alarms_are_fewer_than_promised(void **state)
{
	(void)state;
	uint64_t seed = 1;
	for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++) {
		int alone = 0, together = 0;
		for (int draw = 0; draw < 1000; draw++)
			alone += weeks_until_alarm(&seed, &worlds[i], 104, 1) > 0;
		for (int draw = 0; draw < 40 * THEMES; draw++)
			together += weeks_until_alarm(&seed, &worlds[i], 104, THEMES) > 0;
		print_message("world %zu: a false alarm in %.1f %% of two years alone; %.3f in two "
		              "years of %d themes together\n",
		              i, alone / 10.0, together / 40.0, THEMES);
		/* Promised: one in two years, of all together. */
		assert_true(alone <= 300);
		assert_true(together <= 20);
	}
}

static int by_value(const void *x, const void *y)
{
	const int *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static void a_doubled_rate_is_seen(void **state)
{
	(void)state;
	static const struct {
		struct world world;
		int most; /* weeks, in half of the cases */
	} cases[] = {
		{ { { 40, 30, 30 }, { .05, .05, .05 }, 0, 0, 1 }, 16 },
		{ { { 40, 30, 30 }, { .15, .15, .15 }, 0, 0, 1 }, 6 },
		{ { { 400, 300, 300 }, { .02, .02, .02 }, 0, 0, 1 }, 5 },
		{ { { 12, 9, 9 }, { .1, .1, .1 }, 0, 0, 1 }, 26 },
	};
	uint64_t seed = 2;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int weeks[200];
		const struct world *w = &cases[i].world;
		for (int draw = 0; draw < 200; draw++) {
			weeks[draw] = weeks_until_alarm(&seed, w, 104, THEMES);
			if (weeks[draw] == 0)
				weeks[draw] = 105;
		}
		qsort(weeks, 200, sizeof weeks[0], by_value);
		print_message(
		    "%d people a week, %.0f %% of them: doubled, seen after %d weeks in half "
		    "of the cases, after %d in four of five\n",
		    w->people[0] + w->people[1] + w->people[2], 100 * w->rate[0], weeks[100],
		    weeks[160]);
		assert_true(weeks[100] <= cases[i].most);
	}
}

static void tells_since_when_and_how_many_times(void **state)
{
	(void)state;
	struct emerging e;
	struct emerging_week baseline[BASELINE];
	for (int k = 0; k < BASELINE; k++)
		baseline[k] = (struct emerging_week){ 4 + k % 3, 5 };
	emerging_begin(&e, baseline, BASELINE, 1);
	for (int k = 0; k < 10; k++)
		emerging_add(&e, &(struct emerging_week){ 4 + k % 3, 5 });
	assert_true(emerging_evidence(&e) < 1);
	for (int k = 0; k < 8; k++)
		emerging_add(&e, &(struct emerging_week){ 12, 5 });
	assert_true(emerging_evidence(&e) >= 1);
	assert_int_equal(e.since, 10);
	struct emerging_rise rise = emerging_rise_of(&e);
	assert_true(fabs(rise.times - 2.4) < .05);
	assert_true(rise.lo > 1.8 && rise.lo < rise.times && rise.hi > rise.times);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(false_alarms_are_fewer_than_promised),
		cmocka_unit_test(a_doubled_rate_is_seen),
		cmocka_unit_test(tells_since_when_and_how_many_times),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
