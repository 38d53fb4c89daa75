/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/bare.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/die.h"
#include "base/utf8.h"

/* Canonical decompositions are at most so long. */
#define PIECES_MAX 8

static bool is_mark(uint32_t c)
{
	return u_charType((UChar32)c) == U_NON_SPACING_MARK;
}

/* The letter under the marks of a composed one. */
static uint32_t letter_of(const UNormalizer2 *canonical, uint32_t c)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar pieces[PIECES_MAX];
	int32_t n = unorm2_getDecomposition(canonical, (UChar32)c, pieces, PIECES_MAX, &status);
	if (n < 2 || U_FAILURE(status) || !is_mark(pieces[1]))
		return c;
	return pieces[0];
}

Str bare_word(struct arena *a, Str folded)
{
	if (utf8_ascii_prefix(folded) == folded.len)
		return folded;
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *canonical = unorm2_getNFCInstance(&status);
	MUST(U_SUCCESS(status));
	char *out = arena_alloc(a, folded.len);
	size_t len = 0;
	uint32_t c;
	for (size_t at = 0, step; (step = utf8_decode(str_from(folded, at), &c)) > 0; at += step) {
		if (is_mark(c))
			continue;
		char letter[4];
		size_t size = utf8_encode(letter_of(canonical, c), letter);
		if (size > step)
			size = utf8_encode(c, letter);
		for (size_t i = 0; i < size; i++)
			out[len++] = letter[i];
	}
	return (Str){ out, len };
}
