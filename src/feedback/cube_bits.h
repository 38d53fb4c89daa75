/* feedback/cube_bits.h - a bit a row of a whole chunk: which rows have what a filter asks of one column, for who asks again.
 *
 * Made when somebody first asks, by whatever thread that is, and kept with the column at an eighth of a byte a row: it goes when the
 * column goes or changes. A column keeps CUBE_BITS_MAX of them, those that were asked first.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_BITS_H
#define FEEDBACK_CUBE_BITS_H

#include "feedback/cube_view.h"

#define CUBE_BITS_WORDS (CUBE_CHUNK_ROWS / 64)
#define CUBE_BITS_MAX   16u

struct cube_bits;
struct cube_memory;

/* The bits of whatever `what` means to the caller, who fills them from the column where nobody has yet. Good as long as the
 * column is. NULL: it keeps as many as it may. */
typedef void (*cube_bits_fn)(uint64_t bits[static CUBE_BITS_WORDS], const struct cube_codes *codes,
                             uint32_t what);
const uint64_t *cube_bits_of(const struct cube_codes *codes, uint32_t what, cube_bits_fn fill);
void cube_bits_free(struct cube_bits *bits, struct cube_memory *memory); /* NULL is fine */

#endif
