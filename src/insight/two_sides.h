/* insight/two_sides.h - two sets of answers set against each other, and who is in both.
 *
 * Each side is a question of its own: another period, another segment, another brand. No answer may be on both sides; people
 * and accounts may, and the difference takes that into account. Without a second side the other is the rest: what the
 * first's wider question takes and the first does not. Votes (cells.h) are chosen by each side for itself; of a rest once, over
 * both, so that nobody votes on both sides of a whole. Keeps 32 bytes an answer while it counts.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_TWO_SIDES_H
#define INSIGHT_TWO_SIDES_H

#include "feedback/cells.h"

struct two_sides {
	struct nps_sums sums[2];
	struct cell_left_out
	    left_out[2];      /* as each question has it, whole: of a rest the wider one */
	struct nps_pair pair; /* of the first with the second */
};

/* No dimensions in the questions. `is_rest`: the second asks for everything, of which the first is a part. ERR_INVALID at "b"
 * when an answer is on both sides. */
MUST_USE bool two_sides_ask(const struct facts *facts, struct arena *a,
                            const struct cell_question sides[2], bool is_rest,
                            struct two_sides *out, struct err *err);

#endif
