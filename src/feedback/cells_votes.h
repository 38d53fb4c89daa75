/* feedback/cells_votes.h - one vote per person or account: the newest of the answers that are asked for and count.
 *
 * First every answer is added, then each is asked about. Now and before are votes of their own. Newest is by time, then by
 * id. Owns its memory.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef FEEDBACK_CELLS_VOTES_H
#define FEEDBACK_CELLS_VOTES_H

#include "feedback/cells_count.h"

struct cell_votes;

struct cell_votes *cell_votes_new(enum vote vote);
void cell_votes_free(struct cell_votes *v);
void cell_votes_add(struct cell_votes *v, const struct cell_answer *answer);
/* Takes from the answer the periods in which it is not the newest; false when none is left. */
bool cell_votes_keep(const struct cell_votes *v, struct cell_answer *answer);

#endif
