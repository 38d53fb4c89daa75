/* train/rows.h - rows of the labelled sets that models are trained on, and of our own sentences.
 *
 * The sets are no part of the project: HEED_DEV_DATA says where they are (../shared/data/dev). A trainer ends with a sentence
 * when one is missing. Files may be compressed (".gz").
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TRAIN_ROWS_H
#define TRAIN_ROWS_H

#include "base/arena.h"
#include "base/str.h"

struct rows {
	const Str *names; /* [columns] */
	Str **cells;      /* [count][columns] */
	size_t columns, count;
};

/* A CSV file with a header, below the folder of labelled sets; all in the arena. */
void rows_read(struct arena *a, const char *name, struct rows *out);
/* The same by a path, such as one of our own in train/. */
void rows_read_at(struct arena *a, const char *path, struct rows *out);
size_t rows_column(const struct rows *r, const char *name);
/* Ends the process with a sentence when the bytes cannot be written. */
void rows_write_file(const char *path, Str bytes);

#endif
