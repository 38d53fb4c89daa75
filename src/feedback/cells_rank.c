/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_rank.h"

#include <stdlib.h>

#include "base/die.h"

struct ranked {
	struct cell_value value;
	int64_t answers;
	uint32_t number;
};

/* FNV-1a over what tells values apart. */
static uint64_t hash_of(const struct cell_value *v)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)v->id ^
	                (uint64_t)(unsigned)v->version << 40 ^ (uint64_t)(v->text.at != NULL) << 63;
	for (size_t i = 0; v->text.at && i < v->text.len; i++)
		hash = (hash ^ (unsigned char)v->text.at[i]) * UINT64_C(0x100000001b3);
	hash ^= hash >> 32;
	return hash * UINT64_C(0x9e3779b97f4a7c15) >> 16;
}

static bool same(const struct cell_value *a, const struct cell_value *b)
{
	return a->id == b->id && a->version == b->version && !a->text.at == !b->text.at &&
	       str_eq(a->text, b->text);
}

static uint32_t *slot_of(const struct cell_numbers *n, const struct cell_value *value)
{
	uint32_t at = (uint32_t)hash_of(value) & (n->slot_count - 1);
	while (n->slots[at] && !same(&n->at[n->slots[at] - 1], value))
		at = (at + 1) & (n->slot_count - 1);
	return &n->slots[at];
}

static void grow(struct cell_numbers *n)
{
	n->room = n->room ? n->room * 2 : 64;
	n->at = mem_resize(n->at, n->room * sizeof(*n->at));
	n->answers = mem_resize(n->answers, n->room * sizeof(*n->answers));
	free(n->slots);
	n->slot_count = n->room * 2;
	n->slots = mem_zeroed(n->slot_count, sizeof(*n->slots));
	for (uint32_t i = 0; i < n->count; i++)
		*slot_of(n, &n->at[i]) = i + 1;
}

uint32_t cell_number(struct cell_numbers *n, struct cell_value value)
{
	if (n->count == n->room)
		grow(n);
	uint32_t *slot = slot_of(n, &value);
	if (*slot)
		return *slot - 1;
	if (value.text.at)
		value.text = str_copy(&n->texts, value.text);
	n->at[n->count] = value;
	n->answers[n->count] = 0;
	*slot = ++n->count;
	return *slot - 1;
}

uint32_t cell_number_find(const struct cell_numbers *n, struct cell_value value)
{
	if (n->count == 0)
		return CELLS_NOWHERE;
	uint32_t slot = *slot_of(n, &value);
	return slot ? slot - 1 : CELLS_NOWHERE;
}

void cell_numbers_free(struct cell_numbers *n)
{
	free(n->at);
	free(n->answers);
	free(n->slots);
	arena_free(&n->texts);
	*n = (struct cell_numbers){ 0 };
}

static int by_value(const void *a, const void *b)
{
	const struct cell_value *left = &((const struct ranked *)a)->value;
	const struct cell_value *right = &((const struct ranked *)b)->value;
	if (!left->text.at != !right->text.at)
		return left->text.at ? 1 : -1;
	int order = str_cmp(left->text, right->text);
	if (order == 0)
		order = (left->id > right->id) - (left->id < right->id);
	return order ? order : left->version - right->version;
}

static int by_answers(const void *a, const void *b)
{
	int64_t left = ((const struct ranked *)a)->answers;
	int64_t right = ((const struct ranked *)b)->answers;
	return left != right ? (left > right ? -1 : 1) : by_value(a, b);
}

/* Values with an order of their own: what has none comes last. */
static int by_id(const void *a, const void *b)
{
	const struct cell_value *left = &((const struct ranked *)a)->value;
	const struct cell_value *right = &((const struct ranked *)b)->value;
	if (!left->text.at != !right->text.at)
		return left->text.at ? -1 : 1;
	return (left->id > right->id) - (left->id < right->id);
}

static bool has_own_order(enum dim_kind kind)
{
	return kind == DIM_NONE || kind == DIM_PART || kind == DIM_TIME || kind == DIM_GROUP ||
	       kind == DIM_SENTIMENT || kind == DIM_TENURE || kind == DIM_ACCOUNT_SIZE;
}

/* How many are told apart. */
static size_t most_of(const struct cell_plan *plan, int d, size_t beside)
{
	enum dim_kind kind = plan->q->dims[d].kind;
	size_t most = kind == DIM_TIME      ? CELLS_PERIODS_MAX
	              : has_own_order(kind) ? CELLS_MAX
	                                    : CELLS_VALUES_MAX;
	size_t room = CELLS_MAX / (beside ? beside : 1);
	return most < room ? most : room;
}

static bool too_many(const struct dim *dim, size_t most, struct err *err)
{
	return err_at(err, ERR_INVALID, "series",
	              "a series by %s would have more than %zu points: choose a longer step or a "
	              "shorter period",
	              period_unit_name(dim->unit), most);
}

/* Times without gaps, from the first with answers to the last. */
static bool place_times(const struct cell_plan *plan, int d, const struct ranked *all, size_t used,
                        size_t most, struct cells *out, uint32_t *places, struct err *err)
{
	const struct dim *dim = &plan->q->dims[d];
	struct calendar c = { .zone = plan->q->zone,
		              .unit = dim->unit,
		              .week_start = plan->q->week_start };
	int64_t first = used ? all[0].value.id : 0, last = used ? all[used - 1].value.id : -1;
	size_t next = 0, periods = 0, count = 0;
	for (int64_t day = first; day <= last; day = calendar_next(&c, day))
		if (++periods > most)
			return too_many(dim, most, err);
	out->values[d] = ARENA_ARRAY(plan->arena, struct cell_value, periods + 1);
	for (int64_t day = first; day <= last; day = calendar_next(&c, day)) {
		if (all[next].value.id == day)
			places[all[next++].number] = (uint32_t)count;
		out->values[d][count++].id = day;
	}
	out->count[d] = count;
	return true;
}

static void place_values(const struct cell_plan *plan, int d, const struct ranked *all, size_t used,
                         size_t most, struct cells *out, uint32_t *places)
{
	size_t told = used < most ? used : most;
	struct cell_value *values = ARENA_ARRAY(plan->arena, struct cell_value, told + 2);
	for (size_t i = 0; i < used; i++)
		places[all[i].number] = (uint32_t)(i < told ? i : told);
	for (size_t i = 0; i < told; i++) {
		values[i] = all[i].value;
		if (values[i].text.at)
			values[i].text = str_copy(plan->arena, values[i].text);
	}
	values[told].rest = true;
	out->values[d] = values;
	out->count[d] = told + (used > told);
}

/* One cell, with answers or without. */
static void place_none(const struct cell_plan *plan, int d, const struct cell_numbers *n,
                       struct cells *out, uint32_t *places)
{
	for (uint32_t i = 0; i < n->count; i++)
		places[i] = 0;
	out->values[d] = ARENA_ARRAY(plan->arena, struct cell_value, 1);
	out->count[d] = 1;
}

bool cells_rank(const struct cell_plan *plan, int d, const struct cell_numbers *n,
                struct cells *out, uint32_t **places, struct err *err)
{
	enum dim_kind kind = plan->q->dims[d].kind;
	size_t used = 0, most = most_of(plan, d, d == 0 ? 1 : out->count[0]);
	*places = ARENA_ARRAY(plan->arena, uint32_t, n->count + 1);
	if (kind == DIM_NONE) {
		place_none(plan, d, n, out, *places);
		return true;
	}
	struct ranked *all = mem_alloc((n->count + 1) * sizeof(*all));
	for (uint32_t i = 0; i < n->count; i++) {
		(*places)[i] = CELLS_NOWHERE;
		if (n->answers[i] > 0)
			all[used++] = (struct ranked){ n->at[i], n->answers[i], i };
	}
	if (used)
		qsort(all, used, sizeof(*all), has_own_order(kind) ? by_id : by_answers);
	bool ok = true;
	if (kind == DIM_TIME)
		ok = place_times(plan, d, all, used, most, out, *places, err);
	else
		place_values(plan, d, all, used, most, out, *places);
	free(all);
	return ok;
}
