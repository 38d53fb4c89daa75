/* text/runs.h - runs of characters of one kind, in any script, as they are typed rather than as Unicode parts words.
 *
 * Any bytes may come: what is not UTF-8 counts as a space.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TEXT_RUNS_H
#define TEXT_RUNS_H

#include "base/str.h"

/* The character at `at` (a space for a byte that begins none); gives where the next one begins. */
size_t run_char(Str s, size_t at, uint32_t *cp);

bool run_is_digit(uint32_t cp); /* of scripts in which people write numbers */
bool run_is_invisible(uint32_t cp);
bool run_is_space(uint32_t cp);
bool run_is_no_space(uint32_t cp);
/* Letters, marks and digits, as far as words go: whatever is neither space nor a mark of punctuation. */
bool run_is_word(uint32_t cp);
/* Of scripts whose words are not set apart by spaces. */
bool run_is_unspaced(uint32_t cp);

/* The next run of characters that are of a kind, from *position on, which goes behind it: false at the end. */
bool run_next(Str s, size_t *position, bool (*is)(uint32_t), size_t *from, size_t *to);

#endif
