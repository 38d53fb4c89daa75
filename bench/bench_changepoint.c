/* bench_changepoint - how often stats/changepoint.h finds a change where there is none, and how well one where there is.
 *
 * Seeded: the same figures each run.
 *
 *	bench_changepoint [RUNS]
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/changepoint.h"
#include "stats/resample.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct world {
	int buckets;
	double answers; /* a bucket, on average */
	double leaning; /* standard deviation of what a bucket leans by, in points */
	double promoters, detractors;
	double fall;   /* in points, in the middle */
	double memory; /* how much of the leaning stays for the next bucket, 0 to 1 */
};

static uint64_t random_state;

static double uniform(void)
{
	uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static struct changepoint_bucket bucket_of(const struct world *w, struct resample *source,
                                           int bucket, double *leaning)
{
	int64_t n = (int64_t)resample_poisson(source, w->answers), promoters = 0, detractors = 0;
	double shift = bucket >= w->buckets / 2 ? -w->fall / 200 : 0;
	/* twelve uniform draws make nearly a normal one */
	double fresh = -6;
	for (int i = 0; i < 12; i++)
		fresh += uniform();
	*leaning = w->memory * *leaning + sqrt(1 - w->memory * w->memory) * fresh;
	shift += *leaning * w->leaning / 200;
	for (int64_t i = 0; i < n; i++) {
		double u = uniform();
		promoters += u < w->promoters + shift;
		detractors += u > 1 - w->detractors + shift;
	}
	return (struct changepoint_bucket){ (double)n, 100 * (double)(promoters - detractors),
		                            1e4 * (double)(promoters + detractors) };
}

static void simulate(const struct world *w, struct resample *source, int runs)
{
	int found = 0, more = 0, dated = 0, sized = 0;
	double width = 0;
	struct changepoint_bucket *buckets = calloc((size_t)w->buckets, sizeof *buckets);
	for (int run = 0; run < runs; run++) {
		struct arena arena = { 0 };
		double leaning = 0;
		for (int i = 0; i < w->buckets; i++)
			buckets[i] = bucket_of(w, source, i, &leaning);
		struct changepoint_how how = { 1, 30, 100 };
		struct changepoint_list list =
		    changepoint_find(&arena, buckets, (size_t)w->buckets, &how);
		found += list.count > 0;
		more += list.count > 1;
		if (list.count == 1) {
			const struct changepoint *c = list.items;
			size_t truth = (size_t)w->buckets / 2;
			dated += c->from <= truth && truth <= c->to;
			sized += c->lo <= -w->fall && -w->fall <= c->hi;
			width += (double)(c->to - c->from + 1);
		}
		arena_free(&arena);
	}
	int one = found - more;
	printf("%5d %7.0f %7.0f %5.1f %5.0f %5.0f   one %5.1f %%  more %4.1f %%", w->buckets,
	       w->answers, w->leaning, w->memory, 100 * (w->promoters - w->detractors), w->fall,
	       100.0 * one / runs, 100.0 * more / runs);
	if (w->fall > 0 && one > 0)
		printf("   date held %5.1f %% by %4.1f buckets, size held %5.1f %%",
		       100.0 * dated / one, width / one, 100.0 * sized / one);
	printf("\n");
	free(buckets);
}

int main(int argc, char **argv)
{
	int runs = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 300;
	struct arena arena = { 0 };
	struct resample *source = resample_new(&arena, 7);
	random_state = 20261126;
	static const struct world worlds[] = {
		{ 13, 60, 0, .5, .2, 0, 0 },    { 26, 60, 0, .5, .2, 0, 0 },
		{ 52, 60, 0, .5, .2, 0, 0 },    { 104, 60, 0, .5, .2, 0, 0 },
		{ 365, 10, 0, .5, .2, 0, 0 },   { 730, 10, 0, .5, .2, 0, 0 },
		{ 730, 1, 0, .5, .2, 0, 0 },    { 104, 60, 0, .88, .03, 0, 0 },
		{ 104, 10, 0, .96, .01, 0, 0 }, { 104, 60, 10, .5, .2, 0, 0 },
		{ 730, 60, 10, .5, .2, 0, 0 },  { 26, 60, 15, .5, .2, 0, 0 },
		{ 104, 60, 3, .5, .2, 0, .5 },  { 104, 60, 5, .5, .2, 0, .5 },
		{ 730, 10, 5, .5, .2, 0, .7 },  { 104, 60, 0, .5, .2, 7, 0 },
		{ 104, 60, 0, .5, .2, 10, 0 },  { 104, 60, 0, .5, .2, 15, 0 },
		{ 730, 10, 0, .5, .2, 15, 0 },  { 26, 100, 0, .5, .2, 15, 0 },
		{ 104, 60, 10, .5, .2, 15, 0 }, { 104, 60, 0, .88, .03, 10, 0 },
		{ 365, 4, 0, .5, .2, 15, 0 },
	};
	printf("%d series each. buckets, answers a bucket, leaning, memory, score, fall\n", runs);
	for (size_t i = 0; i < sizeof worlds / sizeof worlds[0]; i++)
		simulate(&worlds[i], source, runs);
	arena_free(&arena);
	return 0;
}
