/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/agreement.h"

#include <math.h>
#include <stdlib.h>

#include "stats/resample.h"
#include "stats/share.h"

#define N     AGREEMENT_CATEGORIES
#define Z     1.959963984540054
#define DRAWS 400
#define SEED  5

/* Shares of a table, and of its edges. */
struct table {
	double p[N][N], row[N], column[N];
	double agreed, chance;
};

static struct table table_of(const struct agreement_table *of, int64_t items)
{
	struct table t = { 0 };
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < N; j++) {
			t.p[i][j] = (double)of->count[i][j] / (double)items;
			t.row[i] += t.p[i][j];
			t.column[j] += t.p[i][j];
		}
	for (size_t i = 0; i < N; i++) {
		t.agreed += t.p[i][i];
		t.chance += t.row[i] * t.column[i];
	}
	return t;
}

/* Fleiss, Cohen and Everitt's equation 13. */
static double error_of(const struct table *t, double kappa, int64_t items)
{
	double same = 0, other = 0, off = 1 - kappa;
	for (size_t i = 0; i < N; i++) {
		double edge = 1 - (t->row[i] + t->column[i]) * off;
		same += t->p[i][i] * edge * edge;
		for (size_t j = 0; j < N; j++)
			if (i != j)
				other += t->p[i][j] * pow(t->column[i] + t->row[j], 2) * off * off;
	}
	double last = kappa - t->chance * off;
	double variance = (same + other - last * last) / pow(1 - t->chance, 2) / (double)items;
	return sqrt(fmax(variance, 0));
}

static double beyond_chance(double agreed, double chance)
{
	return (agreed - chance) / (1 - chance);
}

void agreement_of_two(const struct agreement_table *counted, struct agreement *out)
{
	int64_t items = 0, same = 0;
	double lo, hi;
	for (size_t i = 0; i < N; i++) {
		same += counted->count[i][i];
		for (size_t j = 0; j < N; j++)
			items += counted->count[i][j];
	}
	*out = (struct agreement){ .items = items };
	if (items == 0)
		return;
	struct table t = table_of(counted, items);
	out->agreed = t.agreed;
	if (t.chance >= 1)
		return;
	out->beyond = beyond_chance(t.agreed, t.chance);
	double error = Z * error_of(&t, out->beyond, items);
	out->lo = fmax(-1, out->beyond - error);
	out->hi = fmin(1, out->beyond + error);
	share_wilson(same, items, &lo, &hi);
	if (same == items)
		out->lo = beyond_chance(lo, t.chance);
	out->shown = items >= AGREEMENT_LEAST;
}

/* ---- more than two ---- */

static int by_item(const void *x, const void *y)
{
	const struct judgement *a = x, *b = y;
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	return (a->item > b->item) - (a->item < b->item);
}

/* What a unit brings to the table of pairs: each pair of an item counts 1 / (judgements - 1). */
struct unit {
	int64_t unit, items;
	double same, each[N]; /* pairs that agree; judgements by category */
};

/* Of judgements of one item: nothing, where there is but one. */
static void add_item(struct unit *to, const struct judgement *all, size_t count)
{
	double each[N] = { 0 };
	if (count < 2)
		return;
	for (size_t i = 0; i < count; i++)
		each[all[i].category]++;
	to->items++;
	for (size_t c = 0; c < N; c++) {
		to->each[c] += each[c];
		to->same += each[c] * (each[c] - 1) / ((double)count - 1);
	}
}

/* Units that have an item with two judgements, of judgements by unit and item. */
static size_t units_of(const struct judgement *all, size_t count, struct unit *out)
{
	size_t n = 0;
	for (size_t i = 0, next; i < count; i = next) {
		for (next = i; next < count && all[next].unit == all[i].unit &&
		               all[next].item == all[i].item;)
			next++;
		if (n == 0 || out[n - 1].unit != all[i].unit) {
			n -= n > 0 && out[n - 1].items == 0;
			out[n++] = (struct unit){ .unit = all[i].unit };
		}
		add_item(&out[n - 1], all + i, next - i);
	}
	return n - (n > 0 && out[n - 1].items == 0);
}

/* False: nothing tells agreement from chance. */
static bool alpha_of(const struct unit *sum, double *agreed, double *alpha)
{
	double all = 0, pairs = 0;
	for (size_t c = 0; c < N; c++) {
		all += sum->each[c];
		pairs += sum->each[c] * (sum->each[c] - 1);
	}
	*agreed = all > 0 ? sum->same / all : 0;
	double chance = all > 1 ? pairs / (all * (all - 1)) : 1;
	*alpha = chance < 1 ? beyond_chance(*agreed, chance) : 0;
	return chance < 1;
}

static void add(struct unit *to, const struct unit *one, double times)
{
	to->items += one->items;
	to->same += times * one->same;
	for (size_t c = 0; c < N; c++)
		to->each[c] += times * one->each[c];
}

static void range_of(struct arena *a, const struct unit *units, size_t count, struct agreement *out)
{
	struct resample *r = resample_new(a, SEED);
	double drawn[DRAWS], agreed;
	for (size_t d = 0; d < DRAWS; d++) {
		struct unit sum = { 0 };
		for (size_t i = 0; i < count; i++)
			add(&sum, &units[i], resample_poisson(r, 1));
		if (!alpha_of(&sum, &agreed, &drawn[d]))
			drawn[d] = 1;
	}
	resample_sort(drawn, DRAWS);
	out->lo = fmin(out->beyond, resample_quantile(drawn, DRAWS, 0.025));
	out->hi = fmax(out->beyond, resample_quantile(drawn, DRAWS, 0.975));
}

void agreement_of_many(struct arena *a, struct judgement *all, size_t count, struct agreement *out)
{
	struct unit *units = ARENA_ARRAY(a, struct unit, count + 1), sum = { 0 };
	*out = (struct agreement){ 0 };
	if (count == 0)
		return;
	qsort(all, count, sizeof *all, by_item);
	size_t n = units_of(all, count, units);
	for (size_t i = 0; i < n; i++)
		add(&sum, &units[i], 1);
	out->items = sum.items;
	if (!alpha_of(&sum, &out->agreed, &out->beyond))
		return;
	out->shown = sum.items >= AGREEMENT_LEAST;
	if (out->shown)
		range_of(a, units, n, out);
}
