/* feedback/cells_view_dims.h - which values a dimension of a question has in a view, and how the codes of its rows are numbered.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_DIMS_H
#define FEEDBACK_CELLS_VIEW_DIMS_H

#include "feedback/cells_view_plan.h"

/* Makes v->dims[d], once it is known which rows and times are meant. False: the view does not have it. */
bool view_dim_make(struct view_plan *v, int d);

#endif
