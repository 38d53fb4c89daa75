/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/judged.h"

#include <math.h>
#include <stdbool.h>

#include "stats/resample.h"
#include "stats/share.h"

#define N     JUDGED_CLASSES
#define DRAWS 1000
#define SEED  3

struct judged_share judged_share_of(int64_t hits, int64_t of)
{
	struct judged_share s = { .hits = hits, .of = of };
	s.share = of > 0 ? (double)hits / (double)of : 0;
	share_wilson(hits, of, &s.lo, &s.hi);
	return s;
}

/* Over the classes in `there`. */
static double macro_f1(const double count[N * N], const bool there[N])
{
	double sum = 0, classes = 0;
	for (size_t c = 0; c < N; c++) {
		double are = 0, said = 0;
		if (!there[c])
			continue;
		for (size_t i = 0; i < N; i++) {
			are += count[c * N + i];
			said += count[i * N + c];
		}
		sum += are + said > 0 ? 2 * count[c * N + c] / (are + said) : 0;
		classes++;
	}
	return classes > 0 ? sum / classes : 0;
}

struct judged_f1 judged_f1_of(const struct judged_table *t)
{
	struct arena a = { 0 };
	struct resample *r = resample_new(&a, SEED);
	double count[N * N], drawn[N * N], f1[DRAWS];
	bool there[N] = { 0 };
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < N; j++) {
			count[i * N + j] = (double)t->count[i][j];
			there[i] = there[i] || t->count[i][j] > 0;
		}
	struct judged_f1 out = { .f1 = macro_f1(count, there) };
	for (size_t d = 0; d < DRAWS; d++) {
		for (size_t i = 0; i < N * N; i++)
			drawn[i] = count[i] > 0 ? resample_poisson(r, count[i]) : 0;
		f1[d] = macro_f1(drawn, there);
	}
	resample_sort(f1, DRAWS);
	out.lo = fmin(out.f1, resample_quantile(f1, DRAWS, 0.025));
	out.hi = fmax(out.f1, resample_quantile(f1, DRAWS, 0.975));
	arena_free(&a);
	return out;
}
