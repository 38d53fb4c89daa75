/* base/png.h - black and white pictures as PNG: one bit a pixel, compressed by zlib.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_PNG_H
#define BASE_PNG_H

#include "base/arena.h"
#include "base/str.h"

#define PNG_EDGE_MAX 4096

/* `pixels` is width * height bytes, row by row: 0 is white, anything else black. Both edges are 1 to PNG_EDGE_MAX. The
 * file lives in the arena. */
Str png_write(struct arena *a, const unsigned char *pixels, size_t width, size_t height);

#endif
