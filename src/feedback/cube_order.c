/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "feedback/cube_column.h"

/* How often a column is looked through before it is put into order, which takes about as long. */
#define ORDER_AFTER 16u

struct owned {
	uint32_t owner;
	uint16_t row;
};

static struct owned *owned_of(const struct cube_codes *codes, uint32_t *count, uint32_t *most)
{
	struct owned *all = mem_alloc(CUBE_CHUNK_ROWS * sizeof(*all));
	uint32_t n = 0;
	*most = 0;
	for (uint32_t row = 0; row < CUBE_CHUNK_ROWS; row++) {
		uint32_t owner = cube_code(*codes, row);
		all[n] = (struct owned){ owner, (uint16_t)row };
		n += owner != 0;
		*most = owner > *most ? owner : *most;
	}
	*count = n;
	return all;
}

/* By some bits of the owner; rows that are alike there stay as they stand. `ends` has room for one more than there are of
 * those numbers, and is left with where each begins. */
static void sort_by(const struct owned *from, struct owned *to, uint32_t count, uint32_t shift,
                    uint32_t mask, uint32_t *starts, uint32_t numbers)
{
	memset(starts, 0, (numbers + 1) * sizeof(*starts));
	for (uint32_t i = 0; i < count; i++)
		starts[(from[i].owner >> shift & mask) + 1]++;
	for (uint32_t k = 0; k < numbers; k++)
		starts[k + 1] += starts[k];
	for (uint32_t i = 0; i < count; i++)
		to[starts[from[i].owner >> shift & mask]++] = from[i];
	memmove(starts + 1, starts, numbers * sizeof(*starts));
	starts[0] = 0;
}

static struct cube_order *order_new(struct cube_memory *memory, uint32_t count, uint32_t units)
{
	struct cube_order *order = cube_alloc(memory, sizeof(*order));
	*order = (struct cube_order){ .count = count, .unit_count = units };
	order->starts = cube_alloc(memory, (units + 1) * sizeof(*order->starts));
	order->rows = cube_alloc(memory, count * sizeof(*order->rows));
	order->owners = cube_alloc(memory, count * sizeof(*order->owners));
	return order;
}

void cube_order_free(struct cube_order *order, struct cube_memory *memory)
{
	if (!order)
		return;
	cube_free(memory, order->starts, (order->unit_count + 1) * sizeof(*order->starts));
	cube_free(memory, order->rows, order->count * sizeof(*order->rows));
	cube_free(memory, order->owners, order->count * sizeof(*order->owners));
	cube_free(memory, order, sizeof(*order));
}

static struct cube_order *order_make(struct cube_memory *memory, const struct cube_codes *codes)
{
	uint32_t count, most, *starts = mem_alloc((CUBE_UNIT + 1) * sizeof(*starts));
	struct owned *all = owned_of(codes, &count, &most);
	struct owned *sorted = mem_alloc((count + 1) * sizeof(*sorted));
	struct cube_order *order = order_new(memory, count, (most >> CUBE_UNIT_BITS) + 1);
	sort_by(all, sorted, count, 0, CUBE_UNIT - 1, starts, CUBE_UNIT);
	sort_by(sorted, all, count, CUBE_UNIT_BITS, UINT32_MAX, order->starts, order->unit_count);
	for (uint32_t i = 0, same = 0; i < count; i++) {
		same = i && all[i].owner == all[i - 1].owner ? same + 1 : 1;
		order->most = same > order->most ? same : order->most;
		order->rows[i] = all[i].row;
		order->owners[i] = (uint16_t)(all[i].owner & (CUBE_UNIT - 1));
	}
	free(all);
	free(sorted);
	free(starts);
	return order;
}

/* Of two threads that make it at once, one's is kept. */
const struct cube_order *cube_order_of(const struct cube_codes *codes)
{
	struct cube_column *column = codes->column;
	struct cube_order *order = atomic_load_explicit(&column->order, memory_order_acquire);
	if (order)
		return order;
	struct cube_order *made = order_make(column->memory, codes);
	if (atomic_compare_exchange_strong_explicit(&column->order, &order, made,
	                                            memory_order_acq_rel, memory_order_acquire))
		return made;
	cube_order_free(made, column->memory);
	return order;
}

const struct cube_order *cube_order_worth(const struct cube_codes *codes)
{
	struct cube_column *column = codes->column;
	const struct cube_order *order = atomic_load_explicit(&column->order, memory_order_acquire);
	if (order ||
	    atomic_fetch_add_explicit(&column->asked, 1, memory_order_relaxed) < ORDER_AFTER)
		return order;
	return cube_order_of(codes);
}

/* The first row of the unit from `at` on whose owner is not below. */
static uint32_t first_of(const struct cube_order *order, uint32_t at, uint32_t end, uint32_t owner)
{
	while (at < end) {
		uint32_t middle = at + (end - at) / 2;
		if (order->owners[middle] < owner)
			at = middle + 1;
		else
			end = middle;
	}
	return at;
}

void cube_order_find(const struct cube_order *order, uint32_t owner, uint32_t *from, uint32_t *to)
{
	uint32_t unit = owner >> CUBE_UNIT_BITS, within = owner & (CUBE_UNIT - 1);
	*from = *to = 0;
	if (unit >= order->unit_count)
		return;
	*from = first_of(order, order->starts[unit], order->starts[unit + 1], within);
	*to = first_of(order, *from, order->starts[unit + 1], within + 1);
}
