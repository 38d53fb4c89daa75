/* bench_drivers - how often stats/drivers.h calls shuffled ratings drivers, how often it sees true ones, and its speed.
 *
 * Seeded: the same figures each run, but for the time.
 *
 *	bench_drivers [RUNS]
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/drivers.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ANSWERS_MAX 200000

static uint64_t random_state;
static int16_t values[DRIVERS_MAX][ANSWERS_MAX];
static int8_t x[ANSWERS_MAX];
static uint64_t cluster[ANSWERS_MAX];

static double uniform(void)
{
	uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

struct world {
	size_t answers, ratings, rounds;
	int size;     /* of accounts, which are of one mind in half of what they say */
	double mood;  /* how much ratings share */
	double pull;  /* of the first rating on the score; 0: all are shuffled */
	double likes; /* share of promoters */
};

static void draw(const struct world *w)
{
	double mood = 0, lean = 0;
	for (size_t i = 0; i < w->answers; i++) {
		bool same = i % (size_t)w->size && uniform() < 0.5;
		if (!same) {
			mood = uniform();
			lean = uniform();
		}
		for (size_t k = 0; k < w->ratings; k++)
			values[k][i] =
			    same ? values[k][i - 1]
				 : (int16_t)(11 * (w->mood * mood + (1 - w->mood) * uniform()));
		double u = (1 - w->pull) * lean + w->pull * values[0][i] / 10.0;
		x[i] = u > 1 - w->likes ? 1 : u > 1 - w->likes - 0.3 ? 0 : -1;
		cluster[i] = 1 + i / (size_t)w->size;
	}
}

static struct driver_list analyse(struct arena *a, const struct world *w)
{
	static struct driver_list list;
	const struct blind_rating *ratings[DRIVERS_MAX];
	for (size_t k = 0; k < w->ratings; k++)
		ratings[k] = blind_rating_of_question(a, values[k], w->answers, 0, 10);
	struct driver_question q = { w->answers, w->ratings, x, cluster, ratings, 7, w->rounds };
	drivers_of(a, &q, &list);
	return list;
}

static void simulate(const struct world *w, int runs)
{
	int any = 0, first = 0;
	for (int run = 0; run < runs; run++) {
		struct arena arena = { 0 };
		draw(w);
		struct driver_list list = analyse(&arena, w);
		bool one = false;
		for (size_t k = 0; k < w->ratings; k++)
			one = one || (list.items[k].stands && (k > 0 || !(w->pull > 0)));
		any += one;
		first += list.items[0].stands;
		arena_free(&arena);
	}
	printf("%7zu %7zu %8d %5.1f %5.1f %5.2f   a shuffled one %5.2f %%", w->answers, w->ratings,
	       w->size, w->mood, w->likes, w->pull, 100.0 * any / runs);
	if (w->pull > 0)
		printf("   the true one %5.1f %%", 100.0 * first / runs);
	printf("\n");
}

static void measure(const struct world *w)
{
	struct arena arena = { 0 };
	struct timespec from, to;
	draw(w);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	analyse(&arena, w);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	printf("%zu answers, %zu ratings, %zu draws: %.0f ms\n", w->answers, w->ratings, w->rounds,
	       1e3 * (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e6);
	arena_free(&arena);
}

int main(int argc, char **argv)
{
	int runs = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100;
	random_state = 20261126;
	static const struct world worlds[] = {
		{ 100, 5, 200, 1, 0, 0, 0.5 },    { 300, 5, 200, 1, 0, 0, 0.5 },
		{ 1000, 5, 200, 1, 0, 0, 0.5 },   { 300, 10, 200, 1, 0.7, 0, 0.5 },
		{ 300, 5, 200, 1, 0, 0, 0.92 },   { 600, 4, 200, 5, 0, 0, 0.5 },
		{ 150, 3, 200, 10, 0, 0, 0.5 },   { 300, 5, 200, 1, 0, 0.2, 0.5 },
		{ 1000, 5, 200, 1, 0, 0.1, 0.5 },
	};
	printf("%d runs each. answers, ratings, answers an account, mood, promoters, pull\n", runs);
	for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++)
		simulate(&worlds[i], runs);
	static const struct world large = { 100000, 12, 200, 1, 0.5, 0.3, 0.5 };
	static const struct world usual = { 5000, 6, 200, 1, 0.5, 0.3, 0.5 };
	measure(&usual);
	measure(&large);
	return 0;
}
