/* base/utf8.h - UTF-8 as RFC 3629 defines it: no surrogates, no overlong forms, nothing above U+10FFFF.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Length in bytes (1 to 4) of the valid character at the start of s and its code point, or 0. */
size_t utf8_decode(Str s, uint32_t *code_point);
/* Writes 1 to 4 bytes of the code point, which must be valid; returns how many. */
size_t utf8_encode(uint32_t cp, char out[static 4]);
bool utf8_is_valid(Str s);
/* How many bytes at the start are ASCII: most text is done with that. */
size_t utf8_ascii_prefix(Str s);
size_t utf8_count(Str s); /* code points of valid text */
/* Longest valid prefix of at most `bytes` bytes that cuts no character. */
Str utf8_prefix(Str s, size_t bytes);
/* Copies what is valid (invalid bytes become '?') into out[cap], NUL-terminated, cutting no character.
 * Returns the length. cap >= 1. */
size_t utf8_copy_valid(char *out, size_t cap, Str s);
/* With U+FFFD for each byte that is NUL or of no UTF-8. */
Str utf8_mended(struct arena *a, Str s);
/* Text in ISO 8859-1 (Windows-1252 in 0x80-0x9F) as UTF-8. */
Str utf8_from_latin1(struct arena *a, Str latin1);

#endif
