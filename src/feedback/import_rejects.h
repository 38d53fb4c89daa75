/* feedback/import_rejects.h - the rows that an import refused, as a table: line, reason, and the row's cells as they were.
 *
 * Written for a spreadsheet, where people correct them: cells that it would run as a formula are quoted, which an import
 * takes off again. The file is private, made with the first row, and whole or not there.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_REJECTS_H
#define FEEDBACK_IMPORT_REJECTS_H

#include <stdio.h>

#include "base/csv.h"
#include "feedback/import_plan.h"

struct import_rejects {
	const char *path;
	const struct import_plan *plan;
	bool for_spreadsheet;
	FILE *file; /* NULL: no row yet */
	struct buf line;
	struct csv_writer writer;
	bool failed; /* to write */
	bool ended;
	int error;
};

void import_rejects_start(struct import_rejects *r, const char *path,
                          const struct import_plan *plan, bool for_spreadsheet);
/* Makes the file with its header although no row was refused yet. */
void import_rejects_open(struct import_rejects *r);
void import_rejects_add(struct import_rejects *r, const struct csv_row *row, const char *why);
/* ERR_IO when it could not be written; then the file is gone. Nothing, the second time. */
MUST_USE bool import_rejects_end(struct import_rejects *r, struct err *err);

#endif
