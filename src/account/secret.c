/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account/secret.h"

#include "base/b64.h"
#include "base/hash.h"
#include "base/rng.h"

enum { ID_SIZE = 8, RANDOM_SIZE = 20, RAW_SIZE = ID_SIZE + RANDOM_SIZE };
_Static_assert(SECRET_CHARS == B64_LEN(RAW_SIZE), "no padding");

static Str hash_of(struct arena *a, const unsigned char *random)
{
	unsigned char *hash = arena_alloc(a, HASH_SIZE);
	hash_sha256((Str){ (const char *)random, RANDOM_SIZE }, hash);
	return (Str){ (const char *)hash, HASH_SIZE };
}

void secret_make(struct arena *a, int64_t workspace, Str *text, Str *hash)
{
	unsigned char raw[RAW_SIZE];
	char *out = arena_alloc(a, SECRET_CHARS);
	for (int i = 0; i < ID_SIZE; i++)
		raw[i] = (unsigned char)((uint64_t)workspace >> (56 - 8 * i));
	rng_bytes(raw + ID_SIZE, RANDOM_SIZE);
	b64_encode(raw, sizeof raw, out);
	*text = (Str){ out, SECRET_CHARS };
	*hash = hash_of(a, raw + ID_SIZE);
}

bool secret_parse(struct arena *a, Str text, int64_t *workspace, Str *hash)
{
	unsigned char raw[RAW_SIZE];
	size_t len;
	uint64_t id = 0;
	if (text.len != SECRET_CHARS || !b64_decode(text, raw, sizeof raw, &len) ||
	    len != sizeof raw)
		return false;
	for (int i = 0; i < ID_SIZE; i++)
		id = id << 8 | raw[i];
	if (id == 0 || id > INT64_MAX)
		return false;
	*workspace = (int64_t)id;
	*hash = hash_of(a, raw + ID_SIZE);
	return true;
}
