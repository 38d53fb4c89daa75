/* base/arena.h - memory of one request, job or load, given back at once.
 *
 * An arena is always a parameter, never an implicit "current" one, and belongs to one thread at a time.
 * Allocation cannot fail: no memory ends the process, which is safe because every input is capped at the
 * edge. In sanitizer builds (ARENA_EACH_ITS_OWN) each allocation is its own malloc block, so that
 * AddressSanitizer sees a one-byte overrun inside an arena.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;

/* Zero-initialise or call arena_init; both are an empty arena that owns nothing. */
struct arena {
	struct arena_block *newest;
	size_t bytes; /* handed out since the last reset */
};

/* Runs when the arena is freed or reset, newest first. */
typedef void (*arena_cleanup_fn)(void *what);

void arena_init(struct arena *a);
void arena_free(struct arena *a); /* everything given back; usable again */

/* Uninitialised memory aligned for any type. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((malloc, returns_nonnull));
void *arena_zeroed(struct arena *a, size_t count, size_t size)
    __attribute__((malloc, returns_nonnull));
/* Calls fn(what) when the arena goes: for what must not outlive it but is not its memory. */
void arena_defer(struct arena *a, arena_cleanup_fn fn, void *what);

#define ARENA_NEW(a, type)          ((type *)arena_zeroed((a), 1, sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_zeroed((a), (count), sizeof(type)))

#endif
