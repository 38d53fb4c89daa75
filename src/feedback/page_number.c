/* feedback/page_number.c - six bytes of milliseconds and twelve random ones, in base64url. */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/page_number.h"

#include "base/arena.h"
#include "base/b64.h"
#include "base/clock.h"
#include "base/rng.h"

#define TIME_BYTES  6
#define BYTES       18
#define MILLISECOND (CLOCK_SECOND / 1000)

Str page_number_make(struct arena *a, int64_t now)
{
	unsigned char bytes[BYTES];
	rng_bytes(bytes, sizeof bytes);
	int64_t ms = now / MILLISECOND;
	for (size_t i = TIME_BYTES; i-- > 0; ms >>= 8)
		bytes[i] = (unsigned char)(ms & 0xff);
	char *text = arena_alloc(a, B64_LEN(BYTES));
	b64_encode(bytes, sizeof bytes, text);
	return (Str){ text, B64_LEN(BYTES) };
}

static bool decode(Str text, unsigned char out[static BYTES])
{
	size_t len;
	return text.len == B64_LEN(BYTES) && b64_decode(text, out, BYTES, &len) && len == BYTES;
}

bool page_number_is(Str text)
{
	unsigned char bytes[BYTES];
	return decode(text, bytes);
}

int64_t page_number_time(Str text)
{
	unsigned char bytes[BYTES];
	int64_t ms = 0;
	if (!decode(text, bytes))
		return 0;
	for (size_t i = 0; i < TIME_BYTES; i++)
		ms = ms << 8 | bytes[i];
	return ms * MILLISECOND;
}
