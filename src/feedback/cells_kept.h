/* feedback/cells_kept.h - what questions have counted lately, of one workspace: who asks again has only what changed counted.
 *
 * A question is known by what it takes of the columns, so that all who ask for the same have it once, whoever they are. Nothing
 * kept is shown as it is: it is brought to the asker's view first (feedback/cells_view_sums.h), so a figure is as new with it as
 * without. While a question is counted for the first time, others who ask it wait for that.
 *
 * What is kept counts in the cubes' memory and is bounded; what was asked longest ago goes first. Any thread may call.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_KEPT_H
#define FEEDBACK_CELLS_KEPT_H

#include "feedback/cells_view_sums.h"

struct cells_kept;

/* At most `most` bytes are kept, an eighth of them of one question. */
struct cells_kept *cells_kept_new(struct cube_memory *memory, size_t most);
void cells_kept_free(struct cells_kept *kept); /* NULL is fine */
/* Forgets everything, and keeps nothing from now on of cubes whose number is below `cube`. */
void cells_kept_clear(struct cells_kept *kept, uint64_t cube);
/* Forgets what was asked longest ago; false: there is nothing that could be. */
bool cells_kept_forget(struct cells_kept *kept);
bool cells_kept_any(struct cells_kept *kept);

/* The question of a plan, in its arena. At NULL: it is not one to be kept. */
Str cells_kept_question(const struct cells_kept *kept, const struct view_plan *v);

/* Sums to be dropped by the caller, of whatever view of the plan's cube was counted last. NULL: the caller is the one who
 * counts; others wait until it calls cells_kept_put. */
const struct view_sums *cells_kept_take(struct cells_kept *kept, Str question,
                                        const struct cube_view *view);
/* Ends what cells_kept_take began. Sums become the store's; older ones than it has are dropped; NULL: there are none.
 * `anew`: all of the view had to be counted. */
void cells_kept_put(struct cells_kept *kept, Str question, const struct view_sums *sums, bool anew);

struct cells_kept_stats {
	int64_t anew, brought; /* questions, so far: all rows were counted, or what changed */
};
struct cells_kept_stats cells_kept_stats(struct cells_kept *kept);

struct cube_memory *cells_kept_memory(struct cells_kept *kept);

#endif
