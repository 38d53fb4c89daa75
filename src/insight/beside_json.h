/* insight/beside_json.h - a figure, the same in the period that it is compared with, and the change between them, as JSON.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_BESIDE_JSON_H
#define INSIGHT_BESIDE_JSON_H

#include "feedback/cells.h"
#include "insight/asked.h"
#include "insight/compare.h"

/* "now", "before", "change", "interval", "beyond_chance", "rough" and "paired" as members of the open dict. `f` is what the
 * answers of now have in common; NULL: no filter says which they are. Compared with nothing, before and change are of no
 * answers. `a` is scratch. */
void beside_put(struct json_writer *w, struct arena *a, const struct asked *asked,
                const struct compare_period *compare, const struct answer_filter *f,
                const struct nps_sums *now, const struct nps_sums *before,
                const struct nps_pair *pair);

/* "compare", "from", "to", "before_from" and "before_to". */
void beside_put_periods(struct json_writer *w, const struct answer_filter *f,
                        const struct compare_period *compare);

#endif
