/* base/die.h - the end of a process that has a bug or no memory.
 *
 * MUST checks what only a bug of ours can break; it stays on in release builds. Bad input, a full disk and
 * a lost connection are never a MUST: they are a struct err.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_DIE_H
#define BASE_DIE_H

#include <stddef.h>

_Noreturn void die(const char *file, int line, const char *what);

#define MUST(condition) ((condition) ? (void)0 : die(__FILE__, __LINE__, #condition))
#define UNREACHABLE()   die(__FILE__, __LINE__, "unreachable code was reached")

/* malloc, calloc and realloc that die when there is no memory: every size that reaches them is capped
 * at the edge. The caller frees with free(). */
void *mem_alloc(size_t size) __attribute__((malloc, returns_nonnull));
void *mem_zeroed(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *mem_resize(void *old, size_t size) __attribute__((returns_nonnull));
char *mem_copy(const char *text) __attribute__((malloc, returns_nonnull));

#endif
