/* base/pages.h - much memory for a moment: in large pages where the system has them, so that it need not be asked for every
 * four kilobytes that are touched first.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

#define PAGES_SIZE ((size_t)2 << 20) /* what it comes in */

/* Rounded up to PAGES_SIZE, uninitialised; dies when there is none. The caller frees with free(). */
void *pages_new(size_t size) __attribute__((malloc, returns_nonnull));

#endif
