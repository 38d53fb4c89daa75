/* bench_nps_coverage - how often the interval of stats/nps.h holds the truth, by simulation.
 *
 * A true score is known, many surveys are drawn from it, and the share whose interval holds it is printed beside that
 * of the plain interval, which takes every answer for independent. Seeded: the same figures each run.
 * Groups hold together like this: each has its own leaning, and a share `like` of its answers is that leaning.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t random_state;

/* splitmix64 */
static double uniform(void)
{
	uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* 50 % promoters, 30 % passives, 20 % detractors: a true score of 30. */
static int draw(void)
{
	double u = uniform();
	return u < 0.5 ? 10 : u < 0.8 ? 8 : 3;
}

struct design {
	const char *name;
	int groups, answers;
	bool
	    uneven; /* group g answers 1 + (answers - 1) x 2 g/groups times, squared: a few giants */
	double like;
};

static int answers_of(const struct design *d, int group)
{
	if (!d->uneven)
		return d->answers;
	double at = (double)group / d->groups;
	return 1 + (int)((d->answers - 1) * 5 * at * at * at * at);
}

static bool holds(const struct nps_sums *sums)
{
	struct nps_figure f = nps_figure_of(sums);
	return f.lo <= 30 && 30 <= f.hi;
}

static void simulate(const struct design *d, int rounds)
{
	int plain_holds = 0, ours_holds = 0;
	random_state = 20261122;
	for (int round = 0; round < rounds; round++) {
		struct nps_sums plain = { 0 }, ours = { 0 };
		for (int group = 0; group < d->groups; group++) {
			struct nps_cluster cluster = { 0 };
			int leaning = draw();
			for (int i = 0; i < answers_of(d, group); i++) {
				int score = uniform() < d->like ? leaning : draw();
				nps_add_alone(&plain, score);
				nps_add(&ours, &cluster, score);
			}
		}
		plain_holds += holds(&plain);
		ours_holds += holds(&ours);
	}
	printf("%-38s plain %.3f   clustered %.3f\n", d->name, (double)plain_holds / rounds,
	       (double)ours_holds / rounds);
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 20000;
	static const struct design designs[] = {
		{ "120 people, once each", 120, 1, false, 0 },
		{ "100 people x 4 answers", 100, 4, false, 0.7 },
		{ "100 people x 12 answers", 100, 12, false, 0.7 },
		{ "20 accounts x 5 people", 20, 5, false, 0.5 },
		{ "40 accounts, 1 to 46 people each", 40, 10, true, 0.5 },
	};
	printf("Coverage of the 95 %% interval, %d simulated surveys each\n", rounds);
	for (size_t i = 0; i < sizeof(designs) / sizeof(designs[0]); i++)
		simulate(&designs[i], rounds);
	return 0;
}
