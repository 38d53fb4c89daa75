/* feedback/cells_make.h - makes cells, of a view or of the tables.
 *
 * A view counts whole columns at once (feedback/cells_view.h) where it can; what it cannot (tags, votes, very many cells) is
 * counted answer by answer, from the view or from the tables, by the same code.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_MAKE_H
#define FEEDBACK_CELLS_MAKE_H

#include "feedback/cells_view_plan.h"

/* Cells, without the names of accounts and without what stands in the plan. */
MUST_USE bool cells_make(const struct facts *facts, struct cell_plan *plan, struct cells *out,
                         struct err *err);
/* As cells_visit says, tags too: then an answer comes for each. */
MUST_USE bool cells_make_visits(const struct facts *facts, struct cell_plan *plan,
                                const struct cells *cells, fact_fn each, void *context,
                                struct err *err);
/* Where each code of dimension `d`, which is `dim` in the view, stands in the cells; CELLS_NOWHERE: in none. In the plan's arena. */
const uint32_t *cells_make_places(const struct cell_plan *plan, const struct cells *cells, int d,
                                  const struct view_dim *dim);

#endif
