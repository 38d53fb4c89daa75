/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/hash.h"

#include <sodium.h>

_Static_assert(HASH_SIZE == crypto_hash_sha256_BYTES, "SHA-256 has 32 bytes");

void hash_sha256(Str bytes, unsigned char out[static HASH_SIZE])
{
	crypto_hash_sha256(out, (const unsigned char *)(bytes.at ? bytes.at : ""), bytes.len);
}
