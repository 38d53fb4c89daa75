/* feedback/cube_make.h - makes a view of a cube as its writer has it now. Views may be dropped by any thread.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CUBE_MAKE_H
#define FEEDBACK_CUBE_MAKE_H

#include "feedback/cube_state.h"

/* Held once by the caller. */
const struct cube_view *cube_view_make(struct cube *cube);
const struct cube_view *cube_view_hold(const struct cube_view *view);
void cube_view_drop(const struct cube_view *view); /* NULL is fine */

/* All columns of a chunk, in the order of enum cube_slot; none where the view has no such chunk. */
struct cube_slots {
	const struct cube_codes *at;
	size_t count;
};
struct cube_slots cube_view_slots(const struct cube_view *view, size_t chunk);
/* As it is in the view; what may be written behind its rows is nobody's business. */
const struct cube_block *cube_view_block(const struct cube_view *view, size_t chunk);
const struct cube_tags *cube_view_tags(const struct cube_view *view);
const struct cube_tags *cube_view_themes(const struct cube_view *view, enum theme_saying saying);

/* Views of one cube give a number the same meaning. */
bool cube_view_is_kin(const struct cube_view *a, const struct cube_view *b);
/* The cube's number: one that was made later has a higher one. */
uint64_t cube_view_cube(const struct cube_view *view);
/* Was `a` made before `b`, or is it of a cube that was? */
bool cube_view_is_older(const struct cube_view *a, const struct cube_view *b);

#endif
