/* feedback/import_key.h - the key that makes the same row of a file the same answer when it comes again.
 *
 * By a key column, else by content and by the ordinal among rows of the same content: 600 bare scores stay 600, and a
 * longer export of the same source adds only what is new. Content is the filled cells by their headers, so that moved
 * or added empty columns, another encoding or another delimiter make no new rows. 16 bytes a different row are kept.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_IMPORT_KEY_H
#define FEEDBACK_IMPORT_KEY_H

#include "base/csv.h"
#include "feedback/import_plan.h"

#define IMPORT_KEY_SIZE 16

struct import_keys;

/* Room for as many rows as the plan counted. With an `only` (else 0) the keys are of that import alone: its file holds
 * new answers only, and a row that looks like an earlier one is another. A key column's values stay what they are. */
struct import_keys *import_keys_new(const struct import_plan *plan, int64_t only);
void import_keys_free(struct import_keys *keys);

/* Call once a row, in the order of the file. */
void import_key_of(struct import_keys *keys, const struct csv_row *row,
                   unsigned char out[static IMPORT_KEY_SIZE]);

#endif
