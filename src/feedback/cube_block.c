/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_block.h"

#include <string.h>

#include "base/die.h"

#define FIRST_ROWS 64u

static enum cube_slot_kind kind_of(const struct cube_block *b, size_t slot)
{
	return slot < b->shape->fixed_count ? b->shape->fixed[slot] : SLOT_CODES;
}

static void make_slots(struct cube_block *b, size_t count)
{
	b->slot_count = count;
	b->codes = cube_alloc(b->memory, count * sizeof *b->codes);
	b->columns = cube_alloc(b->memory, count * sizeof(struct cube_column *));
	memset(b->codes, 0, count * sizeof *b->codes);
	memset(b->columns, 0, count * sizeof(struct cube_column *));
}

static void free_slots(struct cube_memory *memory, struct cube_codes *codes,
                       struct cube_column **columns, size_t count)
{
	cube_free(memory, codes, count * sizeof *codes);
	cube_free(memory, columns, count * sizeof(struct cube_column *));
}

struct cube_block *cube_block_new(struct cube_memory *memory, const struct cube_shape *shape)
{
	struct cube_block *b = cube_alloc(memory, sizeof *b);
	*b = (struct cube_block){
		.shape = shape,
		.memory = memory,
		.ids_sorted = true,
		.min_time = INT32_MAX,
		.max_time = INT32_MIN,
		.min_id = INT64_MAX,
		.max_id = INT64_MIN,
	};
	atomic_init(&b->holds, 1);
	make_slots(b, shape->fixed_count);
	if (shape->has_ids)
		b->ids = cube_ids_new(memory, FIRST_ROWS);
	return b;
}

struct cube_block *cube_block_hold(struct cube_block *b)
{
	atomic_fetch_add_explicit(&b->holds, 1, memory_order_relaxed);
	return b;
}

void cube_block_drop(struct cube_block *b)
{
	if (!b || atomic_fetch_sub_explicit(&b->holds, 1, memory_order_acq_rel) != 1)
		return;
	for (size_t i = 0; i < b->slot_count; i++)
		cube_column_drop(b->columns[i]);
	cube_ids_drop(b->ids);
	free_slots(b->memory, b->codes, b->columns, b->slot_count);
	cube_free(b->memory, b, sizeof *b);
}

struct cube_block *cube_block_private(struct cube_block *b)
{
	if (!b->shown_now)
		return b;
	struct cube_block *copy = cube_alloc(b->memory, sizeof *copy);
	memcpy(copy, b, sizeof *copy);
	atomic_init(&copy->holds, 1);
	copy->shown_now = false;
	make_slots(copy, b->slot_count);
	memcpy(copy->codes, b->codes, b->slot_count * sizeof *b->codes);
	for (size_t i = 0; i < b->slot_count; i++)
		copy->columns[i] = cube_column_hold(b->columns[i]);
	cube_ids_hold(copy->ids);
	cube_block_drop(b);
	return copy;
}

void cube_block_add_slots(struct cube_block *b, size_t slot_count)
{
	struct cube_codes *codes = b->codes;
	struct cube_column **columns = b->columns;
	size_t before = b->slot_count;
	if (slot_count <= before)
		return;
	make_slots(b, slot_count);
	memcpy(b->codes, codes, before * sizeof *codes);
	memcpy(b->columns, columns, before * sizeof(struct cube_column *));
	free_slots(b->memory, codes, columns, before);
}

/* For all rows that there are and this one. */
static uint32_t room_with(const struct cube_block *b, uint32_t row)
{
	uint32_t room = FIRST_ROWS, rows = row < b->rows ? b->rows : row + 1;
	while (room < rows)
		room *= 2;
	return room;
}

static uint32_t width_for(const struct cube_block *b, size_t slot, uint32_t largest)
{
	switch (kind_of(b, slot)) {
	case SLOT_PLAIN_1:
		return 1;
	case SLOT_PLAIN_4:
		return 4;
	case SLOT_OWNERS:
		return cube_bytes_of(largest);
	case SLOT_CODES:
	case SLOT_NUMBERS:
		break;
	}
	return cube_width_of(largest);
}

static void set_column(struct cube_block *b, size_t slot, struct cube_column *c, uint32_t base)
{
	cube_column_drop(b->columns[slot]);
	b->columns[slot] = c;
	b->codes[slot] =
	    (struct cube_codes){ .at = c->at, .width = c->width, .base = base, .column = c };
}

static uint32_t largest_of(const struct cube_block *b, size_t slot)
{
	uint32_t largest = 0;
	for (uint32_t i = 0; i < b->rows; i++) {
		uint32_t value = cube_code(b->codes[slot], i);
		largest = value > largest ? value : largest;
	}
	return largest;
}

/* A column of its own, without a base, that has room for the row and is wide enough for the value. */
static void remake(struct cube_block *b, size_t slot, uint32_t row, uint32_t value)
{
	uint32_t largest = kind_of(b, slot) > SLOT_PLAIN_4 ? largest_of(b, slot) : 0;
	uint32_t width = width_for(b, slot, value > largest ? value : largest);
	struct cube_column *c = cube_column_new(b->memory, width, room_with(b, row));
	for (uint32_t i = 0; i < b->rows; i++)
		cube_number_put(c->at, width, i, cube_code(b->codes[slot], i));
	set_column(b, slot, c, 0);
}

/* The same numbers in a column that no one else holds, with room for the row. */
static void copy_column(struct cube_block *b, size_t slot, uint32_t row)
{
	struct cube_column *old = b->columns[slot];
	struct cube_column *c = cube_column_new(b->memory, old->width, room_with(b, row));
	memcpy(c->at, old->at, (size_t)old->width * b->rows);
	set_column(b, slot, c, b->codes[slot].base);
}

static bool fits(const struct cube_codes *codes, uint32_t value)
{
	if (value == 0 || codes->width == 4)
		return value == 0 || value > codes->base;
	return value > codes->base && value - codes->base < UINT32_C(1) << 8 * codes->width;
}

void cube_block_put_slowly(struct cube_block *b, size_t slot, uint32_t row, uint32_t value)
{
	struct cube_codes *codes = &b->codes[slot];
	struct cube_column *c = b->columns[slot];
	if (!c && kind_of(b, slot) > SLOT_PLAIN_4) {
		if (b->rows == 0)
			codes->base = value;
		if (value == codes->base)
			return;
	}
	if (!c || !fits(codes, value))
		remake(b, slot, row, value);
	else if (row >= c->rows || (row < b->shown && atomic_load(&c->holds) > 1))
		copy_column(b, slot, row);
	else if (row < b->shown)
		cube_column_forget(c);
	c = b->columns[slot];
	cube_number_put(c->at, c->width, row, value ? value - codes->base : 0);
}

void cube_block_put_id(struct cube_block *b, int64_t id)
{
	if (b->rows >= b->ids->cap) {
		struct cube_ids *bigger = cube_ids_grow(b->ids, b->rows, 2 * b->ids->cap);
		cube_ids_drop(b->ids);
		b->ids = bigger;
	}
	b->ids->whole[b->rows] = id;
	if (b->rows && id < b->max_id)
		b->ids_sorted = false;
	b->min_id = id < b->min_id ? id : b->min_id;
	b->max_id = id > b->max_id ? id : b->max_id;
}

void cube_block_end_row(struct cube_block *b)
{
	MUST(b->rows < CUBE_CHUNK_ROWS);
	b->rows++;
}

void cube_block_see_time(struct cube_block *b, int32_t time)
{
	b->min_time = time < b->min_time ? time : b->min_time;
	b->max_time = time > b->max_time ? time : b->max_time;
}

static void seal_slot(struct cube_block *b, size_t slot)
{
	struct cube_codes codes = b->codes[slot];
	uint32_t low = UINT32_MAX, high = 0, same = 1;
	uint32_t first = cube_code(codes, 0);
	for (uint32_t i = 0; i < b->rows; i++) {
		uint32_t value = cube_code(codes, i);
		low = value && value < low ? value : low;
		high = value > high ? value : high;
		same &= value == first;
	}
	if (same) {
		cube_column_drop(b->columns[slot]);
		b->columns[slot] = NULL;
		b->codes[slot] = (struct cube_codes){ .base = first };
		return;
	}
	uint32_t base = kind_of(b, slot) >= SLOT_NUMBERS ? low - 1 : 0;
	struct cube_column *c =
	    cube_column_new(b->memory, width_for(b, slot, high - base), b->rows);
	for (uint32_t i = 0; i < b->rows; i++) {
		uint32_t value = cube_code(codes, i);
		cube_number_put(c->at, c->width, i, value ? value - base : 0);
	}
	set_column(b, slot, c, base);
}

void cube_block_seal(struct cube_block *b)
{
	for (size_t i = 0; i < b->slot_count; i++)
		if (kind_of(b, i) > SLOT_PLAIN_4 && b->columns[i])
			seal_slot(b, i);
	struct cube_ids *packed = b->ids ? cube_ids_pack(b->ids, b->rows) : NULL;
	if (!packed)
		return;
	cube_ids_drop(b->ids);
	b->ids = packed;
}

bool cube_block_take_column(struct cube_block *b, size_t slot, struct cube_column *c, uint32_t base)
{
	bool is_plain = kind_of(b, slot) <= SLOT_PLAIN_4;
	if (c)
		set_column(b, slot, c, base);
	else
		b->codes[slot] = (struct cube_codes){ .base = base };
	return !is_plain || (c && !base && c->width == width_for(b, slot, 0));
}
