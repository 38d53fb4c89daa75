/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/hash.h"

#include <sodium.h>

_Static_assert(HASH_SIZE == crypto_hash_sha256_BYTES, "SHA-256 has 32 bytes");

void hash_sha256(Str bytes, unsigned char out[static HASH_SIZE])
{
	crypto_hash_sha256(out, (const unsigned char *)(bytes.at ? bytes.at : ""), bytes.len);
}

void hash_hex(const unsigned char hash[static HASH_SIZE], char out[static 2 * HASH_SIZE + 1])
{
	sodium_bin2hex(out, 2 * HASH_SIZE + 1, hash, HASH_SIZE);
}
