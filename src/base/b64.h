/* base/b64.h - base64url without padding (RFC 4648, 5): tokens and cursors in addresses.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_B64_H
#define BASE_B64_H

#include <stdbool.h>

#include "base/str.h"

struct arena;

/* Characters that `len` bytes need. */
#define B64_LEN(len) (((len)*4 + 2) / 3)

/* Writes B64_LEN(len) characters and no NUL. */
void b64_encode(const void *bytes, size_t len, char *out);
/* `len` random bytes (base/rng) as text in the arena: nonces, numbers of shown pages. */
Str b64_random(struct arena *a, size_t len);
/* Strict: no padding, no line ends, unused bits are zero, so that each value has one text. False when it is not
 * that, or when it holds more than `cap` bytes; then nothing was written. */
bool b64_decode(Str text, void *out, size_t cap, size_t *len);

#endif
