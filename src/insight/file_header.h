/* insight/file_header.h - does a file of comments begin with a row of names, or with a comment?
 *
 * For rows that feedback/import_columns.h takes for a header because nothing in them is a score, a date or an address: that is so
 * in an import, where every row has a score, and not in a file of plain sentences. Such a row is data where none of its cells
 * names a column that is known, or ends as a question does; where it has a cell that is a sentence (three words, a full
 * stop, or the same cell once more below); and where each of its cells looks like those below it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_FILE_HEADER_H
#define INSIGHT_FILE_HEADER_H

#include "feedback/import_columns.h"

struct import_source;

enum file_header {
	FILE_HEADER_NAMES,  /* or the first row is data anyway */
	FILE_HEADER_DOUBT,  /* taken for names, though nothing in it says so */
	FILE_HEADER_COMMENT /* it is no header */
};

/* Reads on in the source, which stands behind the header; rewind it. The columns have names alone. */
MUST_USE bool file_header_find(struct import_source *source, const struct import_columns *columns,
                               struct arena *a, enum file_header *out, struct err *err);

#endif
