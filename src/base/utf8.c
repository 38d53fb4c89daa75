/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/utf8.h"

#include <string.h>

#include "base/arena.h"

size_t utf8_decode(Str s, uint32_t *code_point)
{
	if (s.len == 0)
		return 0;
	const unsigned char *b = (const unsigned char *)s.at;
	if (b[0] < 0x80) {
		*code_point = b[0];
		return 1;
	}
	size_t len = b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : 2;
	if (b[0] < 0xC2 || b[0] > 0xF4 || len > s.len)
		return 0;
	uint32_t cp = b[0] & (0xFFu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((b[i] & 0xC0) != 0x80)
			return 0;
		cp = cp << 6 | (b[i] & 0x3F);
	}
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	if (cp < least[len] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		return 0;
	*code_point = cp;
	return len;
}

size_t utf8_encode(uint32_t cp, char out[static 4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	size_t len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	for (size_t i = len - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (cp & 0x3F));
		cp >>= 6;
	}
	out[0] = (char)((0xF00u >> len) | cp);
	return len;
}

size_t utf8_ascii_prefix(Str s)
{
	size_t used = 0;
	uint64_t word;
	while (s.len - used >= sizeof word) {
		memcpy(&word, s.at + used, sizeof word);
		if (word & UINT64_C(0x8080808080808080))
			break;
		used += sizeof word;
	}
	while (used < s.len && (unsigned char)s.at[used] < 0x80)
		used++;
	return used;
}

bool utf8_is_valid(Str s)
{
	uint32_t cp;
	while (s.len) {
		s = str_from(s, utf8_ascii_prefix(s));
		if (s.len == 0)
			break;
		size_t len = utf8_decode(s, &cp);
		if (len == 0)
			return false;
		s = str_from(s, len);
	}
	return true;
}

size_t utf8_count(Str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len; i++)
		count += ((unsigned char)s.at[i] & 0xC0) != 0x80;
	return count;
}

Str utf8_prefix(Str s, size_t bytes)
{
	uint32_t cp;
	size_t used = 0, len;
	while (used < s.len && (len = utf8_decode(str_from(s, used), &cp)) > 0 &&
	       used + len <= bytes)
		used += len;
	return str_slice(s, 0, used);
}

size_t utf8_copy_valid(char *out, size_t cap, Str s)
{
	size_t used = 0;
	while (s.len) {
		uint32_t cp;
		size_t len = utf8_decode(s, &cp);
		size_t take = len ? len : 1;
		if (used + take >= cap)
			break;
		if (len)
			memmove(out + used, s.at, len); /* err.path may be set from itself */
		else
			out[used] = '?';
		used += take;
		s = str_from(s, take);
	}
	out[used] = '\0';
	return used;
}

Str utf8_mended(struct arena *a, Str s)
{
	static const Str replacement = { "\xEF\xBF\xBD", 3 };
	char *out = arena_alloc(a, s.len * 3 + 1);
	size_t used = 0;
	while (s.len) {
		uint32_t cp;
		size_t len = utf8_decode(s, &cp);
		Str put = len && cp ? str_slice(s, 0, len) : replacement;
		memcpy(out + used, put.at, put.len);
		used += put.len;
		s = str_from(s, len ? len : 1);
	}
	return (Str){ out, used };
}

/* Windows-1252 where it differs from ISO 8859-1; 0 is undefined there and becomes U+FFFD. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

Str utf8_from_latin1(struct arena *a, Str latin1)
{
	char *out = arena_alloc(a, latin1.len * 3 + 1);
	size_t used = 0;
	for (size_t i = 0; i < latin1.len; i++) {
		uint32_t cp = (unsigned char)latin1.at[i];
		if (cp >= 0x80 && cp < 0xA0)
			cp = windows_1252[cp - 0x80] ? windows_1252[cp - 0x80] : 0xFFFD;
		char bytes[4];
		size_t len = utf8_encode(cp, bytes);
		memcpy(out + used, bytes, len);
		used += len;
	}
	return (Str){ out, used };
}
