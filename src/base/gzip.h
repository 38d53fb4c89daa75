/* base/gzip.h - compresses a text as a whole, in the format of gzip.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* False when it would not be smaller; *out, in the arena, was not touched then. */
MUST_USE bool gzip_pack(struct arena *a, Str text, Str *out);

#endif
