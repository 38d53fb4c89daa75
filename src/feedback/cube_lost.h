/* feedback/cube_lost.h - texts that a row had which is gone, and nobody else has: they must not stay in memory.
 *
 * Dictionaries never give a text back. Whoever takes a value away because its answer or person is not in the database any
 * more asks here, and a cube that has lost a text is loaded anew (feedback/cube.h). An edit is no loss.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_LOST_H
#define FEEDBACK_CUBE_LOST_H

#include "feedback/cube_state.h"

/* Sets the slot of the row to 0, and notes in the cube when that was the last row with its text. */
void cube_lose(struct cube *cube, struct cube_table *table, size_t slot, uint32_t row);

#endif
