/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_column.h"

#include <stdlib.h>

#include "base/die.h"

void *cube_alloc(struct cube_memory *memory, size_t size)
{
	atomic_fetch_add_explicit(&memory->bytes, size, memory_order_relaxed);
	return mem_alloc(size);
}

void cube_free(struct cube_memory *memory, void *what, size_t size)
{
	if (!what)
		return;
	atomic_fetch_sub_explicit(&memory->bytes, size, memory_order_relaxed);
	free(what);
}

uint32_t cube_width_of(uint32_t largest)
{
	return largest <= UINT8_MAX ? 1 : largest <= UINT16_MAX ? 2 : 4;
}

uint32_t cube_bytes_of(uint32_t largest)
{
	return largest > UINT16_MAX && largest < UINT32_C(1) << 24 ? 3 : cube_width_of(largest);
}

static size_t size_of(uint32_t width, uint32_t rows)
{
	return sizeof(struct cube_column) + (size_t)width * rows;
}

struct cube_column *cube_column_new(struct cube_memory *memory, uint32_t width, uint32_t rows)
{
	struct cube_column *c = cube_alloc(memory, size_of(width, rows));
	atomic_init(&c->holds, 1);
	c->width = width;
	c->rows = rows;
	c->memory = memory;
	atomic_init(&c->order, NULL);
	atomic_init(&c->asked, 0);
	atomic_init(&c->bits, NULL);
	return c;
}

struct cube_column *cube_column_hold(struct cube_column *c)
{
	if (c)
		atomic_fetch_add_explicit(&c->holds, 1, memory_order_relaxed);
	return c;
}

void cube_column_drop(struct cube_column *c)
{
	if (!c || atomic_fetch_sub_explicit(&c->holds, 1, memory_order_acq_rel) != 1)
		return;
	cube_column_forget(c);
	cube_free(c->memory, c, size_of(c->width, c->rows));
}

void cube_column_forget(struct cube_column *c)
{
	cube_order_free(atomic_load_explicit(&c->order, memory_order_acquire), c->memory);
	atomic_store_explicit(&c->order, NULL, memory_order_release);
	atomic_store_explicit(&c->asked, 0, memory_order_relaxed);
	cube_bits_free(atomic_load_explicit(&c->bits, memory_order_acquire), c->memory);
	atomic_store_explicit(&c->bits, NULL, memory_order_release);
}
