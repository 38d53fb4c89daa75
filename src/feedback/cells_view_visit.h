/* feedback/cells_view_visit.h - as cells_visit (feedback/cells.h) says, of the columns of a view: values are looked up once a
 * code, not once an answer.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_VISIT_H
#define FEEDBACK_CELLS_VIEW_VISIT_H

#include "feedback/cells_view_plan.h"

/* For questions without tags, each answer being a vote. `place[d]` says where the codes of dimension d stand in the cells;
 * CELLS_NOWHERE: they are passed over. */
MUST_USE bool cells_view_visit(const struct view_plan *v, const uint32_t *const place[static 2],
                               fact_fn each, void *context, struct err *err);

#endif
