/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/pages.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "base/die.h"

void *pages_new(size_t size)
{
	size = (size + PAGES_SIZE - 1) / PAGES_SIZE * PAGES_SIZE;
	void *p = aligned_alloc(PAGES_SIZE, size ? size : PAGES_SIZE);
	if (!p)
		die(__FILE__, __LINE__, "out of memory");
	(void)madvise(p, size, MADV_HUGEPAGE); /* where it is not known, pages are small */
	return p;
}
