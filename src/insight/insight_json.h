/* insight/insight_json.h - the answer to a question as JSON, for the API and for the command line; figures as in
 * insight/figure_json.h.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_INSIGHT_JSON_H
#define INSIGHT_INSIGHT_JSON_H

#include "base/json.h"
#include "insight/insight.h"

/* "left_out": the answers that the filter takes and no figure counts, by why; a member of the open dict. */
void insight_put_left_out(struct json_writer *w, const struct cell_left_out *left);

/* {"series", "by", "compare", "left_out", "parts": [...]} as members of the open dict. `a` is scratch. */
void insight_put(struct json_writer *w, struct arena *a, const struct insight_question *q,
                 const struct insight_answer *answer);

#endif
