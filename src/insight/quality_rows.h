/* insight/quality_rows.h - what quality looks at, answer by answer.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_QUALITY_ROWS_H
#define INSIGHT_QUALITY_ROWS_H

#include "insight/quality.h"

struct quality_row {
	int64_t id, at;
	uint32_t cluster, person;
	uint64_t text;   /* key of its comment; 0: none */
	uint64_t key[2]; /* what it is grouped by at the moment */
	int score;
	uint32_t unit;
	bool invited, uninvited; /* neither: imported, so nobody knows */
	bool names_number;
	bool doubted; /* a copy beyond the first */
};

/* Fills in what only the tables know, the newest first; `rows` ascend by id, and of the first *unread nothing is known. Counts
 * unconfirmed answers by their reason beside. */
MUST_USE bool quality_rows_read(const struct facts *facts, struct arena *a,
                                const struct cell_question *q, struct quality_row *rows,
                                size_t count, struct quality *out, size_t *unread, struct err *err);

#endif
