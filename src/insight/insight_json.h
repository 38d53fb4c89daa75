/* insight/insight_json.h - figures as JSON, for the API and for the command line.
 *
 *   figure: { "nps", "interval": [lo, hi],      points of -100..100, not rounded; null below 5 answers
 *             "label": "firm" | "rough" (5-29 answers) | "hidden" (below 5), "rough": true below 30,
 *             "responses", "promoters", "passives", "detractors",
 *             "people",                         persons, and answers without one
 *             "effective_n", "deff",            responses / deff: as if this many independent people had answered
 *             "distribution": [11 counts],      of the scores 0 to 10
 *             "answers_path" }                  the very answers behind it; null where no filter says it
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_INSIGHT_JSON_H
#define INSIGHT_INSIGHT_JSON_H

#include "base/json.h"
#include "insight/insight.h"

/* "left_out": the answers that the filter takes and no figure counts, by why; a member of the open dict. */
void insight_put_left_out(struct json_writer *w, const struct insight_left_out *left);

/* {"series", "by", "compare", "left_out", "parts": [...]} as members of the open dict. `a` is scratch. */
void insight_put(struct json_writer *w, struct arena *a, const struct insight_question *q,
                 const struct insight_answer *answer);

#endif
