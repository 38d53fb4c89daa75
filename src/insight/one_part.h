/* insight/one_part.h - the one part that a question looks at, of those that its filter takes: kinds, brands and touchpoints are
 * never put together.
 *
 *   part=relationship/12/   part=transactional/12/support    kind, the brand's id, the touchpoint's code
 *
 * Without `part` it is the first that has answers, relationship before transactional.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_ONE_PART_H
#define INSIGHT_ONE_PART_H

#include "base/json.h"
#include "feedback/cells.h"
#include "insight/part_json.h"

struct one_part {
	struct cells cells;           /* by part */
	const struct cell_part *part; /* NULL: nothing to look at */
	struct cell all;              /* of the part */
	bool has_answers;
};

/* `q` is the question without dimensions and part; wanted.at NULL: the first. ERR_NOT_FOUND when the filter takes no such
 * part. */
MUST_USE bool one_part_choose(const struct facts *facts, struct arena *a,
                              const struct cell_question *q, Str wanted, struct one_part *out,
                              struct err *err);

Str one_part_key(struct arena *a, const struct cell_part *part);

/* {"key", "kind", "brand", "touchpoint", "nps", "responses"} as a value. */
void one_part_put_one(struct json_writer *w, struct arena *a, const struct cell_part *part,
                      const struct nps_sums *sums);
/* "figure" and "left_out" of the part, as members of the open dict; zero where there is none. path as figure_put has it. */
void one_part_put_figure(struct json_writer *w, const struct one_part *p, Str path);
/* "parts": [...], "part": key or null. */
void one_part_put(struct json_writer *w, struct arena *a, const struct one_part *p);

#endif
