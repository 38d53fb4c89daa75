/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/newest.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/die.h"

struct keeping {
	struct fact *at; /* [2 x max] */
	size_t count, max, row;
	int64_t all;
	int64_t above; /* ids that are not are too old */
};

static void swap(struct fact *a, struct fact *b)
{
	struct fact kept = *a;
	*a = *b;
	*b = kept;
}

/* Afterwards the `wanted` newest come first (Hoare, "Algorithm 65: Find", Communications of the ACM 4, 1961). */
static void select_newest(struct fact *at, ptrdiff_t count, ptrdiff_t wanted)
{
	ptrdiff_t low = 0, high = count - 1;
	while (low < high) {
		int64_t pivot = at[low + (high - low) / 2].id;
		ptrdiff_t i = low, j = high;
		while (i <= j) {
			while (at[i].id > pivot)
				i++;
			while (at[j].id < pivot)
				j--;
			if (i <= j)
				swap(&at[i++], &at[j--]);
		}
		if (wanted - 1 <= j)
			high = j;
		else if (wanted - 1 >= i)
			low = i;
		else
			return;
	}
}

static void cut(struct keeping *k)
{
	select_newest(k->at, (ptrdiff_t)k->count, (ptrdiff_t)k->max);
	k->count = k->max;
	k->above = INT64_MAX;
	for (size_t i = 0; i < k->count; i++)
		k->above = k->at[i].id < k->above ? k->at[i].id : k->above;
}

static bool keep(void *context, const struct fact *fact, struct err *err)
{
	struct keeping *k = context;
	(void)err;
	if (k->row != SIZE_MAX && fact->values[0] != k->row)
		return true;
	k->all++;
	if (fact->id <= k->above)
		return true;
	if (k->count == 2 * k->max)
		cut(k);
	k->at[k->count++] = *fact;
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct fact *left = a, *right = b;
	return (left->id > right->id) - (left->id < right->id);
}

bool newest_read(const struct facts *facts, struct arena *a, const struct cell_question *q,
                 const struct cells *cells, size_t row, size_t max, struct newest *out,
                 struct err *err)
{
	struct keeping k = { .at = mem_alloc(2 * max * sizeof k.at[0]),
		             .max = max,
		             .row = row,
		             .above = INT64_MIN };
	arena_defer(a, free, k.at);
	if (!cells_visit(facts, a, q, cells, keep, &k, err))
		return false;
	if (k.count > max)
		cut(&k);
	if (k.count)
		qsort(k.at, k.count, sizeof k.at[0], by_id);
	*out = (struct newest){ k.at, k.count, k.all };
	return true;
}
