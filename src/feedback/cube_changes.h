/* feedback/cube_changes.h - the rows that differ between two views of one cube, and those that share a person or a cluster with
 * them: all that has to be looked at to make what was counted of one view good for the other.
 *
 * Views share columns that did not change, so what differs is found by comparing those that are not the same piece of memory.
 * Either view may be the newer one.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_CHANGES_H
#define FEEDBACK_CUBE_CHANGES_H

#include "feedback/cube_view.h"

/* Numbers, ascending, each once. */
struct cube_numbers {
	uint32_t *at;
	size_t count, room;
};

/* Zero-initialise; cube_changes_free. */
struct cube_changes {
	/* chunk x CUBE_CHUNK_ROWS + row; of the owners below every row that either view has. */
	struct cube_numbers rows;
	/* Owners of rows that differ, 0 not among them. Of others some rows may be here, the same in both views. */
	struct cube_numbers clusters, persons;
};

/* Owners are looked for when `clusters` or `persons` say so. False: the views are not of one cube, or more than `most` rows
 * would have to be looked at. */
bool cube_changes_find(const struct cube_view *old, const struct cube_view *new, bool clusters,
                       bool persons, size_t most, struct cube_changes *out);
void cube_changes_free(struct cube_changes *c);

/* 1 + the number's place; 0: it is not there. */
uint32_t cube_numbers_place(const struct cube_numbers *n, uint32_t number);

#endif
