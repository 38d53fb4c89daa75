/* feedback/cube_rows.h - puts answers into a cube, and keeps what follows from other rows: who has more than one, and
 * which cluster an answer belongs to.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_ROWS_H
#define FEEDBACK_CUBE_ROWS_H

#include "feedback/cube_state.h"

/* One answer in the cube's numbers. Marks of its own: CUBE_MARK_REPEATS, _TAGGED and what was understood are kept by the cube. */
struct cube_row {
	int64_t id;
	uint32_t slots[SLOT_PROPERTY];
	uint32_t *properties; /* [property_count] */
	size_t property_count;
};

/* Asks the processor for what appending an answer of theirs will need. */
void cube_rows_warm(const struct cube *cube, uint32_t person, uint32_t account);
/* Of a cube that has its columns already: room for all homes, then each row's, from what it was marked as. */
void cube_rows_make_homes(struct cube *cube);
void cube_rows_enter(struct cube *cube, const struct cube_block *block, uint32_t row);
/* An answer that the cube does not have. */
void cube_rows_append(struct cube *cube, const struct cube_row *row);
/* Anew or in place of what it was; gives its number. */
uint32_t cube_rows_put(struct cube *cube, const struct cube_row *row);
/* It is not in the database any more. Its row stays, without anything. */
void cube_rows_remove(struct cube *cube, int64_t id);
bool cube_rows_find(const struct cube *cube, int64_t id, uint32_t *row);

#endif
