/* insight/figure_json.h - figures as JSON: the one shape in which a score, a change and an interval leave the program.
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
#ifndef INSIGHT_FIGURE_JSON_H
#define INSIGHT_FIGURE_JSON_H

#include "base/json.h"
#include "stats/share.h"

/* A figure as a value. `by_score` is [NPS_SCORE_MAX + 1]; path at NULL writes null. */
void figure_put(struct json_writer *w, const struct nps_figure *f, const int64_t *by_score,
                Str path);
/* The same of sums. */
void figure_put_sums(struct json_writer *w, const struct nps_sums *sums, Str path);
/* "key": [lo, hi], or null where it is not shown. */
void figure_put_interval(struct json_writer *w, const char *key, bool shown, double lo, double hi);
/* `counted`, "of", "share" and "interval" as members of the open dict, the last two null of 0: a share whose parts are each of 1. */
void figure_put_share(struct json_writer *w, const char *counted, const struct share *s);
/* "change", "interval", "beyond_chance", "rough" and "paired" as members of the open dict. */
void figure_put_change(struct json_writer *w, const struct nps_change *c);

#endif
