/* feedback/cube_file.h - a private file of numbers with a sum over them: written once from front to end, and read so.
 *
 * A file that was cut short or damaged is found out when its end is read: until then what it gave may be anything, but never
 * more than is in the file. What was put in one piece is got in one piece. One thread a file.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_FILE_H
#define FEEDBACK_CUBE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct cube_file;

/* Written with mode 0600 over whatever was there. A failure is told at the end. */
struct cube_file *cube_file_make(const char *path);
void cube_file_put(struct cube_file *f, const void *what, size_t size);
void cube_file_put_number(struct cube_file *f, int64_t number);
/* Closes it, durable; false: a write failed, and the file is of no use. */
MUST_USE bool cube_file_end(struct cube_file *f, struct err *err);

/* NULL: there is none, or it cannot be read. cube_file_close. */
struct cube_file *cube_file_open(const char *path);
/* False: it has no more. Nothing is given from then on. */
MUST_USE bool cube_file_get(struct cube_file *f, void *out, size_t size);
/* 0 <= number <= max, or false. */
MUST_USE bool cube_file_get_number(struct cube_file *f, int64_t max, int64_t *out);
/* So many things of a size that the file could still have them. */
MUST_USE bool cube_file_get_count(struct cube_file *f, size_t size, size_t *out);
/* All was read, and is as it was written. */
bool cube_file_is_whole(struct cube_file *f);
void cube_file_close(struct cube_file *f); /* NULL is fine */

#endif
