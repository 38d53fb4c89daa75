/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cube_bits.h"

#include "feedback/cube_column.h"

/* The newest first. */
struct cube_bits {
	struct cube_bits *older;
	uint32_t what, number; /* number: of those that are older */
	uint64_t at[CUBE_BITS_WORDS];
};

static struct cube_bits *find(struct cube_bits *newest, uint32_t what)
{
	struct cube_bits *bits = newest;
	while (bits && bits->what != what)
		bits = bits->older;
	return bits;
}

static struct cube_bits *bits_new(const struct cube_codes *codes, uint32_t what, cube_bits_fn fill)
{
	struct cube_bits *bits = cube_alloc(codes->column->memory, sizeof *bits);
	bits->what = what;
	fill(bits->at, codes, what);
	return bits;
}

static void drop(struct cube_bits *bits, struct cube_memory *memory)
{
	cube_free(memory, bits, sizeof *bits);
}

/* Of two threads that make the same at once, one's is kept. */
const uint64_t *cube_bits_of(const struct cube_codes *codes, uint32_t what, cube_bits_fn fill)
{
	struct cube_column *column = codes->column;
	struct cube_bits *newest = atomic_load_explicit(&column->bits, memory_order_acquire);
	struct cube_bits *known = find(newest, what), *made = NULL;
	while (!known && (!newest || newest->number + 1 < CUBE_BITS_MAX)) {
		made = made ? made : bits_new(codes, what, fill);
		made->older = newest;
		made->number = newest ? newest->number + 1 : 0;
		if (atomic_compare_exchange_strong_explicit(&column->bits, &newest, made,
		                                            memory_order_acq_rel,
		                                            memory_order_acquire))
			return made->at;
		known = find(newest, what);
	}
	drop(made, column->memory);
	return known ? known->at : NULL;
}

void cube_bits_free(struct cube_bits *bits, struct cube_memory *memory)
{
	while (bits) {
		struct cube_bits *older = bits->older;
		drop(bits, memory);
		bits = older;
	}
}
