/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/b64.h"

#include "base/arena.h"
#include "base/die.h"
#include "base/rng.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void b64_encode(const void *bytes, size_t len, char *out)
{
	const unsigned char *from = bytes;
	uint32_t bits = 0;
	int have = 0;
	for (size_t i = 0; i < len; i++) {
		bits = bits << 8 | from[i];
		for (have += 8; have >= 6; have -= 6)
			*out++ = alphabet[bits >> (have - 6) & 63];
	}
	if (have > 0)
		*out = alphabet[bits << (6 - have) & 63];
}

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '-' ? 62 : c == '_' ? 63 : -1;
}

static bool is_strict(Str text)
{
	static const int unused_bits[] = { 0, 0, 15, 3 };
	if (text.len % 4 == 1)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (value_of(text.at[i]) < 0)
			return false;
	return text.len == 0 || (value_of(text.at[text.len - 1]) & unused_bits[text.len % 4]) == 0;
}

bool b64_decode(Str text, void *out, size_t cap, size_t *len)
{
	size_t bytes = text.len / 4 * 3 + text.len % 4 * 3 / 4;
	if (bytes > cap || !is_strict(text))
		return false;
	unsigned char *to = out;
	uint32_t bits = 0;
	int have = 0;
	for (size_t i = 0; i < text.len; i++) {
		bits = bits << 6 | (uint32_t)value_of(text.at[i]);
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		*to++ = (unsigned char)(bits >> have);
	}
	*len = bytes;
	return true;
}

Str b64_random(struct arena *a, size_t len)
{
	unsigned char raw[64];
	MUST(len <= sizeof raw);
	char *text = arena_alloc(a, B64_LEN(len));
	rng_bytes(raw, len);
	b64_encode(raw, len, text);
	return (Str){ text, B64_LEN(len) };
}
