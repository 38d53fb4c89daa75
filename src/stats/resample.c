/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/resample.h"
#include "base/die.h"
#include "base/radix.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include <math.h>
#include <stdlib.h>

/* Small whole means, which nearly all are, have a table. */
#define MEAN_SMALL 16
#define TABLE      56 /* beyond it a number is less likely than the 2^-32 that a draw can tell */

struct resample {
	gsl_rng *rng;
	/* 2^32 times how likely a number of this mean is to be the place or smaller */
	unsigned long bounds[MEAN_SMALL + 1][TABLE];
};

static void release(void *what)
{
	gsl_rng_free(what);
}

static void fill_table(unsigned long *bounds, double mean)
{
	double term = exp(-mean), sum = 0;
	for (int k = 0; k < TABLE; k++) {
		sum += term;
		bounds[k] = (unsigned long)llround(ldexp(fmin(sum, 1), 32));
		term *= mean / (k + 1);
	}
}

struct resample *resample_new(struct arena *a, uint64_t seed)
{
	struct resample *r = ARENA_NEW(a, struct resample);
	r->rng = gsl_rng_alloc(gsl_rng_mt19937);
	MUST(r->rng);
	gsl_rng_set(r->rng, (unsigned long)(seed ^ seed >> 32));
	arena_defer(a, release, r->rng);
	for (int mean = 1; mean <= MEAN_SMALL; mean++)
		fill_table(r->bounds[mean], mean);
	return r;
}

/* Inversion. */
static double poisson_small(struct resample *r, size_t mean)
{
	const unsigned long *bounds = r->bounds[mean];
	unsigned long u = gsl_rng_get(r->rng);
	int k = 0;
	while (k < TABLE && u >= bounds[k])
		k++;
	return k;
}

double resample_poisson(struct resample *r, double mean)
{
	size_t whole = mean <= MEAN_SMALL ? (size_t)mean : 0;
	if (whole > 0 && (double)whole == mean)
		return poisson_small(r, whole);
	return mean > 0 ? gsl_ran_poisson(r->rng, mean) : 0;
}

/* Rows in order of cluster and kind; those of a kind in a cluster become one. */
static size_t put_in_order(struct resample_row *rows, size_t count)
{
	struct radix_item *items = mem_alloc((count + 1) * sizeof *items);
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		items[i] = (struct radix_item){ rows[i].cluster,
			                        (uint64_t)rows[i].kind << 32 | rows[i].count };
	radix_sort(items, count);
	for (size_t i = 0; i < count; i++) {
		const struct resample_row row = { items[i].key, (uint32_t)(items[i].what >> 32),
			                          (uint32_t)items[i].what };
		struct resample_row *last = kept ? &rows[kept - 1] : NULL;
		if (last && last->cluster == row.cluster && last->kind == row.kind)
			last->count += row.count;
		else
			rows[kept++] = row;
	}
	free(items);
	return kept;
}

static size_t end_of_cluster(const struct resample_row *rows, size_t count, size_t from)
{
	size_t to = from + 1;
	while (to < count && rows[to].cluster == rows[from].cluster)
		to++;
	return to;
}

/* What is nobody's, and clusters of one answer. Leaves the others, in order. */
static void count_alone(struct resample_plan *plan, size_t count)
{
	size_t owned = 0;
	for (size_t i = 0; i < count; i++) {
		MUST(plan->rows[i].kind < plan->kinds);
		if (plan->rows[i].cluster == 0)
			plan->alone[plan->rows[i].kind]++;
		else
			plan->rows[owned++] =
			    (struct resample_row){ plan->rows[i].cluster, plan->rows[i].kind, 1 };
	}
	owned = put_in_order(plan->rows, owned);
	for (size_t from = 0, to = 0; from < owned; from = to) {
		to = end_of_cluster(plan->rows, owned, from);
		if (to - from == 1 && plan->rows[from].count == 1)
			plan->alone[plan->rows[from].kind]++;
		else
			for (size_t i = from; i < to; i++)
				plan->rows[plan->count++] = plan->rows[i];
	}
}

/* Each cluster by itself. */
static void list_clusters(struct arena *a, struct resample_plan *plan)
{
	size_t clusters = 0;
	for (size_t from = 0; from < plan->count; clusters++)
		from = end_of_cluster(plan->rows, plan->count, from);
	plan->alike = ARENA_ARRAY(a, struct resample_alike, clusters + 1);
	plan->alike_count = 0;
	for (size_t from = 0, to = 0; from < plan->count; from = to) {
		to = end_of_cluster(plan->rows, plan->count, from);
		plan->alike[plan->alike_count++] = (struct resample_alike){ from, to - from, 1 };
	}
}

static uint64_t hash_of(const struct resample_row *rows, size_t count)
{
	uint64_t hash = count;
	for (size_t i = 0; i < count; i++) {
		hash = (hash ^ rows[i].kind) * UINT64_C(0x9e3779b97f4a7c15);
		hash = (hash ^ hash >> 29 ^ rows[i].count) * UINT64_C(0xbf58476d1ce4e5b9);
	}
	return hash ^ hash >> 32;
}

static bool are_alike(const struct resample_plan *plan, const struct resample_alike *a,
                      const struct resample_alike *b)
{
	if (a->rows != b->rows)
		return false;
	for (size_t i = 0; i < a->rows; i++)
		if (plan->rows[a->first + i].kind != plan->rows[b->first + i].kind ||
		    plan->rows[a->first + i].count != plan->rows[b->first + i].count)
			return false;
	return true;
}

/* Of those that are alike, the first stays with how many they are. Two that share a hash by chance stay apart, as others
 * between them do: more rows than there need be, and no other figures. */
static void join_alike(struct resample_plan *plan)
{
	struct radix_item *items = mem_alloc((plan->alike_count + 1) * sizeof *items);
	struct resample_alike *last = NULL;
	for (size_t i = 0; i < plan->alike_count; i++) {
		const struct resample_alike *one = &plan->alike[i];
		items[i] = (struct radix_item){ hash_of(&plan->rows[one->first], one->rows), i };
	}
	radix_sort(items, plan->alike_count);
	for (size_t i = 0; i < plan->alike_count; i++) {
		struct resample_alike *one = &plan->alike[items[i].what];
		if (last && are_alike(plan, last, one)) {
			last->clusters++;
			one->clusters = 0;
		} else {
			last = one;
		}
	}
	free(items);
}

/* Rows of those that were joined to others go. */
static void drop_joined(struct resample_plan *plan)
{
	size_t rows = 0, kept = 0;
	for (size_t i = 0; i < plan->alike_count; i++) {
		struct resample_alike one = plan->alike[i];
		if (!(one.clusters > 0))
			continue;
		for (size_t k = 0; k < one.rows; k++)
			plan->rows[rows + k] = plan->rows[one.first + k];
		one.first = rows;
		rows += one.rows;
		plan->alike[kept++] = one;
	}
	plan->count = rows;
	plan->alike_count = kept;
}

static uint64_t group_of(uint64_t cluster, size_t kinds)
{
	uint64_t groups = RESAMPLE_CELLS / kinds;
	groups = groups < RESAMPLE_LEAST ? RESAMPLE_LEAST : groups;
	groups = groups > RESAMPLE_MOST ? RESAMPLE_MOST : groups;
	uint64_t key = cluster * UINT64_C(0x9e3779b97f4a7c15);
	key = (key ^ key >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
	return 1 + (key >> 32) % groups;
}

/* Clusters like no other are dealt into groups. */
static void deal(struct resample_plan *plan)
{
	struct resample_row *dealt = mem_alloc((plan->count + 1) * sizeof *dealt);
	size_t count = 0;
	for (size_t i = 0; i < plan->alike_count; i++) {
		struct resample_alike *one = &plan->alike[i];
		if (one->clusters > 1)
			continue;
		for (size_t k = 0; k < one->rows; k++) {
			dealt[count] = plan->rows[one->first + k];
			dealt[count].cluster = group_of(dealt[count].cluster, plan->kinds);
			count++;
		}
		one->clusters = 0;
	}
	drop_joined(plan);
	count = put_in_order(dealt, count);
	for (size_t from = 0, to = 0; from < count; from = to) {
		to = end_of_cluster(dealt, count, from);
		plan->alike[plan->alike_count++] =
		    (struct resample_alike){ plan->count, to - from, 1 };
		for (size_t i = from; i < to; i++)
			plan->rows[plan->count++] = dealt[i];
	}
	free(dealt);
}

struct resample_plan resample_plan_of(struct arena *a, struct resample_row *rows, size_t count,
                                      size_t kinds)
{
	struct resample_plan plan = { .kinds = kinds,
		                      .alone = ARENA_ARRAY(a, double, kinds),
		                      .rows = rows };
	count_alone(&plan, count);
	list_clusters(a, &plan);
	join_alike(&plan);
	drop_joined(&plan);
	if (plan.count > RESAMPLE_ROWS)
		deal(&plan);
	return plan;
}

void resample_draw(struct resample *r, const struct resample_plan *plan, double *weight)
{
	for (size_t kind = 0; kind < plan->kinds; kind++)
		weight[kind] = resample_poisson(r, plan->alone[kind]);
	for (size_t i = 0; i < plan->alike_count; i++) {
		const struct resample_alike *alike = &plan->alike[i];
		double times = resample_poisson(r, alike->clusters);
		const struct resample_row *rows = &plan->rows[alike->first];
		for (size_t k = 0; k < alike->rows && times > 0; k++)
			weight[rows[k].kind] += times * rows[k].count;
	}
}

static int by_value(const void *a, const void *b)
{
	double p = *(const double *)a, q = *(const double *)b;
	return (p > q) - (p < q);
}

void resample_sort(double *values, size_t count)
{
	if (count > 0)
		qsort(values, count, sizeof(*values), by_value);
}

double resample_quantile(const double *sorted, size_t count, double share)
{
	MUST(count > 0 && share >= 0 && share <= 1);
	double at = share * (double)(count - 1);
	size_t below = (size_t)at;
	if (below + 1 >= count)
		return sorted[count - 1];
	return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}
