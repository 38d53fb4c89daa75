/* feedback/cells_walk.h - the answers that a question takes, one by one from the tables, each at its values.
 *
 * Read in pages in order of their ids, each a short read of its own, so that a long question never holds the log of the
 * database. An answer is seen at most once; one that is edited meanwhile is seen as before or after.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_WALK_H
#define FEEDBACK_CELLS_WALK_H

#include "feedback/cells_count.h"

/* `again`: the answer came before, with another tag. Texts of values are gone afterwards. */
typedef bool (*cell_answer_fn)(void *context, const struct cell_answer *answer,
                               const struct cell_value values[static 2], bool again,
                               struct err *err);

/* Answers that count go to `each`; those that do not are told in the plan's parts. */
MUST_USE bool cells_walk(const struct facts *facts, struct cell_plan *plan, cell_answer_fn each,
                         void *context, struct err *err);

#endif
