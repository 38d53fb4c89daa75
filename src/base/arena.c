/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"

/* A block holds its data behind itself. A block with a cleanup holds nothing else. */
struct arena_block {
	struct arena_block *older;
	size_t used, size;
	arena_cleanup_fn cleanup;
	void *what;
	alignas(max_align_t) char data[];
};

#ifdef ARENA_EACH_ITS_OWN
static const size_t block_size = 0;
#else
static const size_t block_size = 8000;
#endif

void arena_init(struct arena *a)
{
	*a = (struct arena){ 0 };
}

void arena_free(struct arena *a)
{
	struct arena_block *block = a->newest;
	while (block) {
		struct arena_block *older = block->older;
		if (block->cleanup)
			block->cleanup(block->what);
		free(block);
		block = older;
	}
	arena_init(a);
}

static struct arena_block *block_add(struct arena *a, size_t size)
{
	struct arena_block *block = mem_alloc(sizeof *block + size);
	*block = (struct arena_block){ .older = a->newest, .size = size };
	a->newest = block;
	return block;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	MUST(size < SIZE_MAX / 2);
	a->bytes += size;
#ifndef ARENA_EACH_ITS_OWN
	size = (size + align - 1) / align * align;
#else
	(void)align;
#endif
	struct arena_block *block = a->newest;
	if (!block || block->size - block->used < size || block->size == 0)
		block = block_add(a, size > block_size ? size : block_size);
	void *p = block->data + block->used;
	block->used += size;
	return p;
}

void *arena_zeroed(struct arena *a, size_t count, size_t size)
{
	size_t total;
	MUST(!__builtin_mul_overflow(count, size, &total));
	return memset(arena_alloc(a, total), 0, total);
}

void arena_defer(struct arena *a, arena_cleanup_fn fn, void *what)
{
	struct arena_block *block = block_add(a, 0);
	block->cleanup = fn;
	block->what = what;
}
