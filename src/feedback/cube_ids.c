/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_ids.h"

#include <string.h>

#define LOW_BITS 22
#define LOW_MASK ((INT64_C(1) << LOW_BITS) - 1)

uint32_t cube_ids_groups(uint32_t rows)
{
	return (rows + CUBE_IDS_GROUP - 1) / CUBE_IDS_GROUP;
}

static struct cube_ids *ids_new(struct cube_memory *memory, uint32_t cap)
{
	struct cube_ids *ids = cube_alloc(memory, sizeof *ids);
	memset(ids, 0, sizeof *ids);
	atomic_init(&ids->holds, 1);
	ids->memory = memory;
	ids->cap = cap;
	return ids;
}

struct cube_ids *cube_ids_new(struct cube_memory *memory, uint32_t cap)
{
	struct cube_ids *ids = ids_new(memory, cap);
	ids->whole = cube_alloc(memory, cap * sizeof *ids->whole);
	return ids;
}

struct cube_ids *cube_ids_hold(struct cube_ids *ids)
{
	if (ids)
		atomic_fetch_add_explicit(&ids->holds, 1, memory_order_relaxed);
	return ids;
}

void cube_ids_drop(struct cube_ids *ids)
{
	if (!ids || atomic_fetch_sub_explicit(&ids->holds, 1, memory_order_acq_rel) != 1)
		return;
	cube_free(ids->memory, ids->whole, ids->cap * sizeof *ids->whole);
	cube_free(ids->memory, ids->first_ms, cube_ids_groups(ids->cap) * sizeof *ids->first_ms);
	cube_column_drop(ids->ms);
	cube_column_drop(ids->low);
	cube_free(ids->memory, ids, sizeof *ids);
}

struct cube_ids *cube_ids_grow(const struct cube_ids *ids, uint32_t rows, uint32_t cap)
{
	struct cube_ids *bigger = cube_ids_new(ids->memory, cap);
	for (uint32_t i = 0; i < rows; i++)
		bigger->whole[i] = cube_ids_at(ids, i);
	return bigger;
}

/* The first millisecond of each group; false when one spans more than 32 bits. */
static bool group_spans(const int64_t *whole, uint32_t rows, int64_t *first, uint32_t *widest)
{
	*widest = 0;
	for (uint32_t g = 0; g < cube_ids_groups(rows); g++) {
		int64_t low = INT64_MAX, high = INT64_MIN;
		for (uint32_t i = g * CUBE_IDS_GROUP; i < rows && i < (g + 1) * CUBE_IDS_GROUP;
		     i++) {
			int64_t ms = whole[i] >> LOW_BITS;
			low = ms < low ? ms : low;
			high = ms > high ? ms : high;
		}
		if (high - low > (int64_t)UINT32_MAX)
			return false;
		first[g] = low;
		*widest = high - low > *widest ? (uint32_t)(high - low) : *widest;
	}
	return true;
}

static void pack_low(struct cube_ids *ids, const int64_t *whole, uint32_t rows)
{
	uint32_t low = UINT32_MAX, high = 0;
	for (uint32_t i = 0; i < rows; i++) {
		uint32_t bits = (uint32_t)(whole[i] & LOW_MASK);
		low = bits < low ? bits : low;
		high = bits > high ? bits : high;
	}
	ids->low_base = low;
	if (high == low)
		return;
	ids->low = cube_column_new(ids->memory, cube_bytes_of(high - low), rows);
	for (uint32_t i = 0; i < rows; i++)
		cube_number_put(ids->low->at, ids->low->width, i,
		                (uint32_t)(whole[i] & LOW_MASK) - low);
}

struct cube_ids *cube_ids_new_packed(struct cube_memory *memory, uint32_t rows)
{
	struct cube_ids *packed = ids_new(memory, rows);
	packed->first_ms = cube_alloc(memory, cube_ids_groups(rows) * sizeof *packed->first_ms);
	return packed;
}

struct cube_ids *cube_ids_pack(const struct cube_ids *ids, uint32_t rows)
{
	struct cube_ids *packed = cube_ids_new_packed(ids->memory, rows);
	uint32_t widest;
	if (!ids->whole || !group_spans(ids->whole, rows, packed->first_ms, &widest)) {
		cube_ids_drop(packed);
		return NULL;
	}
	packed->ms = cube_column_new(ids->memory, cube_bytes_of(widest), rows);
	for (uint32_t i = 0; i < rows; i++)
		cube_number_put(packed->ms->at, packed->ms->width, i,
		                (uint32_t)((ids->whole[i] >> LOW_BITS) -
		                           packed->first_ms[i / CUBE_IDS_GROUP]));
	pack_low(packed, ids->whole, rows);
	return packed;
}

int64_t cube_ids_at(const struct cube_ids *ids, size_t row)
{
	if (ids->whole)
		return ids->whole[row];
	int64_t ms =
	    ids->first_ms[row / CUBE_IDS_GROUP] + cube_number(ids->ms->at, ids->ms->width, row);
	uint32_t low =
	    ids->low_base + (ids->low ? cube_number(ids->low->at, ids->low->width, row) : 0);
	return ms << LOW_BITS | low;
}

static bool find_sorted(const struct cube_ids *ids, uint32_t rows, int64_t id, uint32_t *row)
{
	uint32_t from = 0, to = rows;
	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		if (cube_ids_at(ids, middle) < id)
			from = middle + 1;
		else
			to = middle;
	}
	*row = from;
	return from < rows && cube_ids_at(ids, from) == id;
}

bool cube_ids_find(const struct cube_ids *ids, uint32_t rows, bool sorted, int64_t id,
                   uint32_t *row)
{
	if (sorted)
		return find_sorted(ids, rows, id, row);
	for (uint32_t i = 0; i < rows; i++)
		if (cube_ids_at(ids, i) == id) {
			*row = i;
			return true;
		}
	return false;
}
