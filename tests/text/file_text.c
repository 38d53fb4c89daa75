/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/text/file_text.h"

#include "base/buf.h"
#include "base/die.h"

#define BYTES_MAX ((size_t)256 << 20)

Str file_text_rest(struct arena *a, FILE *in)
{
	struct buf *b = buf_in(a, BYTES_MAX);
	char piece[65536];
	size_t got;
	while ((got = fread(piece, 1, sizeof piece, in)) > 0)
		MUST(buf_add(b, (Str){ piece, got }));
	return buf_str(b);
}

Str file_text(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	MUST(f);
	Str text = file_text_rest(a, f);
	fclose(f);
	return text;
}
