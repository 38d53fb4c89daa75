/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/die.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *file, int line, const char *what)
{
	fprintf(stderr, "heed: a bug, please report it: %s:%d: %s\n", file, line, what);
	fflush(stderr);
	abort();
}

void *mem_alloc(size_t size)
{
	void *p = malloc(size ? size : 1);
	if (!p)
		die(__FILE__, __LINE__, "out of memory");
	return p;
}

void *mem_zeroed(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);
	if (!p)
		die(__FILE__, __LINE__, "out of memory");
	return p;
}

void *mem_resize(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);
	if (!p)
		die(__FILE__, __LINE__, "out of memory");
	return p;
}

char *mem_copy(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(mem_alloc(size), text, size);
}
