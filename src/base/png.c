/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/png.h"

#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/die.h"

#define CHUNK_EXTRA 12 /* length, name and checksum */
#define FILE_MAX    ((size_t)8 << 20)

static void put_be32(char *to, uint32_t value)
{
	for (size_t i = 0; i < 4; i++)
		to[i] = (char)(unsigned char)(value >> (8 * (3 - i)));
}

static void put_chunk(struct buf *out, const char name[static 4], Str data)
{
	char *to = buf_room(out, data.len + CHUNK_EXTRA);
	MUST(to);
	put_be32(to, (uint32_t)data.len);
	memcpy(to + 4, name, 4);
	if (data.len)
		memcpy(to + 8, data.at, data.len);
	uint32_t sum = (uint32_t)crc32(0, (const unsigned char *)to + 4, (unsigned)(data.len + 4));
	put_be32(to + 8 + data.len, sum);
	out->len += data.len + CHUNK_EXTRA;
}

/* Rows of bits, the leftmost pixel highest, each behind the number of its filter: none. A bit that is set is white. */
static Str pack(struct arena *a, const unsigned char *pixels, size_t width, size_t height)
{
	size_t row = 1 + (width + 7) / 8;
	unsigned char *bits = arena_alloc(a, row * height);
	memset(bits, 0, row * height);
	for (size_t y = 0; y < height; y++)
		for (size_t x = 0; x < width; x++)
			if (!pixels[y * width + x])
				bits[y * row + 1 + x / 8] |= (unsigned char)(0x80 >> x % 8);
	return (Str){ (const char *)bits, row * height };
}

static Str squeeze(struct arena *a, Str bytes)
{
	uLongf len = compressBound(bytes.len);
	char *to = arena_alloc(a, len);
	MUST(compress2((Bytef *)to, &len, (const Bytef *)bytes.at, bytes.len, Z_BEST_COMPRESSION) ==
	     Z_OK);
	return (Str){ to, len };
}

Str png_write(struct arena *a, const unsigned char *pixels, size_t width, size_t height)
{
	MUST(width >= 1 && width <= PNG_EDGE_MAX && height >= 1 && height <= PNG_EDGE_MAX);
	struct buf *out = buf_in(a, FILE_MAX);
	char head[13] = { 0 };
	put_be32(head, (uint32_t)width);
	put_be32(head + 4, (uint32_t)height);
	head[8] = 1; /* bits a pixel; 0 behind it: shades of grey */
	buf_add(out, STR("\x89PNG\r\n\x1a\n"));
	put_chunk(out, "IHDR", (Str){ head, sizeof head });
	put_chunk(out, "IDAT", squeeze(a, pack(a, pixels, width, height)));
	put_chunk(out, "IEND", STR(""));
	MUST(!out->overflowed);
	return buf_str(out);
}
