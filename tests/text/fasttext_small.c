/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fasttext_small.h"

#include <string.h>

static void put(struct buf *out, uint64_t n, size_t bytes)
{
	for (; bytes-- > 0; n >>= 8)
		buf_add_char(out, (char)n);
}

static void put_float(struct buf *out, float f)
{
	uint32_t bits;
	memcpy(&bits, &f, sizeof bits);
	put(out, bits, 4);
}

static void put_entry(struct buf *out, const char *word, uint64_t count, uint64_t type)
{
	buf_add(out, str_of(word));
	put(out, 0, 1);
	put(out, count, 8);
	put(out, type, 1);
}

void fasttext_small(struct buf *out, int loss, int bucket)
{
	const int shape[] = { 793712314, 12, 2,  5, 5, 1, 5, 1, loss, 3, FASTTEXT_SMALL_BUCKETS,
		              2,         3,  100 };
	for (size_t i = 0; i < sizeof shape / sizeof shape[0]; i++)
		put(out, (uint64_t)shape[i], 4);
	put(out, 0, 8);
	put(out, 5, 4);
	put(out, 3, 4);
	put(out, 2, 4);
	put(out, 100, 8);
	put(out, 1, 8);
	put_entry(out, "</s>", 50, 0);
	put_entry(out, "yes", 30, 0);
	put_entry(out, "no", 20, 0);
	put_entry(out, "__label__good", 60, 1);
	put_entry(out, "__label__bad", 40, 1);
	put(out, (uint64_t)bucket, 4);
	put(out, 0, 4);
	/* Four rows of two parts: centroid c of each part is (c - 2). */
	put(out, 1, 1);
	put(out, 1, 1);
	put(out, 4, 8);
	put(out, 2, 8);
	put(out, 8, 4);
	put(out, 0x0103000401030202,
	    8); /* "</s>" 0 0, "yes" 1 -1, "no" 2 -2 in reverse, n-gram 1 -1 */
	put(out, 2, 4);
	put(out, 2, 4);
	put(out, 1, 4);
	put(out, 1, 4);
	for (int i = 0; i < 512; i++)
		put_float(out, (float)(i % 256 - 2));
	put(out, 0, 4); /* every norm is 1.5 */
	put(out, 1, 4);
	put(out, 1, 4);
	put(out, 1, 4);
	put(out, 1, 4);
	for (int i = 0; i < 256; i++)
		put_float(out, 1.5F);
	put(out, 0, 1);
	put(out, 2, 8);
	put(out, 2, 8);
	put_float(out, 1);
	put_float(out, 0);
	put_float(out, 0);
	put_float(out, 1);
}
