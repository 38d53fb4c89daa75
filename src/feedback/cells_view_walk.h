/* feedback/cells_view_walk.h - as feedback/cells_walk.h, of the rows of a view.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_WALK_H
#define FEEDBACK_CELLS_VIEW_WALK_H

#include "feedback/cells_view_plan.h"
#include "feedback/cells_walk.h"

/* Accounts and persons are the view's numbers. */
MUST_USE bool cells_view_walk(const struct facts *facts, struct view_plan *v, cell_answer_fn each,
                              void *context, struct err *err);

#endif
