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

/* {"series", "by", "parts": [...]} as members of the open dict. `a` is scratch. */
void insight_put(struct json_writer *w, struct arena *a, const struct insight_question *q,
                 const struct insight_answer *answer);

#endif
