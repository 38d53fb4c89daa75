/* tests/text/file_text.h - all that a file holds, for tests and benches that read lists, corpora and models.
 *
 * The text lives in the arena. A file that cannot be opened or is larger than 256 MiB ends the program.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FILE_TEXT_H
#define FILE_TEXT_H

#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"

Str file_text(struct arena *a, const char *path);
/* To its end; the stream stays open. */
Str file_text_rest(struct arena *a, FILE *in);

#endif
