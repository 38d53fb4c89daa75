/* base/hash.h - SHA-256, for look-up by secret and for telling contents apart. No MAC and no password hash.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

#define HASH_SIZE 32

void hash_sha256(Str bytes, unsigned char out[static HASH_SIZE]);

#endif
