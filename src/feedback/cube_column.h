/* feedback/cube_column.h - one column of a chunk: numbers of one width, shared by whoever holds it.
 *
 * Rows that nobody was shown may be written in place; before another one is changed the column is copied, unless only one
 * block holds it. Its bytes count in the registry's memory.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_COLUMN_H
#define FEEDBACK_CUBE_COLUMN_H

#include "feedback/cube_bits.h"
#include "feedback/cube_order.h"
#include "feedback/cube_view.h"

#include <stdatomic.h>

/* What all cubes take, with the views that are still held. */
struct cube_memory {
	_Atomic size_t bytes;
	_Atomic uint64_t cubes; /* that were made so far */
};

void *cube_alloc(struct cube_memory *memory, size_t size) __attribute__((returns_nonnull));
void cube_free(struct cube_memory *memory, void *what, size_t size); /* NULL is fine */

struct cube_column {
	_Atomic unsigned holds;
	uint32_t width, rows; /* bytes each; rows that it has room for */
	struct cube_memory *memory;
	_Atomic(struct cube_order *) order; /* cube_order_of's */
	_Atomic unsigned asked;             /* cube_order_worth's */
	_Atomic(struct cube_bits *) bits;   /* cube_bits_of's */
	_Alignas(16) unsigned char at[];
};

struct cube_column *cube_column_new(struct cube_memory *memory, uint32_t width, uint32_t rows);
struct cube_column *cube_column_hold(struct cube_column *c); /* NULL is fine */
void cube_column_drop(struct cube_column *c);                /* NULL is fine */

/* Before rows that somebody has seen are changed, by the only one who holds it. */
void cube_column_forget(struct cube_column *c);

/* 1, 2 or 4; or with 3 between them. */
uint32_t cube_width_of(uint32_t largest);
uint32_t cube_bytes_of(uint32_t largest);

static inline void cube_number_put(void *at, uint32_t width, size_t row, uint32_t value)
{
	if (width == 1)
		((uint8_t *)at)[row] = (uint8_t)value;
	else if (width == 2)
		((uint16_t *)at)[row] = (uint16_t)value;
	else if (width == 4)
		((uint32_t *)at)[row] = value;
	else
		for (size_t i = 0; i < 3; i++)
			((uint8_t *)at)[3 * row + i] = (uint8_t)(value >> 8 * i);
}

#endif
