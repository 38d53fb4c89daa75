/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/runs.h"

#include "base/utf8.h"

size_t run_char(Str s, size_t at, uint32_t *cp)
{
	size_t len = utf8_decode(str_from(s, at), cp);
	if (len)
		return at + len;
	*cp = ' ';
	return at + 1;
}

static bool is_in(uint32_t cp, uint32_t first, uint32_t last)
{
	return cp >= first && cp <= last;
}

bool run_is_digit(uint32_t cp)
{
	return is_in(cp, '0', '9') || is_in(cp, 0x660, 0x669) || is_in(cp, 0x6F0, 0x6F9) ||
	       is_in(cp, 0x966, 0x96F) || is_in(cp, 0x9E6, 0x9EF) || is_in(cp, 0xFF10, 0xFF19);
}

bool run_is_invisible(uint32_t cp)
{
	return is_in(cp, 0x200B, 0x200F) || is_in(cp, 0x2060, 0x2064) || cp == 0xFEFF || cp == 0xAD;
}

bool run_is_space(uint32_t cp)
{
	return cp <= ' ' || cp == 0x85 || cp == 0xA0 || is_in(cp, 0x2000, 0x200A) || cp == 0x2028 ||
	       cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

/* Letters, marks and digits, as far as words go: whatever is neither space nor a mark of punctuation. */
bool run_is_word(uint32_t cp)
{
	if (cp < 0x80)
		return is_in(cp | 0x20, 'a', 'z') || is_in(cp, '0', '9') || cp == '_';
	return !run_is_space(cp) && !is_in(cp, 0x80, 0xA9) && !is_in(cp, 0xAB, 0xB4) &&
	       !is_in(cp, 0xB6, 0xB9) && !is_in(cp, 0xBB, 0xBF) && !is_in(cp, 0x2010, 0x206F) &&
	       !is_in(cp, 0x3001, 0x3004) && !is_in(cp, 0x3008, 0x3020) &&
	       !is_in(cp, 0xFF01, 0xFF0F) && !is_in(cp, 0xFF1A, 0xFF20) &&
	       !is_in(cp, 0xFF3B, 0xFF40) && !is_in(cp, 0xFF5B, 0xFF65) && cp != 0x60C &&
	       cp != 0x61B && cp != 0x61F && cp != 0x6D4 && cp != 0x964 && cp != 0x965;
}

/* Where words are not set apart by spaces. */
bool run_is_unspaced(uint32_t cp)
{
	return is_in(cp, 0x0E00, 0x0EFF) || is_in(cp, 0x1000, 0x109F) ||
	       is_in(cp, 0x1780, 0x17FF) || is_in(cp, 0x3040, 0x30FF) ||
	       is_in(cp, 0x3400, 0x9FFF) || is_in(cp, 0xAC00, 0xD7AF) ||
	       is_in(cp, 0xF900, 0xFAFF) || is_in(cp, 0x20000, 0x3FFFF);
}

/* The next run of characters that are (not) of a kind: false at the end. */
bool run_next(Str s, size_t *position, bool (*is)(uint32_t), size_t *from, size_t *to)
{
	size_t at = *position, begin = s.len;
	uint32_t cp;
	while (at < s.len) {
		size_t after = run_char(s, at, &cp);
		if (is(cp) && begin == s.len)
			begin = at;
		if (!is(cp) && begin != s.len)
			break;
		at = after;
	}
	*position = at;
	*from = begin;
	*to = at;
	return begin < s.len;
}

bool run_is_no_space(uint32_t cp)
{
	return !run_is_space(cp);
}
