/* feedback/cells_view_mentions.h - as cells_visit_mentions (feedback/cells_mentions.h) says, of the columns of a view: the rows
 * of each theme are listed, and a block's are put in order beside it.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VIEW_MENTIONS_H
#define FEEDBACK_CELLS_VIEW_MENTIONS_H

#include "feedback/cells_mentions.h"
#include "feedback/cells_view_plan.h"

/* `place[d]` as cells_view_visit has it. */
MUST_USE bool cells_view_mentions(const struct view_plan *v, const uint32_t *const place[static 2],
                                  const Str *codes, size_t code_count, fact_mentions_fn each,
                                  void *context, struct err *err);

#endif
