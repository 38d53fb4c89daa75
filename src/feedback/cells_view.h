/* feedback/cells_view.h - cells counted from whole columns of a view at once.
 *
 * One pass over the chunks that are in time: masks by filters, a key a row, counts by score. Answers are taken for clusters of
 * their own first; those whose person or account has more than one are handed to feedback/cells_whose.h, which puts that
 * right.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_H
#define FEEDBACK_CELLS_VIEW_H

#include "feedback/cells_plan.h"

/* *done is false when the question is not one for columns. */
MUST_USE bool cells_view_make(const struct facts *facts, struct cell_plan *plan, struct cells *out,
                              bool *done, struct err *err);

#endif
