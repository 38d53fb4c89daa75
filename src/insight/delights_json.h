/* insight/delights_json.h - unexpected delights as JSON, with what promoters lately say.
 */
/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef INSIGHT_DELIGHTS_JSON_H
#define INSIGHT_DELIGHTS_JSON_H

#include "insight/asked.h"
#include "insight/themes.h"

/* "unexpected" as a member of the open dict. `filter` is of the themes' part. Quotes are left out for those who see figures only. */
MUST_USE bool delights_put(struct request *rq, struct json_writer *w, const struct asked *asked,
                           const struct answer_filter *filter, const struct themes *themes,
                           struct err *err);

#endif
