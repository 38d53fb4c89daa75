/* feedback/cells_view_moved.h - single rows of a view, gathered into a chunk of their own that is counted like any other.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_MOVED_H
#define FEEDBACK_CELLS_VIEW_MOVED_H

#include "feedback/cells_view_plan.h"
#include "feedback/cube_changes.h"

/* Zero-initialise; view_moved_free. */
struct view_moved {
	struct cube_chunk chunk;
	struct cube_codes *property;
	uint32_t *rows;
	void *columns;
};

/* The rows of the changes that the view has and that are in time, from number *next on, which becomes the number of the first
 * that had no room in a chunk. Clusters and persons are numbered as they are in the changes, others are nobody. False: a time
 * that the plan's periods do not have. */
bool view_moved_gather(const struct view_plan *v, const struct cube_view *view,
                       const struct cube_changes *changes, size_t *next, struct view_moved *out);
void view_moved_free(struct view_moved *m);

#endif
