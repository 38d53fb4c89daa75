/* feedback/cells_view_rows.h - the rows of a view that a question names one by one: ids, tags, themes, sentiment, a text in comments.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_ROWS_H
#define FEEDBACK_CELLS_VIEW_ROWS_H

#include "feedback/cells_view_plan.h"

/* Fills v->rows; what stands in no column is looked for in the tables. */
MUST_USE bool view_rows_make(const struct facts *facts, struct view_plan *v, struct err *err);

#endif
