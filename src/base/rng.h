/* base/rng.h - randomness from the kernel, for tokens, keys and salts. Cannot fail on the Linux we run on.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stddef.h>

void rng_bytes(void *out, size_t len);

#endif
