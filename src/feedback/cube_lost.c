/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_lost.h"

/* Rare texts cost a look through chunks of the column each: after so many chunks it is taken that one was lost. */
#define CHUNKS_MAX 1024

static bool block_has(const struct cube_block *b, size_t slot, uint32_t code)
{
	if (slot >= b->slot_count)
		return false;
	const struct cube_codes codes = b->codes[slot];
	if (!codes.at)
		return b->rows > 0 && codes.base == code;
	for (uint32_t i = 0; i < b->rows; i++)
		if (cube_number(codes.at, codes.width, i) == code)
			return true;
	return false;
}

/* What is common is found at once. */
static bool somebody_has(struct cube *cube, const struct cube_table *table, size_t slot,
                         uint32_t code)
{
	for (size_t i = table->count; i-- > 0 && cube->lost_looks < CHUNKS_MAX;) {
		if (block_has(table->blocks[i], slot, code))
			return true;
		cube->lost_looks++;
	}
	return false;
}

void cube_lose(struct cube *cube, struct cube_table *table, size_t slot, uint32_t row)
{
	uint32_t code = cube_table_get(table, slot, row);
	cube_table_set(table, slot, row, 0);
	if (code && !cube->has_lost_texts)
		cube->has_lost_texts = !somebody_has(cube, table, slot, code);
}
