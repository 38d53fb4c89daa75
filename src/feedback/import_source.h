/* feedback/import_source.h - rows out of a file, as often as wanted, in bounded memory.
 *
 * A file of any dialect that base/csv.h reads, or the JSON Lines that export writes: those come as rows too, the names of
 * the export's columns first. A quote that was put before a formula for a spreadsheet is taken off.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_SOURCE_H
#define FEEDBACK_IMPORT_SOURCE_H

#include "base/csv.h"

#include <stdint.h>

struct import_source;

enum import_next {
	IMPORT_ROW,
	IMPORT_BAD_ROW, /* *err says why; row has line and raw */
	IMPORT_END,
	IMPORT_FAILED, /* the file cannot be read on */
};

/* Opens the file and looks at all of it to know its dialect. ERR_NOT_FOUND, ERR_INVALID. */
MUST_USE bool import_source_open(const char *path, struct import_source **out, struct err *err);
void import_source_close(struct import_source *s); /* NULL is fine */

/* From the next rewind on bytes that are no text are read as U+FFFD instead of refusing their row: for reading, not for keeping. */
void import_source_mend(struct import_source *s);
/* The first rows that are no data; from the next rewind on they are left out. */
void import_source_set_header(struct import_source *s, size_t rows);
/* From the first row again. */
MUST_USE bool import_source_rewind(struct import_source *s, struct err *err);
/* The row is valid until the next call. */
enum import_next import_source_next(struct import_source *s, struct csv_row *row, struct err *err);
/* The next one that is no bad row; *found is false at the end. */
MUST_USE bool import_source_next_good(struct import_source *s, struct csv_row *row, bool *found,
                                      struct err *err);

/* How the file is written: ',', ';', tab or 0; for JSON Lines 0. */
struct csv_dialect import_source_dialect(const struct import_source *s);
bool import_source_is_json(const struct import_source *s);
int64_t import_source_size(const struct import_source *s); /* bytes */
int64_t import_source_at(const struct import_source *s);   /* bytes read of this pass */

#endif
