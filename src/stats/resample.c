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
/* Of one cluster: so many are put in order one by one. */
#define FEW_ANSWERS 16
/* With more kinds no table has all pairs of them. */
#define KINDS_PAIRED 2048
#define TABLE        56 /* beyond it a number is less likely than the 2^-32 that a draw can tell */

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

/* A plan while clusters come one by one, with a table of those that are like no other before. */
struct planning {
	struct resample_plan *plan;
	size_t row_room, alike_room;
	uint32_t *slots;  /* open addressing: 1 + place among the alike, 0 is free */
	uint64_t *hashes; /* [alike_count] */
	size_t slot_count;
};

static uint32_t *slot_of(const struct planning *p, uint64_t hash, const struct resample_alike *one)
{
	size_t at = hash & (p->slot_count - 1);
	while (p->slots[at]) {
		size_t other = p->slots[at] - 1;
		if (p->hashes[other] == hash && are_alike(p->plan, &p->plan->alike[other], one))
			break;
		at = (at + 1) & (p->slot_count - 1);
	}
	return &p->slots[at];
}

static void grow_alike(struct planning *p)
{
	p->alike_room = p->alike_room ? 2 * p->alike_room : 512;
	p->slot_count = 2 * p->alike_room;
	MUST(p->slot_count <= UINT32_MAX);
	p->plan->alike = mem_resize(p->plan->alike, p->alike_room * sizeof *p->plan->alike);
	p->hashes = mem_resize(p->hashes, p->alike_room * sizeof *p->hashes);
	free(p->slots);
	p->slots = mem_zeroed(p->slot_count, sizeof *p->slots);
	for (size_t i = 0; i < p->plan->alike_count; i++) {
		size_t at = p->hashes[i] & (p->slot_count - 1);
		while (p->slots[at])
			at = (at + 1) & (p->slot_count - 1);
		p->slots[at] = (uint32_t)i + 1;
	}
}

/* Room for so many rows behind those of the plan. */
static struct resample_row *row_space(struct planning *p, size_t rows)
{
	if (p->plan->count + rows > p->row_room) {
		p->row_room = 2 * (p->plan->count + rows) + 512;
		p->plan->rows = mem_resize(p->plan->rows, p->row_room * sizeof *p->plan->rows);
	}
	return p->plan->rows + p->plan->count;
}

/* The rows behind those of the plan are a cluster's, by kind. Of those that are alike, the first stays with how many they are. */
static void add_cluster(struct planning *p, size_t rows)
{
	struct resample_plan *plan = p->plan;
	const struct resample_row *own = plan->rows + plan->count;
	const struct resample_alike one = { plan->count, rows, 1 };
	if (rows == 1 && own->count == 1) {
		plan->alone[own->kind]++;
		return;
	}
	if (plan->alike_count == p->alike_room)
		grow_alike(p);
	uint64_t hash = hash_of(own, rows);
	uint32_t *slot = slot_of(p, hash, &one);
	if (*slot) {
		plan->alike[*slot - 1].clusters++;
		return;
	}
	p->hashes[plan->alike_count] = hash;
	plan->alike[plan->alike_count++] = one;
	plan->count += rows;
	*slot = (uint32_t)plan->alike_count;
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

static struct resample_plan plan_new(struct arena *a, size_t kinds)
{
	return (struct resample_plan){ .kinds = kinds, .alone = ARENA_ARRAY(a, double, kinds) };
}

static void plan_end(struct arena *a, struct planning *p)
{
	if (p->plan->count > RESAMPLE_ROWS)
		deal(p->plan);
	arena_defer(a, free, p->plan->rows);
	arena_defer(a, free, p->plan->alike);
	free(p->slots);
	free(p->hashes);
}

struct resample_plan resample_plan_of(struct arena *a, struct resample_row *rows, size_t count,
                                      size_t kinds)
{
	struct resample_plan plan = plan_new(a, kinds);
	struct planning p = { .plan = &plan };
	size_t owned = 0;
	for (size_t i = 0; i < count; i++) {
		MUST(rows[i].kind < kinds);
		if (rows[i].cluster == 0)
			plan.alone[rows[i].kind]++;
		else
			rows[owned++] = (struct resample_row){ rows[i].cluster, rows[i].kind, 1 };
	}
	owned = put_in_order(rows, owned);
	for (size_t from = 0, to = 0; from < owned; from = to) {
		to = end_of_cluster(rows, owned, from);
		struct resample_row *own = row_space(&p, to - from);
		for (size_t i = from; i < to; i++)
			own[i - from] = rows[i];
		add_cluster(&p, to - from);
	}
	plan_end(a, &p);
	return plan;
}

/* A cluster's kinds as rows behind those of the plan, by kind. How many rows. Most clusters have few answers. */
static size_t put_kinds(struct planning *p, uint32_t cluster, const uint32_t *kinds, size_t count)
{
	struct resample_row *own = row_space(p, count);
	size_t rows = 0;
	if (count > FEW_ANSWERS) {
		for (size_t i = 0; i < count; i++)
			own[i] = (struct resample_row){ cluster, kinds[i], 1 };
		return put_in_order(own, count);
	}
	for (size_t i = 0; i < count; i++) {
		size_t at = rows;
		while (at > 0 && own[at - 1].kind > kinds[i])
			at--;
		if (at > 0 && own[at - 1].kind == kinds[i]) {
			own[at - 1].count++;
			continue;
		}
		for (size_t k = rows++; k > at; k--)
			own[k] = own[k - 1];
		own[at] = (struct resample_row){ cluster, kinds[i], 1 };
	}
	return rows;
}

/* Most clusters that have several answers have two: which sorts of those there are stands in a table of its own, by both kinds. At
 * NULL where there are too many kinds. */
static void add_two(struct planning *p, uint32_t *pairs, uint32_t cluster, const uint32_t *kinds)
{
	struct resample_plan *plan = p->plan;
	size_t one = kinds[0] < kinds[1] ? kinds[0] : kinds[1], other = kinds[0] + kinds[1] - one;
	uint32_t *known = pairs ? &pairs[one * plan->kinds + other] : NULL;
	if (known && *known) {
		plan->alike[*known - 1].clusters++;
		return;
	}
	add_cluster(p, put_kinds(p, cluster, kinds, 2));
	if (known)
		*known = (uint32_t)plan->alike_count;
}

struct resample_plan resample_plan_of_columns(struct arena *a, const uint32_t *cluster,
                                              const uint32_t *kind, size_t count, uint32_t clusters,
                                              size_t kinds)
{
	struct resample_plan plan = plan_new(a, kinds);
	struct planning p = { .plan = &plan };
	size_t *ends = mem_zeroed((size_t)clusters + 1, sizeof *ends), end = 0;
	uint32_t *together = mem_alloc((count + 1) * sizeof *together);
	uint32_t *pairs = kinds <= KINDS_PAIRED ? mem_zeroed(kinds * kinds, sizeof *pairs) : NULL;
	for (size_t i = 0; i < count; i++) {
		MUST(kind[i] < kinds && cluster[i] <= clusters);
		ends[cluster[i]]++;
	}
	ends[0] = 0;
	for (size_t k = 1; k <= clusters; k++) {
		size_t own = ends[k];
		ends[k] = end;
		end += own;
	}
	for (size_t i = 0; i < count; i++) {
		if (cluster[i])
			together[ends[cluster[i]]++] = kind[i];
		else
			plan.alone[kind[i]]++;
	}
	for (uint32_t k = 1; k <= clusters; k++) {
		size_t from = ends[k - 1], own = ends[k] - from;
		if (own == 1)
			plan.alone[together[from]]++;
		else if (own == 2)
			add_two(&p, pairs, k, together + from);
		else if (own > 2)
			add_cluster(&p, put_kinds(&p, k, together + from, own));
	}
	free(ends);
	free(pairs);
	free(together);
	plan_end(a, &p);
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
