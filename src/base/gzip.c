/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define ZLIB_CONST
#include "base/gzip.h"

#include <limits.h>
#include <zlib.h>

#define LEVEL      5
#define WINDOW_MIN 10 /* zlib's own least, 9, is broken */
#define WINDOW_MAX 15
#define AS_GZIP    16
#define MEMORY_BY  7 /* bits less than the window */

/* No longer than the text: a window costs memory, which is cleared first. */
static int window_for(size_t len)
{
	int bits = WINDOW_MIN;
	while (bits < WINDOW_MAX && ((size_t)1 << bits) < len)
		bits++;
	return bits;
}

bool gzip_pack(struct arena *a, Str text, Str *out)
{
	z_stream z = { 0 };
	int window = window_for(text.len);
	if (text.len == 0 || text.len > UINT_MAX ||
	    deflateInit2(&z, LEVEL, Z_DEFLATED, window + AS_GZIP, window - MEMORY_BY,
	                 Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	char *to = arena_alloc(a, text.len);
	z.next_in = (const unsigned char *)text.at;
	z.avail_in = (unsigned)text.len;
	z.next_out = (unsigned char *)to;
	z.avail_out = (unsigned)text.len;
	bool smaller = deflate(&z, Z_FINISH) == Z_STREAM_END;
	if (smaller)
		*out = (Str){ to, (size_t)z.total_out };
	deflateEnd(&z);
	return smaller;
}
