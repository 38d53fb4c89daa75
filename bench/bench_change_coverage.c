/* bench_change_coverage - how often the range of a change (stats/nps_change.h) holds the truth, which is none.
 *
 * Two periods of one crowd: other clusters in each, the same ones that lean anew, the same ones that keep their leaning, or
 * every other one the same; as in bench_nps_coverage a share `like` of a cluster's answers is its leaning. Seeded. The
 * exit code is 1 when a cell from 20 answers a side on is below .94, or one of fewer clusters than ten below .92, by more
 * than two standard errors of the simulation.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_change.h"
#include "stats/nps_counter.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define FEW_CLUSTERS 10

struct mix {
	double promoters, detractors;
};

static const struct mix mixes[] = { { .50, .20 }, { .80, .05 }, { .30, .30 } };
static const double likes[] = { 0, .3, .7, 1 };

enum people { OTHERS, LEANING_ANEW, AS_BEFORE, HALF_AS_BEFORE };
static const char *const people_names[] = { "other people", "the same, leaning anew",
	                                    "the same, as before", "half of them as before" };

struct design {
	const char *name;
	int groups, giants, answers_of_giants, answers;
};

static const struct design designs[] = {
	{ "100 people once", 100, 0, 0, 1 },          { "20 people once", 20, 0, 0, 1 },
	{ "100 people x 4", 100, 0, 0, 4 },           { "20 accounts x 5", 20, 0, 0, 5 },
	{ "10 accounts x 10", 10, 0, 0, 10 },         { "5 accounts x 4", 5, 0, 0, 4 },
	{ "3 of 20, 17 of 2", 20, 3, 20, 2 },         { "one of 30, 20 people", 21, 1, 30, 1 },
	{ "one of 100, 100 people", 101, 1, 100, 1 },
};

/* splitmix64 */
static double uniform(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static int score_of(const struct mix *mix, double u)
{
	return u < mix->promoters ? 10 : u < 1 - mix->detractors ? 8 : 3;
}

static bool is_in_both(enum people people, int group)
{
	return people == LEANING_ANEW || people == AS_BEFORE ||
	       (people == HALF_AS_BEFORE && group % 2 == 1);
}

static bool holds_once(const struct design *d, enum people people, const struct mix *mix,
                       double like, uint64_t *seed)
{
	struct nps_counter now = { 0 }, before = { 0 };
	struct nps_pair pair;
	for (int g = 0; g < d->groups; g++) {
		bool both = is_in_both(people, g);
		double lean = uniform(seed), anew = uniform(seed);
		double then = both && people != LEANING_ANEW ? lean : anew;
		for (int n = g < d->giants ? d->answers_of_giants : d->answers; n > 0; n--) {
			double a = uniform(seed) < like ? lean : uniform(seed);
			double b = uniform(seed) < like ? then : uniform(seed);
			nps_count(&now, g + 1, 0, score_of(mix, a));
			nps_count(&before, both ? g + 1 : g + 1000, 0, score_of(mix, b));
		}
	}
	nps_counter_pair(&now, &before, &pair);
	struct nps_change c = nps_change_of(&now.sums, &before.sums, &pair);
	nps_counter_free(&now);
	nps_counter_free(&before);
	return c.lo <= 0 && 0 <= c.hi;
}

/* Prints the worst mix and likeness; says how many are below the limit. */
static int simulate(const struct design *d, enum people people, int rounds)
{
	double limit = d->groups < FEW_CLUSTERS ? .92 : .94, worst = 1;
	double slack = 2 * sqrt(.95 * .05 / rounds);
	size_t at = 0;
	int below = 0;
	for (size_t cell = 0; cell < COUNT(mixes) * COUNT(likes); cell++) {
		uint64_t seed = 20261122;
		int held = 0;
		for (int round = 0; round < rounds; round++)
			held += holds_once(d, people, &mixes[cell / COUNT(likes)],
			                   likes[cell % COUNT(likes)], &seed);
		double share = (double)held / rounds;
		below += share + slack < limit;
		at = share < worst ? cell : at;
		worst = fmin(worst, share);
	}
	const struct mix *mix = &mixes[at / COUNT(likes)];
	printf("  %-24s %-24s worst %.3f  shares %.2f/%.2f  like %.1f\n", d->name,
	       people_names[people], worst, mix->promoters, mix->detractors,
	       likes[at % COUNT(likes)]);
	return below;
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 2000, below = 0;
	printf("Coverage of the 95 %% range of a change, %d simulated pairs a cell\n", rounds);
	for (size_t d = 0; d < COUNT(designs); d++)
		for (enum people p = OTHERS; p <= HALF_AS_BEFORE; p++)
			below += simulate(&designs[d], p, rounds);
	printf("%zu cells, %d below the limit\n",
	       COUNT(designs) * COUNT(people_names) * COUNT(mixes) * COUNT(likes), below);
	return below > 0;
}
